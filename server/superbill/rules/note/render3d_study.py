"""3-D rendering of a study that the note does not name.

## What it does
Speaks when a note bills 76376 or 76377 and names no study that could have been rendered: CT, MR, ultrasound, cone-beam,
tomosynthesis, rotational angiography, tomography of any kind, or the code of one. The line that lists the charge does
not count, unless it bills a base study too.

## Why it matters
3-D rendering is always of something. A reader of the report must be able to tell which study was rendered and when it
was made, above all when the base study is on another claim.

## Example
```md
# 3-D rendering
CPT: 76376-26
     ^^^^^ N1307

## Technique
3D surface rendered images of the outside study were made under concurrent supervision of the radiologist, who
selected the views. Requested for surgical planning.

## Findings
The 3D images show a fracture of the left acetabulum.
```

## Instead
```md
# 3-D rendering of the pelvis
CPT: 76376-26

## Technique
3D surface rendered images of the pelvic CT of this morning were made under concurrent supervision of the radiologist,
who selected the views. Requested for surgical planning.

## Findings
The 3D images show a fracture of the left acetabulum.
```

## Source
Coding practice: the base study is named by an instruction of CPT, not by a CMS text.

## Payers
The same for all payers, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import billed, placeholder, reads_rendering, states_any
from superbill.rules.together._lines import has_tomographic_study


@rule(id="N1307", name="render3d-study-not-named", severity="warning", scope="note", codes=("76376", "76377"))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """3-D rendering billed, no base study named or billed."""
    if not reads_rendering(note, know) or states_any(note, "modality-ct", "modality-mr", "modality-us"):
        return
    if has_tomographic_study(note.lines, know):
        return
    for number, line in billed(note, "76376", "76377"):
        yield say(
            Part("code"),
            f"{line.code}: the note does not name the study that was rendered. State the study and its date.",
            line=number,
            fixes=[placeholder("the study", "Physician to state: the study that was rendered, and its date")],
        )

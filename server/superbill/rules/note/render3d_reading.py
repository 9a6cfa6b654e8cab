"""3-D rendering without findings of its own.

## What it does
Speaks when a note bills 76376 or 76377 and no sentence reads the 3-D images. What satisfies it: 3-D (MIP, volume or
surface rendered) images, views or reconstructions that show, demonstrate, confirm, reveal, depict something; something
seen on the 3-D images; a label such as "3-D findings:" with words after it. Not asked of a line with TC.

## Why it matters
The professional part of these codes is reading the rendered images and reporting on them. A report that mentions them
under technique only shows that they were made, not that they were read.

## Example
```md
# CT face with 3-D
CPT: 70486-26, 76376-26
               ^^^^^ N1306

## Technique
CT of the face. 3D volume rendered images were made under concurrent supervision of the radiologist, who chose the
region of interest. Requested for reconstruction planning.

## Findings
Fracture of the left zygomatic arch with 3 mm depression.
```

## Instead
```md
# CT face with 3-D
CPT: 70486-26, 76376-26

## Technique
CT of the face. 3D volume rendered images were made under concurrent supervision of the radiologist, who chose the
region of interest. Requested for reconstruction planning.

## Findings
Fracture of the left zygomatic arch. The 3D views show 3 mm depression and no rotation.
```

## Source
Coding press on 76376 and 76377; a contractor coverage policy of 2011, since retired.

## Payers
The same for all payers, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import billed, placeholder, reads_rendering


@rule(id="N1306", name="render3d-reading-not-stated", severity="warning", scope="note", codes=("76376", "76377"))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """3-D rendering billed, no finding on the 3-D images stated."""
    if not reads_rendering(note, know) or note.states("render-findings"):
        return
    for number, line in billed(note, "76376", "76377"):
        if line.component != "TC":
            yield say(
                Part("code"),
                f"{line.code}: no sentence reads the 3-D images. State what they show, apart from the findings of the "
                "base study.",
                line=number,
                fixes=[placeholder("the 3-D findings", "Physician to state: what the 3-D images show")],
            )

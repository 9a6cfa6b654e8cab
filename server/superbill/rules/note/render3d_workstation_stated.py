"""76376 although the note states an independent workstation.

## What it does
Speaks when a note bills 76376, not 76377, and states that the 3-D images were made on an independent workstation:
independent, separate, dedicated, stand-alone, off-line or third-party workstation, one independent of the scanner, or
the name of such a system. Silent where the note says that none was used or needed.

## Why it matters
The text supports the other code of the pair. Either the code is too low, or the sentence about the workstation came
out of a template and is not true of this study; both are worth a look before the claim goes out.

## Example
```md
# CT shoulder with 3-D
CPT: 73200-26-RT, 76376-26
                  ^^^^^ N1303

## Technique
CT of the right shoulder. 3D volume rendered images were made on a separate workstation under concurrent supervision;
tissues were segmented by the radiologist. Requested for surgical planning.

## Findings
The 3D images show a large anterior glenoid defect.
```

## Instead
```md
# CT shoulder with 3-D
CPT: 73200-26-RT, 76376-26

## Technique
CT of the right shoulder. 3D volume rendered images were made at the console under concurrent supervision; there
was no need of an independent workstation. Tissues were segmented by the radiologist. Requested for surgical planning.

## Findings
The 3D images show a large anterior glenoid defect.
```

## Source
Coding press on 76376 and 76377; no CMS text was found that says so.

## Payers
The same for all payers, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import billed, reads_rendering


@rule(id="N1303", name="render3d-workstation-with-76376", severity="information", scope="note", codes=("76376",))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """76376 billed, independent workstation stated."""
    if not reads_rendering(note, know) or not note.states("independent-workstation"):
        return
    if any(line.code == "76377" for line in note.lines):
        return
    for number, _ in billed(note, "76376"):
        yield say(
            Part("code"),
            "76376 is the 3-D code without an independent workstation, and the note states one: the text supports "
            "76377. Correct the code, or the sentence if it came from a template.",
            line=number,
            fixes=[write(Part("code"), "76377", "Change 76376 to 76377", preferred=False)],
        )

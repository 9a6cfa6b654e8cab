"""76377 without a stated independent workstation.

## What it does
Speaks when a note bills 76377 and does not state that the 3-D images were made on an independent (separate, dedicated)
workstation, or states that one was not used. Text in square brackets and template sentences do not count.

## Why it matters
The workstation is the whole difference between 76377 and 76376. An auditor who does not find it in the report pays
76376.

## Example
```md
# CT abdomen with 3-D
CPT: 74176-26, 76377-26
               ^^^^^ N1302

## Technique
Volume rendered 3D images were made under concurrent supervision of the radiologist, requested for surgical planning.

## Findings
On the 3D images the mass abuts the renal vein.
```

## Instead
```md
# CT abdomen with 3-D
CPT: 74176-26, 76377-26

## Technique
Volume rendered 3D images were made on an independent workstation under concurrent supervision of the radiologist,
requested for surgical planning.

## Findings
On the 3D images the mass abuts the renal vein.
```

## Source
Coding press on 76376 and 76377; no CMS text was found that says so.

## Payers
The same for all payers, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.dialect import InsertText
from superbill.charges.model import Note, Part
from superbill.rules.base import Draft, Fix, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge


@rule(id="N1302", name="render3d-workstation-not-stated", severity="warning", scope="note", codes=("76377",))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """76377 billed, no independent workstation stated."""
    if note.states("independent-workstation"):
        return
    for number, line in enumerate(note.lines):
        if line.code == "76377":
            yield say(
                Part("code"),
                "76377 needs an independent workstation, and the note does not state one. Without it the work is 76376.",
                line=number,
                fixes=[
                    write(Part("code"), "76376", "Change 76377 to 76376", preferred=False),
                    Fix(
                        "Insert a placeholder for the workstation",
                        (InsertText("[Physician to state: independent workstation used for the 3-D images, yes or no]"),),
                    ),
                ],
            )

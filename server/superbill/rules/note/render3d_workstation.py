"""76377 without a stated independent workstation.

## What it does
Speaks when a note bills 76377 and does not state that the 3-D images were made on an independent workstation, or
states that none was used. What satisfies it: independent, separate, dedicated, stand-alone, off-line or third-party
workstation; a 3-D, post-processing or visualization workstation; a workstation independent of the scanner; the name
of such a system (TeraRecon, Vitrea, Aquarius, syngo.via, AW Server, IntelliSpace Portal ...). Text in square brackets,
boxes left unticked, template sentences and the line that lists the charge do not count.

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
The views were selected and archived by the radiologist.

## Findings
On the 3D images the mass abuts the renal vein.
```

## Instead
```md
# CT abdomen with 3-D
CPT: 74176-26, 76377-26

## Technique
Volume rendered 3D images were made on an independent workstation under concurrent supervision of the radiologist,
requested for surgical planning. The views were selected and archived by the radiologist.

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

from superbill.charges.model import Note, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import billed, placeholder, reads_rendering, states_any


@rule(id="N1302", name="render3d-workstation-not-stated", severity="warning", scope="note", codes=("76377",))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """76377 billed, no independent workstation stated."""
    if not reads_rendering(note, know) or states_any(note, "independent-workstation", "render-workstation"):
        return
    for number, _ in billed(note, "76377"):
        yield say(
            Part("code"),
            "76377 needs an independent workstation, and the note does not state one. Without it the work is 76376.",
            line=number,
            fixes=[
                write(Part("code"), "76376", "Change 76377 to 76376", preferred=False),
                placeholder("the workstation", "Physician to state: where the 3-D images were made"),
            ],
        )

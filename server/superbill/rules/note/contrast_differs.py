"""The contrast in the text is another than that of the code.

## What it does
Speaks when a note bills one CT or MR study whose codes come in three (no contrast, contrast, both), and the text says
otherwise:

- against a code with contrast: "without contrast", "unenhanced", "noncontrast"; contrast by mouth or rectum alone; or
  no word of contrast or enhancement at all
- against a code without: "with contrast", an agent and its amount, "after injection of ...", a venous or arterial phase
- against either of them: "with and without", "pre- and post-contrast"
- against a CT code with contrast: "with contrast", and neither route, agent, amount nor phase. Into a vein, a joint or
  the spinal canal counts; by mouth or rectum does not

Silent when the text says several of these things, when another study or a visit stands on the note, about what is
recommended, refused, or said of an earlier study, and when an MR code for both phases stands on a text that says no more
than "with".

## Why it matters
Contrast is the one thing that sets these codes apart, and the report is what decides.

## Example
```md
# CT of the abdomen and pelvis
CPT: 74177-26
     ^^^^^ N1322

## Indication
Pain in the flank, stone?

## Technique
Axial images from the dome of the liver to the symphysis, without intravenous contrast.

## Findings
There is a stone of 4 mm in the distal ureter.
```
```txt
EXAM: CT abdomen and pelvis
CPT: 74177-26
     ^^^^^ N1322
INDICATION: Constipation.
TECHNIQUE: Axial images after oral contrast.
FINDINGS: There is much stool in the colon.
```

## Instead
```md
# CT of the abdomen and pelvis
CPT: 74177-26

## Indication
Abscess?

## Technique
Axial images in the portal venous phase after injection of 100 mL iohexol into a vein. Oral contrast was given.

## Findings
There is no collection.
```

## Source
The three-way split of the codes in the fee schedule of October 2025. That contrast by mouth or rectum does not count is
a radiology guideline of CPT, as the coding press reports it; that the report names agent and route is radiologists'
own standard.

## Payers
The same for all payers, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import billed, is_draft, placeholder, states_any, written_sections

_ELSEWHERE = ("comparison", "history", "indication", "impression", "assessment", "plan")
_BEFORE = ("comparison", "history", "indication", "plan")
_SAYS = {
    "without": "no contrast",
    "enteral": "contrast by mouth or rectum only, which does not count as contrast here",
    "with": "contrast, and no images before it",
    "both": "images before and after contrast",
}
_BILLS = ("without contrast", "with contrast", "without and then with contrast")
_SLOT = {"without": 0, "enteral": 0, "with": 1, "both": 2}


@rule(id="N1322", name="contrast-differs-from-code", severity="information", scope="note", codes=("contrast-studies",))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """A CT or MR code whose contrast is not that of the text."""
    codes = {line.code for line in note.lines if line.code in know.contrast}
    if len(codes) != 1 or not is_draft(note):
        return
    if any(know.is_visit(line.code) or _other_study(line.code, codes, know) for line in note.lines):
        return
    if not written_sections(note) & {"technique", "findings", "exam", "impression"}:
        return
    stated = {s.value for s in note.statements if s.concept == "contrast" and s.section not in _ELSEWHERE}
    if "with" in stated:
        stated.discard("enteral")
    for number, line in billed(note, *codes):
        three = know.contrast[line.code]
        billed_slot = three.index(line.code)
        if not stated and billed_slot and states_any(note, "modality-ct", "modality-mr"):
            if any(s.concept == "contrast-mentioned" and s.section not in _BEFORE for s in note.statements):
                return
            yield say(
                Part("code"),
                f"{line.code} is a study {_BILLS[billed_slot]}, and the note does not state that any was given. State "
                f"agent, amount and route, or bill {three[0]}.",
                line=number,
                fixes=[
                    placeholder("the contrast", "Radiologist to state: contrast agent, amount and route, or none"),
                    write(Part("code"), three[0], f"Change {line.code} to {three[0]}", preferred=False),
                ],
            )
        elif len(stated) == 1:
            said = stated.pop()
            right = three[_SLOT[said]]
            if said == "with" and right == line.code and know.in_set(line.code, "ct"):
                if not note.states("contrast-route"):
                    yield say(
                        Part("code"),
                        f"{line.code} is a study {_BILLS[billed_slot]}, and the note states neither route nor agent. "
                        f"By mouth or rectum alone it would be {three[0]}. Add them.",
                        line=number,
                        fixes=[
                            placeholder("the contrast", "Radiologist to state: contrast agent, amount and route"),
                        ],
                    )
                return
            # The protocol of an MR study with contrast has images before it, whether the text says so or not.
            if right == line.code or (said == "with" and billed_slot == 2 and note.states("modality-mr")):
                return
            yield say(
                Part("code"),
                f"{line.code} is a study {_BILLS[billed_slot]}, and the note states {_SAYS[said]}: that is {right}. "
                "Correct the code, or the text.",
                line=number,
                fixes=[write(Part("code"), right, f"Change {line.code} to {right}", preferred=False)],
            )


def _other_study(code: str, codes: set[str], know: Knowledge) -> bool:
    """Whether a code is another study, whose contrast the text may speak of. 3-D rendering has none of its own."""
    return know.in_set(code, "imaging") and code not in codes and code not in ("76376", "76377")

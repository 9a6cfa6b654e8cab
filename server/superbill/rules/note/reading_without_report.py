"""A reading billed with 26, and neither findings nor impression stated.

## What it does
Speaks when a note is clearly the report of an imaging study (it names CT, MR or ultrasound or another study, and at
least two of exam, indication, technique and comparison hold words), bills a code with 26, and states neither findings
nor an impression: no such section with words in it, and no sentence such as there is, no evidence of, normal,
unremarkable, demonstrates, measures, unchanged, consistent with. A heading with only a placeholder under it holds no
words. A missing signature is N1353's.

## Why it matters
26 bills the interpretation, and the interpretation is the written report. A draft sent out without findings is paid
back.

## Example
```md
# CT of the head
CPT: 70450-26
     ^^^^^ N1320

## Indication
Headache for three days.

## Technique
CT of the head without contrast.

## Findings
[Radiologist to complete]
```

## Instead
```md
# CT of the head
CPT: 70450-26

## Indication
Headache for three days.

## Technique
CT of the head without contrast.

## Findings
No hemorrhage. The ventricles are of usual size.
```

## Source
Medicare's rule that an interpretation includes a written report, as contractors restate it.

## Payers
UnitedHealthcare wants a signed report as well.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import billed, placeholder, states_any, written_sections

_FRAME = frozenset({"exam", "indication", "technique", "comparison"})


@rule(id="N1320", name="reading-without-report", severity="warning", scope="note", modifiers=("26",))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """26 billed on a report that holds neither findings nor impression."""
    written = written_sections(note)
    if len(written & _FRAME) < 2 or written & {"findings", "impression", "assessment"}:
        return
    if states_any(note, "report-findings", "report-impression", "render-findings"):
        return
    if not states_any(note, "modality-ct", "modality-mr", "modality-us"):
        return
    for number, line in billed(note, *(line.code for line in note.lines if line.component == "26")):
        if line.component == "26":
            yield say(
                Part("code"),
                f"{line.code}-26 bills the reading, and the note states neither findings nor an impression. Complete "
                "the report before the claim goes out.",
                line=number,
                fixes=[placeholder("the findings", "Radiologist to state: findings and impression")],
            )

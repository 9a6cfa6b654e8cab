"""Discarded drug on a claim without the dose that was given.

## What it does
Speaks when a claim has a line with JW and no other line of the same code for the patient and day.

## Why it matters
JW bills only what was thrown away. The dose that was given stands on a line of its own, without JW; a claim for
waste alone is denied, and the dose is not paid.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,J0897,JW,10,11
                    ^^ K641
P1,2025-10-15,96372,,1,11
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,J0897,,50,11
P1,2025-10-15,J0897,JW,10,11
P1,2025-10-15,96372,,1,11
```

## Source
Medicare's policy on discarded drugs (Claims Processing Manual, chapter 17, section 40), as specialty societies and
contractors restate it: one line for the dose, one with JW for the waste.

## Payers
A warning under Medicare. Other payers that use JW read it the same way: information there.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Claim
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._lines import charged


@rule(id="K641", name="waste-without-dose", severity="warning", scope="claim", modifiers=("JW",))
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """JW, and no line of the code without it."""
    given = {line.code for line in claim.lines if not line.has("JW")}
    said: set[str] = set()
    for number, line in enumerate(claim.lines):
        # A note may name the discarded part alone, and JZ on the same line is spoken of elsewhere.
        if not line.has("JW") or line.has("JZ") or not charged(line):
            continue
        if not line.code or line.code in given or line.code in said:
            continue
        said.add(line.code)
        yield say(
            line.slot("JW"),
            f"{line.code}-JW: only the discarded amount is billed, and {know.profile.name} expects the dose that was given on a "
            "line of its own without JW. Add that line, or take JW off if this is the dose.",
            line=number,
            fixes=[remove(line, "JW", preferred=False)],
            severity=None if know.profile.medicare else "information",
        )

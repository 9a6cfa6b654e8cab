"""A diagnosis that stands twice in a claim.

## What it does
Speaks when the HI segment lists the same diagnosis code a second time.

## Why it matters
Receivers reject repeats, and pointers to either of them say the same.

## Example
```x12
ST*837*0001*005010X222A1~
CLM*A1*120***22:B:1*Y*A*Y*Y~
HI*ABK:K5720*ABF:K5720~
                 ^^^^^ E214
LX*1~
SV1*HC:76380:26*120*UN*1***1~
DTP*472*D8*20251015~
SE*7*0001~
```

## Instead
```x12
ST*837*0001*005010X222A1~
CLM*A1*120***22:B:1*Y*A*Y*Y~
HI*ABK:K5720~
LX*1~
SV1*HC:76380:26*120*UN*1***1~
DTP*472*D8*20251015~
SE*7*0001~
```

## Source
Clearinghouse edits on 837 claims as published; X12 005010X222A1 (professional) and 005010X223A2 (institutional), HI.

## Payers
The transaction standard; the same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="E214", name="diagnosis-twice", severity="warning", scope="problem", kinds=("x12-diagnosis-twice",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """The same code twice in HI."""
    yield say(
        problem.part,
        f"{problem.data[0]} is listed as a diagnosis of this claim already. Take one out, and see that the pointers still fit.",
    )

"""A professional service line without a date of service.

## What it does
Speaks when a service line of an 837P has no DTP segment with the qualifier 472.

## Why it matters
The date decides which codes, prices and edits apply. The standard requires it on every line.

## Example
```x12
ST*837*0001*005010X222A1~
CLM*A1*120***22:B:1*Y*A*Y*Y~
HI*ABK:K5720~
LX*1~
SV1*HC:76380:26*120*UN*1***1~
       ^^^^^ E206
SE*6*0001~
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
X12 005010X222A1 (professional) and 005010X223A2 (institutional), loop 2400: the service date (DTP 472) is required on professional lines.

## Payers
The transaction standard; the same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="E206", name="no-service-date", severity="error", scope="problem", kinds=("x12-no-date",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """A service line without DTP*472."""
    yield say(
        problem.part,
        "This service line has no date of service, and the standard requires one on every line. Add a DTP segment with the "
        "qualifier 472.",
    )

"""A place of service on a line that only repeats the one of the claim.

## What it does
Speaks when SV105 says the same as CLM05-1.

## Why it matters
SV105 is for lines done elsewhere than the rest of the claim. Most payers pass over a repeat, some return it.

## Example
```x12
ST*837*0001*005010X222A1~
CLM*A1*120***22:B:1*Y*A*Y*Y~
HI*ABK:K5720~
LX*1~
SV1*HC:76380:26*120*UN*1*22**1~
                         ^^ E212
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
X12 005010X222A1 (professional) and 005010X223A2 (institutional), SV105: sent when it differs from the place of the claim. How strictly payers take it is a matter of practice.

## Payers
Varies; most pass over it.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge


@rule(id="E212", name="place-redundant", severity="hint", scope="problem", kinds=("x12-place-redundant",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """SV105 that equals CLM05-1."""
    yield say(
        problem.part,
        f"Place of service {problem.data[0]} is that of the whole claim already, and is sent on a line only when it differs.",
        fixes=[write(problem.part, "", "Take the place off the line", preferred=False)],
    )

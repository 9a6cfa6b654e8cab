"""A claim whose total is not the sum of its lines.

## What it does
Speaks when CLM02 differs from the sum of the charges of the service lines.

## Why it matters
The 837 has to add up. A claim that does not is rejected before anybody looks at its codes.

## Example
```x12
ST*837*0001*005010X222A1~
CLM*A1*150***22:B:1*Y*A*Y*Y~
       ^^^ E209
HI*ABK:K5720~
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
X12 005010X222A1 (professional) and 005010X223A2 (institutional), CLM02 and the balancing of the claim with its lines.

## Payers
The transaction standard; the same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge


@rule(id="E209", name="claim-total", severity="error", scope="problem", kinds=("x12-total",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """CLM02 against the lines."""
    total, summed, count = problem.data
    lines = "its line says" if count == "1" else f"its {count} lines add up to"
    yield say(
        problem.part,
        f"The claim says {total} and {lines} {summed}. Correct the total, or the line that is wrong.",
        fixes=[write(problem.part, summed, f"Set the total to {summed}", preferred=False)],
    )

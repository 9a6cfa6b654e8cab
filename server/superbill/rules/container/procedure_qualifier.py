"""A service line whose procedure does not say which code set it is from.

## What it does
Speaks when the first component of SV101 (SV202 on institutional lines) is missing or none of the values that the
standard allows: HC, ER, IV, WK, and HP on institutional lines.

## Why it matters
The qualifier tells the payer how to read the code. Without it the claim fails the first check.

## Example
```x12
ST*837*0001*005010X222A1~
CLM*A1*120***22:B:1*Y*A*Y*Y~
HI*ABK:K5720~
LX*1~
SV1*CPT:76380:26*120*UN*1***1~
    ^^^ E203
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
X12 005010X222A1 (professional) and 005010X223A2 (institutional), SV101-1 and SV202-1: HC stands for CPT and HCPCS codes.

## Payers
The transaction standard; the same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge


@rule(id="E203", name="procedure-qualifier", severity="error", scope="problem", kinds=("x12-qualifier",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """A missing or unknown product or service qualifier."""
    segment, value = problem.data
    where = "SV101" if segment == "SV1" else "SV202"
    what = f"{where} begins with {value}, which is no qualifier" if value else f"{where} has no qualifier"
    yield say(
        problem.part,
        f"{what}, so the payer cannot tell which code set the procedure is from. CPT and HCPCS codes take HC.",
        fixes=[write(problem.part, "HC")],
    )

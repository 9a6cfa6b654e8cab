"""Units of a service line without the measure they are counted in.

## What it does
Speaks when SV103 is neither UN (units) nor MJ (minutes), or SV204 on institutional lines neither UN (units), DA (days)
nor F2 (international units).

## Why it matters
The same number is fifteen minutes or fifteen services. A claim without the measure is rejected.

## Example
```x12
ST*837*0001*005010X222A1~
CLM*A1*120***22:B:1*Y*A*Y*Y~
HI*ABK:K5720~
LX*1~
SV1*HC:76380:26*120*MIN*1***1~
                    ^^^ E204
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
X12 005010X222A1 (professional) and 005010X223A2 (institutional), SV103 and SV204.

## Payers
The transaction standard; the same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge


@rule(id="E204", name="units-basis", severity="error", scope="problem", kinds=("x12-basis",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """A missing or unknown unit of measure."""
    segment, value, *allowed = problem.data
    where = "SV103" if segment == "SV1" else "SV204"
    wanted = "UN for units or MJ for anesthesia minutes" if segment == "SV1" else "UN for units or DA for days"
    yield say(
        problem.part,
        f"{where} is {value or 'empty'}, which does not say what the units count. Write {wanted}.",
        fixes=[write(problem.part, code, preferred=False) for code in allowed[:2] if code != "MJ"]
        + [write(problem.part, "MJ", preferred=False)] * (segment == "SV1"),
    )

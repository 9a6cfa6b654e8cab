r"""A charge without a quantity.

## What it does
Speaks when FT1-10 of an HL7 charge is empty, and as an error when SV104 (SV205 on institutional lines) is empty in an
837.

## Why it matters
Most systems that read HL7 take 1 for it. Where one does not, the charge is billed with no units. An 837 without the
quantity is rejected.

## Example
```hl7
MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.5.1
PID|1||P1
FT1|1|||20251015||CG|4711^CT||||||||||||||||||76380^CT^C4|26
                               ^ E227
```

```x12
ST*837*0001*005010X222A1~
CLM*A1*120***22:B:1*Y*A*Y*Y~
HI*ABK:K5720~
LX*1~
SV1*HC:76380:26*120*UN****1~
                       ^ E227
DTP*472*D8*20251015~
SE*7*0001~
```

## Instead
```hl7
MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.5.1
PID|1||P1
FT1|1|||20251015||CG|4711^CT|||1|||||||||||||||76380^CT^C4|26
```

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
HL7 v2, chapter 6 (financial management), segment FT1: FT1-10 is optional; that it counts as 1 is practice. X12
005010X222A1 (professional), SV104, and 005010X223A2 (institutional), SV205: required.

## Payers
Not a matter of payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge


@rule(id="E227", name="no-quantity", severity="hint", scope="problem", kinds=("hl7-no-quantity", "x12-no-quantity"))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """FT1-10 left empty, or SV104 (SV205), without which the standard knows no line."""
    if problem.kind == "x12-no-quantity":
        (where,) = problem.data
        yield say(
            problem.part,
            f"{where} is empty, and the standard requires a quantity on every line. Write how many were done, mostly 1.",
            fixes=[write(problem.part, "1", preferred=False)],
            severity="error",
        )
        return
    yield say(
        problem.part,
        "FT1-10 is empty; most systems take the quantity for 1. Write it out.",
        fixes=[write(problem.part, "1", preferred=False)],
    )

r"""A service before the patient was born.

## What it does
Speaks when a line is dated before the date of birth that the file has for the patient: DMG02 in an 837, PID-7 in an HL7
message. The message does not repeat the date of birth.

## Why it matters
One of the two dates is wrong, or the line is on the wrong patient. Clearinghouses reject it.

## Example
```hl7
MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.5.1
PID|1||P1||DOE^BABY||20251016
FT1|1|||20251015||CG|4711^CT|||1|||||||||||||||76380^CT^C4|26
        ^^^^^^^^ D1103
```

```x12
ST*837*0001*005010X222A1~
HL*1**22*0~
NM1*IL*1*DOE*BABY****MI*M1~
DMG*D8*20251016*F~
CLM*A1*120***22:B:1*Y*A*Y*Y~
HI*ABK:K5720~
LX*1~
SV1*HC:76380:26*120*UN*1***1~
DTP*472*D8*20251015~
           ^^^^^^^^ D1103
SE*10*0001~
```

## Instead
```hl7
MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.5.1
PID|1||P1||DOE^BABY||20251015
FT1|1|||20251015||CG|4711^CT|||1|||||||||||||||76380^CT^C4|26
```

```x12
ST*837*0001*005010X222A1~
HL*1**22*0~
NM1*IL*1*DOE*BABY****MI*M1~
DMG*D8*20251015*F~
CLM*A1*120***22:B:1*Y*A*Y*Y~
HI*ABK:K5720~
LX*1~
SV1*HC:76380:26*120*UN*1***1~
DTP*472*D8*20251015~
SE*10*0001~
```

## Source
Claim edits of clearinghouses; common professional coding practice.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(
    id="D1103", name="before-birth", severity="error", scope="problem", kinds=("x12-before-birth", "hl7-before-birth")
)
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """A line dated before the date of birth."""
    code, day, where = problem.data
    yield say(
        problem.part,
        f"{code or 'This line'} is dated {day}, before the patient was born by {where}. Correct one of the two dates, or move "
        "the line to the right patient.",
    )

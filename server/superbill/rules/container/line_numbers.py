r"""Lines that are not numbered 1, 2, 3, or more than fifty in a claim.

## What it does
Speaks when the LX segments of a claim do not count up from 1, and when a professional claim has more than 50 lines. In
HL7, as information, when the set id of a charge (FT1-1) does not count on from the charge before it in the message;
charges below an order (ORC, OBR) may begin anew and are passed over.

## Why it matters
Payers answer by line number, so a gap or a repeat sends the answer to the wrong line. More than 50 lines are refused.

## Example
```x12
ST*837*0001*005010X222A1~
CLM*A1*120***22:B:1*Y*A*Y*Y~
HI*ABK:K5720~
LX*2~
   ^ E210
SV1*HC:76380:26*120*UN*1***1~
DTP*472*D8*20251015~
SE*7*0001~
```

```hl7
MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.5.1
PID|1||P1
FT1|1|||20251015||CG|4711^CT|||1|||||||||||||||76380^CT^C4|26
FT1|1|||20251015||CG|4712^CHEST|||1|||||||||||||||71046^CHEST^C4|26
    ^ E210
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

```hl7
MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.5.1
PID|1||P1
FT1|1|||20251015||CG|4711^CT|||1|||||||||||||||76380^CT^C4|26
FT1|2|||20251015||CG|4712^CHEST|||1|||||||||||||||71046^CHEST^C4|26
```

## Source
X12 005010X222A1 (professional) and 005010X223A2 (institutional), loop 2400: at most 50 lines in a professional claim, LX01 counting from 1.
HL7 v2, chapter 6 (financial management), segment FT1: FT1-1 is 1 for the first segment, 2 for the second, and so on.

## Payers
The transaction standard; the same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.dialect import SetValue
from superbill.charges.model import Part, Problem
from superbill.rules.base import Draft, Fix, rule, say
from superbill.rules.fixes import write
from superbill.rules.format._text import shown
from superbill.rules.knowledge import Knowledge


@rule(
    id="E210",
    name="line-numbers",
    severity="warning",
    scope="problem",
    kinds=("x12-line-number", "x12-line-count", "hl7-set-id"),
)
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """LX numbers that do not count up, or too many of them."""
    if problem.kind == "x12-line-count":
        yield say(
            problem.part,
            f"This claim has {problem.data[0]} service lines, and a professional claim may have 50. Divide it into two claims.",
            severity="error",
        )
        return
    if problem.kind == "hl7-set-id":
        value, wanted, before = problem.data
        said = value if value.isdecimal() and len(value) < 10 else shown(value)
        where = f"follows number {before}" if before else "is the first of its message"
        yield say(
            problem.part,
            f"This charge is numbered {said} and {where}. Receivers answer by this number, so it counts up from 1 in a message. "
            f"Write {wanted}.",
            fixes=[write(problem.part, wanted, preferred=False)],
            severity="information",
        )
        return
    value, wanted, count = problem.data
    numbers = tuple(SetValue(Part("number", number), str(number)) for number in range(1, int(count) + 1))
    yield say(
        problem.part,
        f"This line is numbered {value or 'not at all'} and is number {wanted} of the claim. Number the lines from 1.",
        fixes=[Fix("Number the lines of the claim anew", numbers, True)],
    )

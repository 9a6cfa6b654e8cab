"""Components separated by another character than the file says.

## What it does
Speaks when CLM05 of a claim is cut by another character than ISA16 names. The claim is read by the character that it
uses.

## Why it matters
Receivers cut by ISA16. They find one long value where qualifier, code and modifiers should be, and reject the claim.

## Example
```x12
ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *251015*1200*^*00501*000000001*0*P*:~
GS*HC*SENDER*RECEIVER*20251015*1200*1*X*005010X222A1~
ST*837*0001*005010X222A1~
CLM*A1*120***22>B>1*Y*A*Y*Y~
             ^^^^^^ E217
HI*ABK>K5720~
LX*1~
SV1*HC>76380>26*120*UN*1***1~
DTP*472*D8*20251015~
SE*7*0001~
GE*1*1~
IEA*1*000000001~
```

## Instead
```x12
ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *251015*1200*^*00501*000000001*0*P*:~
GS*HC*SENDER*RECEIVER*20251015*1200*1*X*005010X222A1~
ST*837*0001*005010X222A1~
CLM*A1*120***22:B:1*Y*A*Y*Y~
HI*ABK:K5720~
LX*1~
SV1*HC:76380:26*120*UN*1***1~
DTP*472*D8*20251015~
SE*7*0001~
GE*1*1~
IEA*1*000000001~
```

## Source
X12.5, interchange control structures: ISA16 names the component separator of the interchange.

## Payers
The transaction standard; the same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="E217", name="component-separator", severity="error", scope="problem", kinds=("x12-component",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """CLM05 cut by a character that ISA16 does not name."""
    used, named = problem.data
    yield say(
        problem.part,
        f"This claim separates components by {used} and ISA16 names {named}, so receivers cannot take its values apart. Make "
        "ISA16 and the claims agree.",
    )

"""Letters as diagnosis pointers in an 837.

## What it does
Speaks when SV107 holds letters from A to L, one by one or several in a row, as the paper form has them.

## Why it matters
An 837 counts diagnoses by number. A letter points to nothing there and the claim is rejected.

## Example
```x12
ST*837*0001*005010X222A1~
CLM*A1*120***22:B:1*Y*A*Y*Y~
HI*ABK:K5720*ABF:R109~
LX*1~
SV1*HC:76380:26*120*UN*1***AB~
                           ^^ F145
DTP*472*D8*20251015~
SE*7*0001~
```

## Instead
```x12
ST*837*0001*005010X222A1~
CLM*A1*120***22:B:1*Y*A*Y*Y~
HI*ABK:K5720*ABF:R109~
LX*1~
SV1*HC:76380:26*120*UN*1***1:2~
DTP*472*D8*20251015~
SE*7*0001~
```

On the paper form and in lists made after it, letters are right:

```csv
dos,cpt,mod,units,pos,dx1,dx_pointer
2025-10-15,76380,26,1,22,K57.20,A
```

## Source
X12 005010X222A1, SV107: values 1 to 12. The CMS-1500 form, item 24E, has the letters A to L for the same twelve.

## Payers
The transaction standard; the same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge


@rule(id="F145", name="pointer-letters", severity="error", scope="problem", kinds=("x12-pointer-letters",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """The paper form's letters in SV107."""
    given, wanted = problem.data
    yield say(
        problem.part,
        f"{given} in SV107: letters point to diagnoses on the paper form, and an 837 wants their numbers. Write {wanted}.",
        fixes=[write(problem.part, wanted)],
    )

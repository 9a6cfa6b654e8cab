"""Separators that are the same character twice, or a letter or digit.

## What it does
Speaks when ISA names one character for two purposes, or a letter or digit for any.

## Why it matters
A separator that also stands in the values cuts them in pieces: codes and amounts end up in other fields.

## Example
```x12
ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *251015*1200*^*00501*000000001*0*P**~
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ E202
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
X12.5, interchange control structures: element separator, repetition separator (5010), component separator and segment
terminator are four different characters that occur in no value.

## Payers
The transaction standard; the same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="E202", name="separators-clash", severity="error", scope="problem", kinds=("x12-separators",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """Separators that cannot be told from each other or from values."""
    element, component, repetition, segment = (repr(mark)[1:-1] or "none" for mark in problem.data)
    yield say(
        problem.part,
        f"The separators of this file are {element} for elements, {component} for components, {repetition} for repetitions and "
        f"{segment} at the end of segments. They must be different characters that occur in no value; write the file anew "
        "with other ones.",
    )

"""An ISA segment whose elements do not have their fixed lengths.

## What it does
Speaks on each element of ISA that is shorter or longer than the standard has it. The file is still read: the separators
are found by counting elements.

## Why it matters
ISA is the one segment of fixed length, and receivers take the separators from it by position. One character too few, and
the whole file is unreadable for them.

## Example
```x12
ISA*00*          *00*          *ZZ*SENDER*ZZ*RECEIVER       *251015*1200*^*00501*000000001*0*P*:~
                                   ^^^^^^ E201
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
X12.5, interchange control structures: ISA is 106 characters with its terminator, and its elements are 2 10 2 10 2 15 2 15 6 4 1 5
9 1 1 1 long.

## Payers
The transaction standard; the same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge

#: Lengths of ISA01 to ISA16.
_LENGTHS = (2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1)


@rule(id="E201", name="interchange-header", severity="error", scope="problem", kinds=("x12-header",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """An element of ISA of the wrong length, or an ISA that breaks off."""
    if problem.data[0] == "short":
        yield say(
            problem.part,
            "This ISA segment breaks off before its sixteenth element, which says what the separators are. Restore it from "
            "the program that wrote the file.",
        )
        return
    number, value = int(problem.data[1]), problem.data[2]
    length = _LENGTHS[number - 1]
    padded = value.rjust(length, "0") if number == 13 else value.ljust(length)
    fixes = [write(problem.part, padded, f"Fill up to {length} characters")] if len(value) < length else []
    yield say(
        problem.part,
        f"ISA{number:02d} is {len(value)} characters long and must be {length}. Receivers read this segment by position, so "
        f"{'fill it up with blanks' if len(value) < length else 'shorten it'}.",
        fixes=fixes,
    )

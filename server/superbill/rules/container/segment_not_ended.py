"""A segment without its terminator.

## What it does
Speaks when a segment of an 837 is not ended before the next one begins on a new line, or the file breaks off in it.

## Why it matters
A reader that follows the terminators takes two segments for one, and everything behind it is lost.

## Example
```x12
ST*837*0001*005010X222A1~
CLM*A1*120***22:B:1*Y*A*Y*Y~
HI*ABK:K5720~
LX*1~
SV1*HC:76380:26*120*UN*1***1~
DTP*472*D8*20251015~
SE*7*0001
^^^^^^^^^ E215
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
X12.5, interchange control structures: every segment ends with the terminator that ISA names.

## Payers
The transaction standard; the same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="E215", name="segment-not-ended", severity="error", scope="problem", kinds=("x12-not-ended",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """A segment that runs into the next, or a file that breaks off."""
    name = problem.data[0]
    yield say(
        problem.part,
        f"{f'This {name} segment is' if name else 'A segment of this claim is'} not ended, so other programs read the next "
        "segment as part of it. Add the terminator; if the file ends here, see whether it was cut off.",
    )

"""A service date that is not written in the form its qualifier names.

## What it does
Speaks when DTP02 is D8 and a period follows, when it is RD8 and a single day follows, when it is neither. A period that
begins and ends on the same day is everyday in real files, and a hint only.

## Why it matters
The receiver reads the value by the qualifier. A period read as a day, or a day as a period, is an unreadable date.

## Example
```x12
ST*837*0001*005010X222A1~
CLM*A1*120***22:B:1*Y*A*Y*Y~
HI*ABK:K5720~
LX*1~
SV1*HC:76380:26*120*UN*1***1~
DTP*472*D8*20251015-20251016~
        ^^ E207
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
X12 005010X222A1 (professional) and 005010X223A2 (institutional), DTP02 and DTP03 of loop 2400: D8 is a day (CCYYMMDD), RD8 a period (CCYYMMDD-CCYYMMDD).

## Payers
The transaction standard; the same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge


@rule(id="E207", name="date-form", severity="error", scope="problem", kinds=("x12-date-form",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """DTP02 and DTP03 that do not go together."""
    kind, form, wanted = problem.data
    if kind == "one day":
        yield say(
            Part("date"),
            "A period that begins and ends on one day. Most payers take it; the standard has D8 for a single day.",
            severity="hint",
        )
        return
    what = "a period" if wanted == "RD8" else "a single day"
    said = f"{form} stands before" if form else "Nothing says how to read"
    yield say(
        problem.part,
        f"{said} {what}, so the date cannot be read. The form for {what} is {wanted}.",
        fixes=[write(problem.part, wanted)],
    )

r"""A charge without its date, type or code.

## What it does
Speaks when FT1-4 (date), FT1-6 (type) or FT1-7 (code) is empty. FT1-7 may be empty when FT1-25 holds the procedure.

## Why it matters
The standard requires the three. A billing system drops the charge or gives it a date of its own.

## Example
```hl7
MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.5.1
PID|1||P1
FT1|1|||20251015|||4711^CT|||1|||||||||||||||76380^CT^C4|26
                  ^ E221
```

## Instead
```hl7
MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.5.1
PID|1||P1
FT1|1|||20251015||CG|4711^CT|||1|||||||||||||||76380^CT^C4|26
```

## Source
HL7 v2, chapter 6 (financial management), segment FT1: FT1-4, FT1-6 and FT1-7 are required in 2.3 to 2.9.

## Payers
The standard; the same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge

_NAMES = {"4": "FT1-4, the date of service,", "6": "FT1-6, the type of the charge,", "7": "FT1-7, what is charged,"}


@rule(id="E221", name="charge-fields-missing", severity="error", scope="problem", kinds=("hl7-required",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """A required field of FT1 that is empty."""
    number = problem.data[0]
    fixes = [write(problem.part, "CG", "Write CG (a charge)", preferred=False)] if number == "6" else []
    yield say(
        problem.part,
        f"{_NAMES[number]} is empty, and the standard requires it: systems drop such a charge or guess. Fill it in.",
        fixes=fixes,
    )

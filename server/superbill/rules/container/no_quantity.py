r"""A charge without a quantity.

## What it does
Speaks when FT1-10 is empty.

## Why it matters
Most systems take 1 for it. Where one does not, the charge is billed with no units.

## Example
```hl7
MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.5.1
PID|1||P1
FT1|1|||20251015||CG|4711^CT||||||||||||||||||76380^CT^C4|26
                               ^ E227
```

## Instead
```hl7
MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.5.1
PID|1||P1
FT1|1|||20251015||CG|4711^CT|||1|||||||||||||||76380^CT^C4|26
```

## Source
HL7 v2, chapter 6 (financial management), segment FT1: FT1-10 is optional; that it counts as 1 is practice.

## Payers
Not a matter of payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge


@rule(id="E227", name="no-quantity", severity="hint", scope="problem", kinds=("hl7-no-quantity",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """FT1-10 left empty."""
    yield say(
        problem.part,
        "FT1-10 is empty; most systems take the quantity for 1. Write it out.",
        fixes=[write(problem.part, "1", preferred=False)],
    )

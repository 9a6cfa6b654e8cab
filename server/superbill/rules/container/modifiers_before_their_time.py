r"""Modifiers in FT1-26 of a message whose version has no such field.

## What it does
Speaks when FT1-26 is filled and MSH-12 names version 2.3 or an earlier one.

## Why it matters
FT1-26 came with 2.3.1. A receiver that goes by the version passes over it, and the modifier is lost.

## Example
```hl7
MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.3
PID|1||P1
FT1|1|||20251015||CG|4711^CT|||1|||||||||||||||76380^CT^C4|26
                                                           ^^ E224
```

## Instead
```hl7
MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.5.1
PID|1||P1
FT1|1|||20251015||CG|4711^CT|||1|||||||||||||||76380^CT^C4|26
```

## Source
HL7 v2.3.1, chapter 6: FT1-26 was added; FT1 of 2.3 has 25 fields.

## Payers
Not a matter of payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(
    id="E224",
    name="modifiers-before-their-time",
    severity="information",
    scope="problem",
    kinds=("hl7-modifiers-early",),
)
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """FT1-26 in a message of version 2.3 or earlier."""
    yield say(
        problem.part,
        f"MSH-12 says version {problem.data[0]}, and FT1-26 came with 2.3.1: a receiver that goes by the version passes over the "
        "modifier. See which version both sides have agreed on.",
    )

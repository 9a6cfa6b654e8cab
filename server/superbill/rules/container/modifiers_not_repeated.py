r"""Several modifiers in one repetition of FT1-26.

## What it does
Speaks when a repetition of FT1-26 holds more than one modifier, put together with a comma, a blank, a component or a subcomponent
separator. They are checked one by one all the same.

## Why it matters
FT1-26 repeats: each modifier is a repetition of its own. What stands behind the first is read as its text, and lost.

## Example
```hl7
MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.5.1
PID|1||P1
FT1|1|||20251015||CG|4711^CT|||1|||||||||||||||76380^CT^C4|26,59
                                                           ^^ E223
```

## Instead
```hl7
MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.5.1
PID|1||P1
FT1|1|||20251015||CG|4711^CT|||1|||||||||||||||76380^CT^C4|26
```

## Source
HL7 v2, chapter 6 (financial management), segment FT1: FT1-26 may repeat, its first component is the modifier.

## Payers
The standard; the same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge


@rule(id="E223", name="modifiers-not-repeated", severity="error", scope="problem", kinds=("hl7-modifiers-joined",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """Modifiers joined by something else than the repetition separator."""
    value, wanted, _ = problem.data
    yield say(
        problem.part,
        f"{value} holds several modifiers in one place, and only the first is read. Each modifier is a repetition of its own: "
        f"{wanted}.",
        fixes=[write(problem.part, wanted)],
    )

r"""A message header whose separators cannot be told apart.

## What it does
Speaks when MSH, FHS or BHS does not name three to five separators in its second field, all different and none a letter or
digit.

## Why it matters
Every receiver takes the message apart by these characters. With a wrong one, codes and modifiers run together.

## Example
```hl7
MSH|^~^&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.5.1
^^^^^^^^ E220
PID|1||P1
FT1|1|||20251015||CG|4711^CT|||1|||||||||||||||76380^CT^C4|26
```

## Instead
```hl7
MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.5.1
PID|1||P1
FT1|1|||20251015||CG|4711^CT|||1|||||||||||||||76380^CT^C4|26
```

## Source
HL7 v2, chapter 2: MSH-1 and MSH-2.

## Payers
The standard; the same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="E220", name="message-separators", severity="error", scope="problem", kinds=("hl7-separators",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """Separators of a header that clash or are missing."""
    yield say(
        problem.part,
        f"The separators {problem.data[0]} are not three to five different characters, so this message cannot be taken apart "
        "with certainty. The usual ones are |^~\\&.",
    )

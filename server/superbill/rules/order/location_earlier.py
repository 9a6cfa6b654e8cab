"""A location modifier before one that says more about payment.

## What it does
Speaks when LT, RT, or a finger, toe, eyelid or coronary modifier stands before a modifier that sets the
price, decides on payment or informs. Physical status and quality modifiers may follow.

## Why it matters
Systems that keep only the first modifiers should lose the side rather than what the line is paid by.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,73562,RT,59,1,11
                 ^^ O805
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,73562,59,RT,1,11
```

## Source
Coding press; no CMS text fixes the order of these modifiers.

## Payers
Many payers read all modifiers and ignore their order; some systems read only the first one or two.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule
from superbill.rules.knowledge import Knowledge
from superbill.rules.order._sorting import complain

_LOCATIONS = (
    "E1", "E2", "E3", "E4", "FA", "F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "LC", "LD", "LM",
    "LT", "RC", "RI", "RT", "TA", "T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9",
)  # fmt: skip


@rule(id="O805", name="location-not-last", severity="hint", modifiers=_LOCATIONS)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A location modifier before a price, payment or information modifier."""
    yield from complain(line, know, "O805", "{modifier} only says where, and usually stands after {beyond}.")

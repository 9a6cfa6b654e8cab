"""The modifier for who gave the anesthesia not in the first place.

## What it does
Speaks when a modifier that should follow stands before AA, AD, QK, QX, QY or QZ, on a line outside the
anesthesia codes. On those codes themselves it matters more, and K622 speaks.

## Why it matters
The six say who gave the anesthesia and set the price. Some contractors deny a line on which they do not come
first.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,61575,QS,AA,1,22
                    ^^ O803
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,61575,AA,QS,1,22
```

## Source
Contractor pages on anesthesia claims.

## Payers
Some payers deny such lines, most only prefer the order.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule
from superbill.rules.knowledge import Knowledge
from superbill.rules.order._sorting import GIVEN_BY, complain


@rule(id="O803", name="anesthesia-payment-not-first", severity="hint", modifiers=GIVEN_BY)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """An anesthesia payment modifier after something that should follow it."""
    if know.is_anesthesia(line.code):
        return
    yield from complain(line, know, "O803", "{modifier} says who gave the anesthesia and stands before {beyond}.")

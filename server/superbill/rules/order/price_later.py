"""A modifier that sets the price after one that does not.

## What it does
Speaks when a modifier that sets the price (50, 52, 53, 62, 80, RR ...) stands after one that decides on
payment or only informs. Where one of the other rules of this group speaks, this one is silent.

## Why it matters
A system that prices by the first modifier, or keeps only two, loses the one that matters.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,45378,59,53,1,22
                    ^^ O801
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,45378,53,59,1,22
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


@rule(id="O801", name="price-after-payment", severity="hint")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A price modifier after a payment or information modifier."""
    if len(line.modifiers) > 1:
        yield from complain(line, know, "O801", "{modifier} sets the price and usually stands before {beyond}.")

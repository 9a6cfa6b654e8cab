"""26 or TC not in the first place.

## What it does
Speaks when a modifier that should follow stands before 26 or TC.

## Why it matters
26 and TC pick the row of the fee schedule from which the line is priced. A system that reads the first
modifier only prices the whole service.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,76380,XE,26,1,22
                    ^^ O802
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,76380,26,XE,1,22
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
from superbill.rules.order._sorting import COMPONENT, complain


@rule(id="O802", name="component-not-first", severity="hint", modifiers=COMPONENT)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """26 or TC after something that should follow it."""
    yield from complain(line, know, "O802", "{modifier} picks the price and stands before {beyond}.")

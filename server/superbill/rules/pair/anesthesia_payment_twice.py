"""More than one modifier for who gave the anesthesia.

## What it does
Speaks when a line carries two or more of AA, AD, QK, QX, QY and QZ.

## Why it matters
Each of the six says who gave the anesthesia and who supervised, and each is its own price. A line needs
exactly one. When a physician directs a nurse anesthetist, each of them bills a line with a modifier of their
own.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,00790,AA,QK,60,22
                    ^^ X717
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,00790,AA,,60,22
```

## Source
CMS HCPCS file; contractor pages on anesthesia claims.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.pair._beside import beside, keep_one, named


@rule(
    id="X717",
    name="anesthesia-payment-twice",
    severity="error",
    modifiers=("AA", "AD", "QK", "QX", "QY", "QZ"),
)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Two or more of the anesthesia payment modifiers."""
    found = beside(line, know, "AA", "AD", "QK", "QX", "QY", "QZ")
    if len(found) < 2:
        return
    yield say(
        line.slot(found[-1]),
        f"{line.code}-{found[-1]}: {named(found)} say different things about who gave the "
        "anesthesia, and each sets a price. Keep one.",
        fixes=keep_one(line, found),
    )

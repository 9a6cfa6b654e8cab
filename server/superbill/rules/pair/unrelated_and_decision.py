"""24 and 57 on one visit.

## What it does
Speaks, as information, when a line carries both 24 and 57.

## Why it matters
It is allowed: a visit within one surgery's global period, unrelated to it, at which another major surgery was
decided on. It is rare enough to look twice, because often only one of the two was meant.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,99213,24,57,1,11
                    ^^ X712
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,99213,24,,1,11
```

## Source
NCCI Policy Manual 2026 chapter I, pages 13 and 15, on the two modifiers.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.pair._beside import beside, keep_one


@rule(id="X712", name="unrelated-and-decision", severity="information", modifiers=("24", "57"))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """24 beside 57."""
    found = beside(line, know, "24", "57")
    if len(found) < 2:
        return
    yield say(
        line.slot(found[-1]),
        f"{line.code}-{found[-1]}: 24 and 57 together mean an unrelated visit in one global period that "
        "decided on another major surgery. That is possible but rare; check that both are meant.",
        fixes=keep_one(line, found),
    )

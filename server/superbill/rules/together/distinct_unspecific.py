"""59 where the payer wants the more exact XE, XP, XS or XU.

## What it does
Speaks when a line carries 59. It is for payers that ask for the exact modifier, and off until a workspace switches it on
for them.

## Why it matters
XE, XP, XS and XU each say why a service is distinct; 59 only says that it is. Some plans deny 59 where one of the four is
true.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,45380,59,1,24
                 ^^ L1009
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,45380,XS,1,24
```

## Source
NCCI Policy Manual 2026 chapter I, page 20: Medicare takes either; a published Anthem policy asks for the exact one.

## Payers
Off unless switched on. Medicare takes 59 wherever it takes the four.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import swap
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._lines import DISTINCT


@rule(id="L1009", name="distinct-unspecific", severity="hint", modifiers=("59",), status="off")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """59 without one of the exact four."""
    if line.has(*DISTINCT[1:]):
        return
    yield say(
        line.slot("59"),
        f"{line.code}-59: this payer wants the modifier that says why: XE separate encounter, XS separate site, XP another "
        "practitioner, XU unusual and not overlapping. Write the one that the note bears out.",
        fixes=[swap(line, "59", exact) for exact in DISTINCT[1:]],
    )

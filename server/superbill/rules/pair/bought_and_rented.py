"""More than one of NU, RR and UE.

## What it does
Speaks when a line carries two or more of NU, RR and UE. On ambulance lines RR is a trip.

## Why it matters
New, rented and used equipment have three different prices. A line says which of them it is.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,E0601,NU,RR,1,12
                    ^^ X720
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,E0601,RR,,1,12
```

## Source
CMS HCPCS file; the equipment fee schedule prices the three apart.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.pair._beside import beside, keep_one, named


@rule(id="X720", name="bought-and-rented", severity="error", modifiers=("NU", "RR", "UE"))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Two of NU, RR and UE."""
    found = beside(line, know, "NU", "RR", "UE")
    if len(found) < 2:
        return
    yield say(
        line.slot(found[-1]),
        f"{line.code}-{found[-1]}: {named(found)} set different prices, and an item is new, rented or used. Keep one.",
        fixes=keep_one(line, found),
    )

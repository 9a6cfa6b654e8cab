"""The modifier for who gave the anesthesia, not in first place.

## What it does
Speaks when an anesthesia line has one of AA, AD, QK, QX, QY and QZ, but another modifier before it.

## Why it matters
The modifier prices the line, and some systems read the price from the first place only. The line is denied or
priced wrongly.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,00142,"QS AA",45,22
                     ^^ K622
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,00142,"AA QS",45,22
```

## Source
Medicare contractors' instructions on anesthesia claims.

## Payers
Some payers deny the line, some do not mind.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fit._anesthesia import PROVIDERS, providers
from superbill.rules.fixes import order
from superbill.rules.knowledge import Knowledge


@rule(
    id="K622",
    name="anesthesia-provider-not-first",
    severity="warning",
    modifiers=PROVIDERS,
    codes=("anesthesia",),
)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """The one provider modifier of an anesthesia code behind another modifier."""
    found = providers(line)
    if len(found) != 1 or line.mods[0] == found[0]:
        return
    yield say(
        line.slot(found[0]),
        f"{line.code}-{found[0]}: {found[0]} prices the line and is read in the first place. Move it to the front.",
        fixes=[order([found[0], *(modifier for modifier in line.mods if modifier != found[0])])],
    )

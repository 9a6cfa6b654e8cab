"""59 together with the more exact XE, XP, XS or XU.

## What it does
Speaks when a line carries 59 and one of XE, XP, XS and XU.

## Why it matters
Each of the four says why a service is distinct; 59 only says that it is. 59 is for the case that nothing
better fits, so beside one of them it contradicts itself, and some plans deny the line.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,76380,59,XE,1,11
                    ^^ X704
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,76380,XE,,1,11
```

## Source
NCCI Policy Manual 2026 chapter I, page 20; a published Anthem policy.

## Payers
Medicare takes either, never needs both. Anthem does not take both on one line.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge
from superbill.rules.pair._beside import SUBSETS, beside


@rule(id="X704", name="distinct-said-twice", severity="warning", modifiers=("59", *SUBSETS))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """59 beside one of its subsets."""
    found = beside(line, know, "59", *SUBSETS)
    if len(found) < 2 or "59" not in found:
        return
    exact = next(modifier for modifier in found if modifier != "59")
    yield say(
        line.slot(found[-1]),
        f"{line.code}-{found[-1]}: {exact} already says why the service is distinct, and 59 is for when "
        "nothing better fits. Remove 59.",
        fixes=[remove(line, "59")],
    )

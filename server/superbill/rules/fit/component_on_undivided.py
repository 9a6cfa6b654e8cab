"""26 or TC on a physician service that is never split.

## What it does
Speaks when a line carries 26 or TC and the fee schedule gives the code the PC/TC indicator 0. Visits,
injections and operations are of this kind.

## Why it matters
There is no reading and no equipment to bill apart: the whole code is the physician's work. Payers reject the
line.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,99213,26,1,11
                 ^^ K501
2025-10-15,45378,TC,1,22
                 ^^ K501
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,99213,,1,11
2025-10-15,45378,,1,22
```

## Source
CMS PFS relative value file, PC/TC indicator 0, which rules both modifiers out.

## Payers
The same everywhere, as far as known; large commercial payers publish the same table.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fit._component import misplaced
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge


@rule(
    id="K501",
    name="component-on-undivided-service",
    severity="error",
    modifiers=("26", "TC"),
    editions=(FEES,),
)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """26 or TC with PC/TC indicator 0."""
    modifier = misplaced(line, know, "0")
    if modifier:
        yield say(
            line.slot(modifier),
            f"{line.code}-{modifier}: the code is the physician's work as a whole and cannot be split "
            f"(PC/TC indicator 0). Remove {modifier}.",
            fixes=[remove(line, modifier)],
        )

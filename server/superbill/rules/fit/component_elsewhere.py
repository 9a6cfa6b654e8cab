"""26 or TC on a code for which the fee schedule knows no parts.

## What it does
Speaks when a line carries 26 or TC, the PC/TC indicator of the code is 7, 8 or 9, and the fee schedule has no
row of the code with that modifier. Drugs, laboratory tests and therapy are of this kind, and some hearing
tests.

## Why it matters
The split has no meaning or no price for the code. Most payers reject the line.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,85025,26,1,81
                 ^^ K507
2025-10-15,97110,"TC GP",1,11
                  ^^ K507
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,85025,,1,81
2025-10-15,97110,GP,1,11
2025-10-15,86334,26,1,11
```

## Source
CMS PFS relative value file, PC/TC indicators 7, 8 and 9. The file speaks of a prohibition only for TC with
indicator 8; for the others it gives no such row.

## Payers
One large national payer publishes the same table; for others it is not known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fit._component import COMPONENTS, misplaced
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge


@rule(id="K507", name="component-without-meaning", severity="warning", modifiers=("26", "TC"), editions=(FEES,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """26 or TC with PC/TC indicator 7, 8 or 9 and no row of that component."""
    modifier = misplaced(line, know, "7", "8", "9")
    row = know.plain_row(line.code, line.since)
    reading = know.component_row(line.code, "26", line.since)
    if not modifier or row is None or (reading is not None and reading.pctc == "6"):
        return
    yield say(
        line.slot(modifier),
        f"{line.code}-{modifier}: the fee schedule knows no {COMPONENTS[modifier]} of this code "
        f"(PC/TC indicator {row.pctc}). Remove {modifier}.",
        fixes=[remove(line, modifier)],
    )

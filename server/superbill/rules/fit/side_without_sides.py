"""LT or RT on a code that has no sides.

## What it does
Notes that a line carries LT or RT although the fee schedule gives the code the bilateral indicator 0 or 9.
Silent on visits and where modifier 50 is on the line too, since stronger rules speak there; where the finger,
toe, eyelid or coronary artery is asked for (K602); and on drugs and supplies, where a side can be asked for.

## Why it matters
The side does not change what is paid, and some payers reject it. It is allowed where it tells two sites
apart.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,LT,1,11
                 ^^ K526
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,,1,11
2025-10-15,73562,LT,1,11
```

## Source
CMS PFS relative value file, bilateral surgery indicators 0 and 9. Nothing there forbids LT and RT.

## Payers
Payers differ in what they do with a side that is not needed.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fit._finer import finer
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge


@rule(id="K526", name="side-without-sides", severity="information", modifiers=("LT", "RT"), editions=(FEES,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """LT or RT with bilateral indicator 0 or 9 in the row of the part billed."""
    row = know.row(line)
    if row is None or row.bilateral not in ("0", "9") or line.has("50") or know.is_visit(line.code):
        return
    if (row.bilateral == "9" and line.code[0].isalpha()) or finer(line, know) is not None:
        return
    sides = [modifier for modifier in line.mods if modifier in ("LT", "RT")]
    yield say(
        line.slot(sides[-1]),
        f"{line.code}-{'-'.join(sides)}: the code has no sides (bilateral indicator {row.bilateral}), so a "
        f"side changes nothing in the price. Remove {' and '.join(sides)} unless it tells two sites apart.",
        fixes=[remove(line, *sides, preferred=False)],
    )

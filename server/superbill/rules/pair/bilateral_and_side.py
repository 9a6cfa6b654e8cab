"""Modifier 50 together with LT or RT.

## What it does
Speaks when a line carries 50 and also LT or RT. In a surgery center (place of service 24) the advice is the
other way round: there each side has a line of its own, with LT and RT. Where the fee schedule says that the
code has no two sides to count (bilateral indicator 0, 2 or 9), the rules on 50 speak instead.

## Why it matters
50 already says both sides. With a side beside it the payer cannot tell whether one or two were done, and may
deny the line or pay one side.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,73562,50,LT,1,11
                    ^^ X702
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,73562,50,,1,11
2025-10-15,73560,LT,,1,11
```

## Source
NCCI Policy Manual 2026 chapter III, page 12, for surgery centers; a Medicaid agency and coding press for the
rest.

## Payers
Most payers. Some plans want LT and RT on two lines in the place of 50; no plan was found that wants both ways
on one line.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge
from superbill.rules.pair._beside import beside, may_have_sides, named


@rule(id="X702", name="bilateral-with-side", severity="warning", modifiers=("50", "LT", "RT"))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """50 beside LT or RT."""
    found = beside(line, know, "50", "LT", "RT")
    sides = [modifier for modifier in found if modifier != "50"]
    if not sides or "50" not in found or not may_have_sides(line, know):
        return
    if line.place == "24":
        todo = "A surgery center bills each side on its own line: remove 50."
        fixes = [remove(line, "50", preferred=False)]
    else:
        todo = "Keep 50 if both sides were done, else the side."
        fixes = [remove(line, *sides, preferred=False), remove(line, "50", preferred=False)]
    yield say(
        line.slot(found[-1]),
        f"{line.code}-{found[-1]}: 50 already means both sides, so {named(sides)} beside it is unclear. {todo}",
        fixes=fixes,
    )

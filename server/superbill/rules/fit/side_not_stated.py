"""A code with a left and a right, and no side on the line.

## What it does
Notes that a line has neither LT, RT or 50 nor a finger, toe, eyelid or coronary modifier although the fee
schedule gives the code the bilateral indicator 1 or 3. Silent when the units already say both sides of a
test, and on the few codes that have such an indicator but no single side.

## Why it matters
Many payers send such a line back, and a second line for the other side looks like a duplicate.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,73562,,1,11
           ^^^^^ K527
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,73562,RT,1,11
2025-10-15,73140,F6,1,11
```

## Source
CMS PFS relative value file, bilateral surgery indicators 1 and 3; contractors ask for the side.

## Payers
Payers differ: some read the side from the diagnosis, many want it on the line.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import add
from superbill.rules.knowledge import Knowledge

_PLACES = frozenset({"side", "eyelid", "finger", "toe", "coronary"})


@rule(id="K527", absence=True, name="side-not-stated", severity="information", editions=(FEES,), cited=False)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """No side with bilateral indicator 1 or 3 in the row of the part billed."""
    row = know.row(line)
    if row is None or row.bilateral not in ("1", "3"):
        return
    for code in line.mods:
        modifier = know.modifier(code)
        if code == "50" or (modifier is not None and modifier.family in _PLACES):
            return
    if row.bilateral == "3" and line.units is not None and line.units > 1:
        return
    if know.in_set(line.code, "no-single-side"):
        return
    yield say(
        Part("code"),
        f"{line.code}: the line does not say which side (bilateral indicator {row.bilateral}). "
        "Add LT or RT, or 50 if both were done.",
        fixes=[
            add("LT", because="if it was the left"),
            add("RT", because="if it was the right"),
            add("50", because="if it was both"),
        ],
    )

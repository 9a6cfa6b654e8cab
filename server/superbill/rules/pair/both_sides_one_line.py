"""LT and RT on one line.

## What it does
Speaks when a line carries LT and RT but not 50 (with 50, X702 speaks). Under a payer other than Medicare, a
line with two units gets information only. Where the fee schedule says that the code has no two sides to count
(bilateral indicator 0, 2 or 9), K521 and K526 speak instead.

## Why it matters
Both sides on one line go with 50, or each side has its line. With LT and RT side by side some systems read
the first one only and pay one side.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,73562,LT,RT,1,11
                    ^^ X703
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,73562,50,,1,11
```
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,73562,LT,,1,11
2025-10-15,73562,RT,,1,11
```

## Source
NCCI Policy Manual 2026 chapter I, pages 30 and 31; published instructions of Blue plans.

## Payers
Medicare wants 50, or two lines for tests and in a surgery center. BCBS of North Dakota takes LT and RT on one
line with two units.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.dialect import SetModifiers
from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, Fix, rule, say
from superbill.rules.fixes import split
from superbill.rules.knowledge import Knowledge
from superbill.rules.pair._beside import beside, may_have_sides


@rule(id="X703", name="both-sides-on-one-line", severity="warning", modifiers=("LT", "RT"))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """LT beside RT without 50."""
    both = beside(line, know, "LT", "RT")
    if len(both) < 2 or line.has("50") or not may_have_sides(line, know):
        return
    split_fix = split(line, _without(line, "RT"), _without(line, "LT"), "Make two lines, one with LT and one with RT")
    surgery_center = line.place == "24"
    other_payer = not know.profile.medicare
    todo = "Make one line of each side" if surgery_center else "Bill both sides as 50, or make one line of each side"
    note = " At least one Blue plan takes it, with two units." if other_payer else ""
    yield say(
        line.slot(both[-1]),
        f"{line.code}-{both[-1]}: LT and RT on one line may be paid as one side. {todo}.{note}",
        fixes=[split_fix] if surgery_center else [_bilateral(line), split_fix],
        severity="information" if other_payer and line.units == 2 else None,
        payer=True,
    )


def _without(line: ServiceLine, side: str) -> list[str]:
    return [modifier for modifier in line.mods if modifier != side]


def _bilateral(line: ServiceLine) -> Fix:
    kept = [modifier for modifier in line.mods if modifier not in ("LT", "RT")]
    return Fix("Replace LT and RT with 50", (SetModifiers(("50", *kept)),))

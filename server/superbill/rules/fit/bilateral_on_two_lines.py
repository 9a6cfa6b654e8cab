"""Surgery on both sides, billed as a left line and a right line.

## What it does
Speaks when one claim has a surgical code once with LT and once with RT, everything else on the two lines
being equal, the bilateral indicator is 1, and the payer is Medicare. Silent in place 24, where the surgery
center's claim has two lines.

## Why it matters
Medicare wants surgery on both sides on one line with 50 and one unit. Two lines invite the second one to be
denied as a duplicate.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,20610,LT,1,11
P1,2025-10-15,20610,RT,1,11
                    ^^ K524
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,20610,50,1,11
```

## Source
NCCI Policy Manual 2026 chapter I, page 30, and chapter III, page 12, for surgery centers; CMS PFS relative
value file, bilateral surgery indicator 1.

## Payers
Medicare only. Other payers accept one line with 50, two lines, or both.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.dialect import RemoveLine, SetValue
from superbill.charges.model import Claim, ServiceLine
from superbill.rules.base import Draft, Fix, Related, rule, say
from superbill.rules.fit._claim import by_facility, same_provider
from superbill.rules.knowledge import PACKAGED, Knowledge

_SURGERY_CENTER = "24"


@rule(
    id="K524",
    lines=2,
    name="bilateral-on-two-lines",
    severity="warning",
    scope="claim",
    modifiers=("RT",),
    editions=(FEES,),
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """LT line and RT line of one surgical code with bilateral indicator 1."""
    if not know.profile.medicare:
        return
    left = {number: line for number, line in enumerate(claim.lines) if line.has("LT") and not line.has("RT", "50")}
    for number, line in enumerate(claim.lines):
        if not line.has("RT") or line.has("LT", "50") or not _surgical(line, know):
            continue
        for other, twin in left.items():
            if twin.code == line.code and _twins(line, twin):
                del left[other]
                yield say(
                    line.slot("RT"),
                    f"{line.code}-RT: the left side stands on a line of its own, and {know.profile.name} "
                    "wants surgery on both sides on one line with 50 and 1 unit. Merge the two lines.",
                    line=number,
                    related=[Related(other, twin.slot("LT"), "the left side")],
                    fixes=_merge(line, other, twin),
                )
                break


def _surgical(line: ServiceLine, know: Knowledge) -> bool:
    row = know.plain_row(line.code, line.since)
    if row is None or row.bilateral != "1" or row.global_days not in PACKAGED:
        return False
    return bool(line.place) and line.place != _SURGERY_CENTER and not by_facility(line)


def _twins(right: ServiceLine, left: ServiceLine) -> bool:
    """Whether two lines differ in nothing but the side."""
    rest = (sorted(set(right.mods) - {"RT"}), right.units, right.place)
    return rest == (sorted(set(left.mods) - {"LT"}), left.units, left.place) and same_provider(right, left)


def _merge(right: ServiceLine, other: int, left: ServiceLine) -> list[Fix]:
    """Make one line of the two; only where no charge stands on them that would have to be added up."""
    if right.charge is not None or left.charge is not None or right.units not in (None, 1):
        return []
    return [
        Fix(
            "Merge the two lines into one with 50",
            (SetValue(right.slot("RT"), "50"),),
            also=((other, RemoveLine()),),
        )
    ]

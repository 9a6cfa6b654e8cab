"""A code billed as a whole and once more as one of its components.

## What it does
Speaks when a claim carries a code of PC/TC indicator 1 plain and again with 26 or TC, for the same provider, day, place
and side. Silent when 76, 77, 59 or an X modifier on one of the lines says that there were two studies.

## Why it matters
The plain line already holds the reading and the technical part. The component line bills one of them a second time.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,70450,,1,11
P1,2025-10-15,70450,26,1,11
                    ^^ L1013
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,70450,26,1,11
P1,2025-10-15,71046,,1,11
```

## Source
CMS PFS relative value file, PC/TC indicator 1; a Medicare contractor's instruction on global and component billing.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import Claim, Part
from superbill.rules.base import Draft, Related, rule, say
from superbill.rules.fixes import remove_line
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._lines import DISTINCT, REPEAT, charged, meet, sides


@rule(
    id="L1013",
    lines=2,
    name="global-and-component",
    severity="error",
    scope="claim",
    modifiers=("26", "TC"),
    editions=(FEES,),
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """A code plain and with 26 or TC."""
    for number, part in enumerate(claim.lines):
        if not part.component or not charged(part) or part.setting == "facility":
            continue
        row = know.plain_row(part.code, part.since)
        if row is None or row.pctc != "1":
            continue
        for other, whole in enumerate(claim.lines):
            if whole.code != part.code or whole.component or not meet(whole, part) or whole.place != part.place:
                continue
            if sides(whole) != sides(part) or whole.has(*DISTINCT, *REPEAT) or part.has(*DISTINCT, *REPEAT):
                continue
            yield say(
                part.slot(part.component),
                f"{part.code}-{part.component}: the plain {part.code} of this day already holds this part, so it is "
                "billed twice. Keep one of the two lines.",
                line=number,
                related=[Related(other, Part("code"), "billed as a whole here")],
                fixes=[remove_line()],
            )
            break

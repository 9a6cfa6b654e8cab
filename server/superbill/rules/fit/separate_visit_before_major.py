"""Modifier 25 on a visit on the day of major surgery, with nothing minor beside it.

## What it does
Speaks when a visit carries 25 but not 57, the claim has a procedure with 090 global days, and nothing else
that 25 could be there for: no minor procedure, no injection or other staff service, no code whose package is
not known.

## Why it matters
The package of a major procedure takes in the visits of the day before and the day itself. 25 does not open
it. The visit that decided on the operation is paid with 57.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,99284,25,1,23
                    ^^ K593
P1,2025-10-15,27447,RT,1,21
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,99284,57,1,23
P1,2025-10-15,27447,RT,1,21
```

## Source
NCCI Policy Manual 2026 chapter I, page 13; CMS PFS relative value file, global days.

## Payers
Medicare's rule, which most payers follow.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import Claim, Part, ServiceLine
from superbill.rules.base import Draft, Related, rule, say
from superbill.rules.fit._visit import packages_beside
from superbill.rules.fixes import swap
from superbill.rules.knowledge import Knowledge


@rule(
    id="K593",
    lines=2,
    name="separate-visit-before-major",
    severity="warning",
    scope="claim",
    modifiers=("25",),
    codes=("visits",),
    editions=(FEES,),
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """25 without 57 on a visit beside nothing but major procedures and tests."""
    for number, line in enumerate(claim.lines):
        if not line.has("25") or line.has("57") or not know.is_visit(line.code):
            continue
        beside = packages_beside(claim, line, know)
        major = [other for other, days in beside if days == "090"]
        if not major or any(_may_want_25(claim.lines[other], days, know) for other, days in beside):
            continue
        yield say(
            line.slot("25"),
            f"{line.code}-25: there is major surgery on this day, and 25 does not set a visit apart from "
            "it. Use 57 if this visit decided on the operation.",
            line=number,
            related=[Related(major[0], Part("code"), "the major procedure of this day")],
            fixes=[swap(line, "25", "57")],
        )


def _may_want_25(line: ServiceLine, days: str, know: Knowledge) -> bool:
    """Whether a visit beside this line may need 25: not for major surgery, add-ons and tests."""
    if days in ("090", "ZZZ"):
        return False
    row = know.plain_row(line.code, line.since)
    return days != "XXX" or not (know.is_lab(line.code) or (row is not None and row.pctc in ("1", "2", "3", "4")))

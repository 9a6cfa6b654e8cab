"""Modifier 57 on a visit when the day's only procedures are minor.

## What it does
Speaks when a visit carries 57 and every other procedure of the claim that has a package is minor (000 or 010
global days). Silent when a major procedure is on the claim, or a code whose package is not known.

## Why it matters
57 is for the visit that decided on an operation with 90 days of aftercare. The decision for a minor procedure
is part of that procedure; only a separate visit is paid beside it, with 25.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,99213,57,1,11
                    ^^ K592
P1,2025-10-15,20610,RT,1,11
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,99213,25,1,11
P1,2025-10-15,20610,RT,1,11
```

## Source
NCCI Policy Manual 2026 chapter I, page 13; CMS PFS relative value file, global days.

## Payers
Medicare's rule, which most payers follow.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import Claim, Part
from superbill.rules.base import Draft, Related, rule, say
from superbill.rules.fit._visit import packages_beside
from superbill.rules.fixes import remove, swap
from superbill.rules.knowledge import Knowledge


@rule(
    id="K592",
    lines=2,
    name="surgery-decision-for-minor",
    severity="warning",
    scope="claim",
    modifiers=("57",),
    codes=("visits",),
    editions=(FEES,),
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """57 on a visit beside nothing but minor procedures."""
    for number, line in enumerate(claim.lines):
        if not line.has("57") or not know.is_visit(line.code):
            continue
        beside = packages_beside(claim, line, know)
        minor = [other for other, days in beside if days in ("000", "010")]
        if not minor or any(days not in ("000", "010", "XXX", "ZZZ") for _, days in beside):
            continue
        fix = remove(line, "57", preferred=False) if line.has("25") else swap(line, "57", "25")
        yield say(
            line.slot("57"),
            f"{line.code}-57: the procedures of this day are minor, and 57 is for the decision on major "
            "surgery. Use 25 if the visit went beyond that decision; keep 57 only if major surgery follows "
            "tomorrow.",
            line=number,
            related=[Related(minor[0], Part("code"), "a minor procedure of this day")],
            fixes=[fix],
        )

"""A limited CT beside another CT of the same day.

## What it does
Speaks when 76380 stands on one claim with any other CT, CT angiogram, CT colonography, heart or breast CT, or CT
guidance, whatever region either one covers. Silent when 59 or XE on one of the two lines says that they were separate
encounters. XS or XU does not silence it: the question is the encounter, not the region.

## Why it matters
Within one encounter the other CT takes the limited one in. A different region is no excuse.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,74177,26,1,22
P1,2025-10-15,76380,26,1,22
              ^^^^^ L1020
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,74177,26,1,22
P1,2025-10-15,76380,26 XE,1,22
```

## Source
NCCI Policy Manual 2026 chapter IX, pages 6 and 18. The pair table (practitioner, 2024 Q3) has most of these pairs with
76380 in column 2, CCMI 1; leg run-off CTA, colonography and heart CT rest on the manual alone.

## Payers
Medicare's rule; a warning for all, since a claim tells days, not encounters.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import MANUAL
from superbill.charges.model import Claim, Part
from superbill.rules.base import Draft, Related, rule, say
from superbill.rules.fixes import add, remove_line
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._lines import is_other_ct, meet

_ENCOUNTER = ("59", "XE")


@rule(
    id="L1020",
    lines=2,
    absence=True,
    name="limited-ct-with-other-ct",
    severity="warning",
    scope="claim",
    codes=("76380",),
    editions=(MANUAL,),
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """76380 and another CT service on one day."""
    for number, line in enumerate(claim.lines):
        if line.code != "76380" or line.has(*_ENCOUNTER):
            continue
        for at, other in enumerate(claim.lines):
            if not is_other_ct(other, know) or other.has(*_ENCOUNTER) or not meet(line, other):
                continue
            half = "XS and XU do not say so. " if line.has("XS", "XU") else ""
            yield say(
                Part("code"),
                f"76380 with {other.code} on one day: at one encounter the other CT takes the limited one in, whatever "
                f"the region. {half}If they were separate encounters, put XE on 76380 and say so in the note; else "
                "remove 76380.",
                line=number,
                related=[Related(at, Part("code"), f"{other.code}, the other CT of this day")],
                fixes=[
                    add("XE", because="separate encounter, if the note says so"),
                    add("59", because="separate encounter, for payers without X modifiers"),
                    remove_line("Remove the 76380 line"),
                ],
            )
            break

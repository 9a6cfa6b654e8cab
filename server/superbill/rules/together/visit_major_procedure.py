"""A visit on the day of a major procedure, without 57.

## What it does
Speaks when a face-to-face visit stands on one claim with a procedure whose global days are 090, same provider and day,
and the visit carries none of 24, 25, 57, FT. Only the same day is looked at; the package also begins the day before.

## Why it matters
A visit on the day of a major procedure is inside its package, unless the decision to operate was made at that visit.
57 is how the claim says so.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,99223,,1,21
              ^^^^^ L1031
P1,2025-10-15,27447,RT,1,21
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,99223,57,1,21
P1,2025-10-15,27447,RT,1,21
```

## Source
CMS PFS relative value file, global days; NCCI Policy Manual 2026 chapter I, page 13.

## Payers
Medicare and most others.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import Claim, Part
from superbill.rules.base import Draft, Related, rule, say
from superbill.rules.fixes import add
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._visits import visits_with


@rule(
    id="L1031",
    lines=2,
    absence=True,
    name="visit-with-major-procedure",
    severity="warning",
    scope="claim",
    codes=("visits",),
    editions=(FEES,),
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """A visit and a procedure of global 090."""
    if len(claim.lines) < 2:
        return
    for number, visit, procedures in visits_with(claim, know, "090"):
        code = procedures[0][1].code
        yield say(
            Part("code"),
            f"{visit.code} with {code} on one day: a visit on the day of a major procedure (global 090) is paid with "
            "it. Add 57 only if the note documents that the decision to operate was made at this visit; else leave the "
            "visit off.",
            line=number,
            related=[Related(at, Part("code"), "the procedure") for at, _ in procedures],
            fixes=[add("57", because="the decision to operate was made at this visit, and the note says so")],
        )

"""A visit on the day of a minor procedure, without 25.

## What it does
Speaks when a face-to-face visit stands on one claim with a procedure whose global days are 000 or 010, same provider
and day, and the visit carries none of 24, 25, 57, FT. Procedures without a package (XXX) do not count, nor does a
procedure that belongs to an assistant or to another's package (80, 81, 82, AS, 55, 56).

## Why it matters
The look before a minor procedure is paid with the procedure. The visit is paid as well only when its work stood on its
own, and 25 is how the claim says so. That the pair table has no row for some visits, such as 99203 beside 20610, does
not change it.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,99213,,1,11
              ^^^^^ L1030
P1,2025-10-15,17000,,1,11
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,99213,25,1,11
P1,2025-10-15,17000,,1,11
```

## Source
CMS PFS relative value file, global days; NCCI Policy Manual 2026 chapter I, pages 13 and 16.

## Payers
Medicare and most others. Several plans ask for the note, or cut the fee, when they see 25.
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
    id="L1030",
    lines=2,
    absence=True,
    name="visit-with-minor-procedure",
    severity="warning",
    scope="claim",
    codes=("visits",),
    editions=(FEES,),
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """A visit and a procedure of global 000 or 010."""
    if len(claim.lines) < 2:
        return
    major = {number for number, _, _ in visits_with(claim, know, "090")}
    for number, visit, procedures in visits_with(claim, know, "000", "010"):
        if number in major:
            continue
        _, procedure = procedures[0]
        row = know.row(procedure)
        days = row.global_days if row else ""
        yield say(
            Part("code"),
            f"{visit.code} with {procedure.code} on one day: the visit around a minor procedure (global {days}) is paid "
            "with it. Add 25 only if the note documents a problem worked up apart from the procedure; else leave the "
            "visit off.",
            line=number,
            related=[Related(at, Part("code"), "the procedure") for at, _ in procedures],
            fixes=[add("25", because="separate work on the visit is documented")],
        )

"""More units in a day than nearly all correct claims have.

## What it does
Adds up the units of one code, provider and day over the lines of a claim, and speaks where they exceed Medicare's limit
and that limit is a clinical benchmark (indicator 3). Lines with 26 and with TC are not added up; surgeon and assistant,
or physician and nurse anesthetist, are counted apart. Lines over several days are divided first.

## Why it matters
All units of the day are denied at first. More can be paid on appeal when the records show that it was needed, so check
the count, then keep the records at hand.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,76376,26,3,22
                       ^ U903
P1,2025-10-15,74177,26,1,22
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,76376,26,1,22
P1,2025-10-15,74177,26,1,22
```

## Source
NCCI MUE practitioner 2024 Q3; NCCI Policy Manual 2026 chapter I, pages 29 and 32 (GA does not make the patient pay).

## Payers
Medicare's table; other payers borrow it or keep their own.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import UNITS
from superbill.charges.model import Claim, Part
from superbill.rules.base import Draft, Related, rule, say
from superbill.rules.fixes import units
from superbill.rules.knowledge import Knowledge
from superbill.rules.units._count import days_over, notice, plain


@rule(id="U903", name="units-over-usual-day-limit", severity="warning", scope="claim", limits="3", editions=(UNITS,))
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """Units of a day above a limit of indicator 3."""
    for day in days_over(claim, know, "3"):
        over = day.over
        yield say(
            Part("units"),
            f"{day.code}: {plain(day.total)} units on one day, and Medicare's limit is {day.limit.value} a day. "
            "More is paid only when the records show the need. Check the units, and keep the records ready."
            + notice((line for _, line, _ in day.lines), know),
            line=over,
            related=[Related(at, Part("units"), "counted too") for at, _, _ in day.lines if at != over],
            fixes=[units(day.limit.value)] if len(day.lines) == 1 and day.limit.value == 1 else [],
        )

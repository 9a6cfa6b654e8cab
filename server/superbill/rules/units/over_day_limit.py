"""More units in a day than the limit by policy.

## What it does
Adds up the units of one code, provider and day over the lines of a claim, and speaks where they exceed Medicare's limit
and that limit is set by policy (indicator 2). Lines with 26 and with TC are not added up; surgeon and assistant, or
physician and nurse anesthetist, are counted apart. Lines over several days are divided first.

## Why it matters
All units of the day are denied, not only those above the limit, and no modifier or appeal lifts a limit of this kind.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,27447,RT,2,22
                       ^ U902
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,27447,RT,1,22
```

## Source
NCCI MUE practitioner 2024 Q3; NCCI Policy Manual 2026 chapter I, pages 28, 29 and 32 (GA does not make the patient pay).

## Payers
An error for Medicare where the table covers the day, else a warning. A warning for other payers, which borrow the table
or keep their own.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import UNITS
from superbill.charges.model import Claim, Part
from superbill.rules.base import Draft, Related, rule, say
from superbill.rules.fixes import units
from superbill.rules.knowledge import Knowledge
from superbill.rules.units._count import days_over, notice, plain


@rule(id="U902", name="units-over-day-limit", severity="error", scope="claim", limits="2", editions=(UNITS,))
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """Units of a day above a limit of indicator 2."""
    for day in days_over(claim, know, "2"):
        over = day.over
        yield say(
            Part("units"),
            f"{day.code}: {plain(day.total)} units on one day, and Medicare's limit is {day.limit.value} a day by "
            "policy; no modifier lifts it, and all units of the day deny. Correct the units."
            + notice((line for _, line, _ in day.lines), know),
            line=over,
            related=[Related(at, Part("units"), "counted too") for at, _, _ in day.lines if at != over],
            fixes=[units(day.limit.value)] if len(day.lines) == 1 and day.limit.value == 1 else [],
            severity=None if know.profile.medicare else "warning",
        )

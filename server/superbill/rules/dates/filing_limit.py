"""A service that Medicare takes no more claims for.

## What it does
With a Medicare profile, notes a line whose first day lies more than a calendar year before today.

## Why it matters
Medicare denies what reaches it later than one year after the service, and there is no appeal against that.

## Example
```csv
dos,cpt,mod,units,pos
2024-12-01,J1885,,1,11
^^^^^^^^^^ D1105
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,J1885,,1,11
```

## Source
42 CFR 424.44, with its exceptions: an error of the agency, retroactive entitlement, and recoupment by a Medicaid agency or
an advantage plan. The first day of the line counts on professional claims.

## Payers
Off unless switched on, since files of old claims are read for other reasons than to send them. Medicare profiles only;
other payers set limits of their own, from 90 days on.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="D1105", name="filing-limit", severity="information", status="off")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A first day more than a calendar year ago."""
    if not know.profile.medicare or line.since is None or line.setting == "facility":
        return
    last = _year_after(line.since)
    if know.today <= last:
        return
    name = f"{line.code} of" if line.code else "A service of"
    yield say(
        Part("date"),
        f"{name} {line.since}: {know.profile.name} had to receive the claim by {last}, a year after the service. Check the "
        "date, or whether an exception applies.",
    )


def _year_after(day: date) -> date:
    """The same day of the next year; the last of February after a leap day."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)

"""A range of days whose units are not one for each day, on a code that is reported once a day.

## What it does
Speaks when a follow-up visit in hospital or nursing facility, or a day of neonatal or pediatric care, is
billed for several days on one line with another number of units than days.

## Why it matters
Such codes are counted by the day. Medicare contractors divide the units of a range by its days; with fewer
units the days without a visit are not told from the others, with more the line exceeds one a day.

## Example
```csv
dos_from,dos_to,cpt,mod,units,pos
2025-10-13,2025-10-15,99232,,1,21
                             ^ D1104
```

## Instead
```csv
dos_from,dos_to,cpt,mod,units,pos
2025-10-13,2025-10-13,99232,,1,21
2025-10-14,2025-10-14,99232,,1,21
2025-10-15,2025-10-15,99232,,1,21
```

## Source
NCCI Policy Manual 2026 chapter I, page 34, on ranges of dates; CMS-1500 item 24G.

## Payers
Not every payer or contractor takes ranges at all; one line for each day is always safe.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import units
from superbill.rules.knowledge import Knowledge


@rule(id="D1104", name="units-unlike-days", severity="warning", codes=("daily-care",))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Units that are not the days of the range."""
    if line.since is None or line.until is None or line.units is None or line.units <= 0:
        return
    days = (line.until - line.since).days + 1
    if days < 2 or line.units == days:
        return
    yield say(
        Part("units"),
        f"{line.code} counts days: {line.since} to {line.until} is {days} days, and the line has "
        f"{line.units:f} unit{'s' * (line.units != 1)}. Bill each day that had the service on its own "
        "line, or let units and days agree.",
        fixes=[units(days)],
    )

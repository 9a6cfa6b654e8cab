"""A staff service billed by the physician for a hospital patient.

## What it does
Speaks when a professional line has a hospital place of service (19, 21, 22 or 23) and the fee schedule gives
the code the PC/TC indicator 5: injections, infusions, breathing treatments and other services that staff
give.

## Why it matters
In a hospital the staff are the hospital's, and the hospital bills. The physician's line is not paid.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,96372,,1,22
           ^^^^^ K511
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,96372,,1,11
```

## Source
CMS PFS relative value file, PC/TC indicator 5.

## Payers
Medicare's rule; the message names the profile. Some payers have exceptions.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fit._claim import by_facility
from superbill.rules.knowledge import Knowledge

_HOSPITAL = frozenset({"19", "21", "22", "23"})


@rule(id="K511", name="staff-service-in-hospital", severity="warning", editions=(FEES,), cited=False)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """PC/TC indicator 5 with a hospital place, on a professional line."""
    if line.place not in _HOSPITAL or not know.facility(line.place) or by_facility(line):
        return
    row = know.plain_row(line.code, line.since)
    if row is None or row.pctc != "5":
        return
    yield say(
        Part("code"),
        f"{line.code}: in POS {line.place} the hospital's staff give this service, and {know.profile.speaker('facility')} "
        "pays the physician nothing for it (PC/TC indicator 5). Leave it to the hospital, or check the "
        "place of service.",
    )

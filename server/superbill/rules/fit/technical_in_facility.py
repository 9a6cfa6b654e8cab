"""The technical part of a test, billed by the physician in a facility place.

## What it does
Speaks when a professional line bills TC, or a code that is the technical part alone, with a place of service
that the payer takes for a facility. Silent in place 24, where the surgery center itself bills the technical
part on the professional form, and on lines with SG.

## Why it matters
The facility owns the equipment and is paid for it. The physician's line is denied, or paid twice and taken
back.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,74177,TC,1,22
                 ^^ K510
2025-10-15,93005,,1,23
           ^^^^^ K510
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,74177,26,1,22
2025-10-15,93010,,1,23
2025-10-15,74177,TC,1,11
```

## Source
CMS PFS relative value file, facility NA indicator of the technical row. The places are the profile's.

## Payers
Payers draw the list of places differently; the message names the profile whose list was used.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fit._claim import by_facility
from superbill.rules.knowledge import Knowledge

#: Surgery centers bill their own part on the professional form.
_SURGERY_CENTER = "24"


@rule(id="K510", name="technical-part-in-facility", severity="warning", editions=(FEES,), cited=False)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """TC, or PC/TC indicator 3, with a facility NA indicator, in a facility place, on a professional line."""
    if not line.place or line.place == _SURGERY_CENTER or not know.facility(line.place):
        return
    if by_facility(line) or line.has("26"):
        return
    row = know.component_row(line.code, "TC", line.since) if line.has("TC") else know.plain_row(line.code, line.since)
    if row is None or row.pctc != ("1" if line.has("TC") else "3") or not row.facility_na:
        return
    name = f"{line.code}-TC" if line.has("TC") else line.code
    yield say(
        line.slot("TC") if line.has("TC") else Part("code"),
        f"{name}: in POS {line.place} the facility bills the technical part under {know.profile.speaker('facility')}. "
        "Leave it to that claim, or check the place of service.",
    )

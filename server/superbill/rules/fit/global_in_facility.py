"""A test billed as a whole in a place where the facility bills the technical part.

## What it does
Speaks when a professional line has a place of service that the payer takes for a facility, the code has a
reading and a technical part (PC/TC indicator 1, or 4 where the parts have their own codes), neither part is
chosen, and the fee schedule marks the whole as not done in a facility.

## Why it matters
The hospital or surgery center owns the equipment and bills for it. The physician's line is paid for the
reading only; billed as a whole it is denied or paid and taken back.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,74177,,1,22
           ^^^^^ K509
2025-10-15,93000,,1,23
           ^^^^^ K509
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,74177,26,1,22
2025-10-15,93010,,1,23
2025-10-15,74177,,1,11
```

## Source
CMS PFS relative value file, facility NA indicator of the row without a modifier. The places are the
profile's.

## Payers
Payers draw the list of places differently; the message names the profile whose list was used.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fit._claim import by_facility
from superbill.rules.fit._component import either, recode, siblings
from superbill.rules.fixes import add
from superbill.rules.knowledge import Knowledge


@rule(id="K509", absence=True, name="whole-test-in-facility", severity="warning", editions=(FEES,), cited=False)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A whole test with a facility NA indicator, in a facility place, on a professional line."""
    if not line.place or line.component or not know.facility(line.place):
        return
    row = know.plain_row(line.code, line.since)
    if row is None or row.pctc not in ("1", "4") or not row.facility_na:
        return
    if by_facility(line):
        return
    why = f"{line.code}: in POS {line.place} the facility bills the technical part under {know.profile.speaker('facility')}"
    if row.pctc == "1":
        advice, fixes = "Add 26 for the reading.", [add("26", first=True, because="reading only")]
    else:
        reading = siblings(line.code, know)["26"]
        advice = f"Bill {either(reading) or 'the code of the reading'}."
        fixes = [recode(line, code) for code in reading]
    yield say(Part("code"), f"{why}, so the physician bills the reading only. {advice}", fixes=fixes)

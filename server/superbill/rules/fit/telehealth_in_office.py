"""A telehealth modifier on a visit that Medicare is told took place in the office.

## What it does
With a Medicare profile and from 2024-01-01, speaks when a line carries 93 or 95 and its place of service is 11, 12 or
49: an office, the patient's home, a clinic.

## Why it matters
Since 2024 the place says that a visit was by telehealth: 10 when the patient was at home, 02 anywhere else. With
another place Medicare pays the wrong amount or asks for it back.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,99213,95,1,11
                      ^^ K650
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,99213,,1,10
```

## Source
National Government Services, a Medicare contractor, on the 2024 fee schedule rule: 95 with the place of a visit in person
ended with 2023. It stays for outpatient therapy and for clinicians in a hospital whose patient is at home, so hospital
places are left alone.

## Payers
Medicare profiles only. Other payers differ widely, and some ask for place 11 with 95.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge

_SINCE = date(2024, 1, 1)
#: Places from which outpatient therapy and hospital clinicians do not bill.
_IN_PERSON = ("11", "12", "49")


@rule(id="K650", name="telehealth-in-office", severity="warning", modifiers=("93", "95"), cited=False)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """93 or 95 with a place that is not telehealth."""
    if not know.profile.medicare or line.place not in _IN_PERSON or line.since is None or line.since < _SINCE:
        return
    if line.has("GN", "GO", "GP") or line.setting == "facility":
        return
    modifier = next(one for one in line.mods if one in ("93", "95"))
    part = Part("place")
    yield say(
        part,
        f"{line.code}-{modifier}: {know.profile.name} wants telehealth in POS 10, patient at home, or 02, patient elsewhere, "
        f"and POS {line.place} says it was in person. Correct the place, or take {modifier} off.",
        fixes=[
            write(part, "10", "Write 10 (patient at home)", preferred=False),
            write(part, "02", "Write 02 (patient elsewhere)", preferred=False),
        ],
    )

"""A visit in the days of aftercare that the price of an operation includes.

## What it does
Looks at all days of a patient. Speaks about a visit by the provider of an operation with 10 or 90 global days, after its
day and within these days, when the visit carries neither 24 nor 57 nor FT. Silent unless both lines name their provider;
where the operation was billed as the surgical or the postoperative part only (54, 55, 56), stopped, assisted at, or a
return to the operating room (78); and on facility claims.

## Why it matters
Visits after an operation that belong to it are paid with it. A visit for something else is paid if 24 says so; 25 alone
does not.

## Example
```csv
patient,npi,dos,cpt,mod,units,pos
P1,1234567893,2025-09-01,10060,,1,11
P1,1234567893,2025-09-08,99213,,1,11
                         ^^^^^ L1032
```

## Instead
```csv
patient,npi,dos,cpt,mod,units,pos
P1,1234567893,2025-09-01,10060,,1,11
P1,1234567893,2025-09-08,99213,24,1,11
P1,1234567893,2025-09-20,99213,,1,11
```

## Source
CMS PFS relative value file, global days, and its record layout.

## Payers
A warning for all. Many payers follow Medicare's global days, some have their own. Physicians of one group and specialty
count as one, which a claim does not show.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import Part, Patient
from superbill.rules.base import Draft, Related, rule, say
from superbill.rules.fixes import add
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._periods import operations, within

_APART = ("24", "57", "FT")


@rule(
    id="L1032",
    lines=2,
    absence=True,
    name="visit-in-aftercare",
    severity="warning",
    scope="patient",
    codes=("visits-face-to-face",),
    packages=("010", "090"),
    editions=(FEES,),
)
def check(patient: Patient, know: Knowledge) -> Iterator[Draft]:
    """A visit within the global days of an earlier operation, without 24."""
    known = operations(patient, know)
    if not known:
        return
    for number, visit in enumerate(patient.lines):
        if visit.has(*_APART) or not know.in_set(visit.code, "visits-face-to-face"):
            continue
        for one in within(visit, known):
            half = " 25 does not say that." if visit.has("25") else ""
            yield say(
                Part("code"),
                f"{visit.code}: {one.line.code} of {one.done} includes the care of its {one.days} days after, until "
                f"{one.until}. Add 24 if the visit was for something else and the note says so;{half} else do not bill it.",
                line=number,
                related=[Related(one.number, Part("code"), f"{one.line.code}, {one.days} global days")],
                fixes=[add("24", because="the visit has nothing to do with the operation")],
            )
            break

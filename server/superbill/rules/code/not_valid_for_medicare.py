"""A code that Medicare does not take because it uses another one for the service.

## What it does
Speaks, under a Medicare profile, when the fee schedule gives the code status I. For the consultation codes
99242-99245 and 99252-99255 it says what Medicare takes in their place.

## Why it matters
Status I is not a coverage question: Medicare has decided on another code for the same service and rejects
this one, at once and without a grace period. Billed with Medicare's own code, it can be paid.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,99243,,1,11
           ^^^^^ C307
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,99203,,1,11
```
```csv payer=generic-commercial
dos,cpt,mod,units,pos
2025-10-15,99243,,1,11
```

## Source
CMS PFS relative value file, status I; NCCI Policy Manual 2026 chapter XI, page 29, on consultations.

## Payers
Medicare only. Many commercial plans still pay consultation codes.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge

_OFFICE = frozenset({"99242", "99243", "99244", "99245"})
_INPATIENT = frozenset({"99252", "99253", "99254", "99255"})


@rule(id="C307", name="not-valid-for-medicare", severity="warning", editions=(FEES,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Status I under Medicare."""
    if not know.profile.medicare:
        return
    row = know.row(line)
    if row is None or row.status != "I":
        return
    if line.code in _OFFICE:
        what = "Medicare has no consultation codes. Bill the visit code for the place of the visit."
    elif line.code in _INPATIENT:
        what = "Medicare has no consultation codes. Bill the hospital or nursing facility visit code instead."
    else:
        what = "Medicare uses another code for this (status I), so this one is rejected. Look for that code."
    yield say(Part("code"), f"{line.code}: {what}")

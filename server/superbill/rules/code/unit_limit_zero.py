"""A code with a unit limit of 0.

## What it does
Speaks when Medicare's table for professional claims gives a code the unit limit 0, and the fee schedule does not already
say that the code is not paid. Silent on facility claims and on what suppliers bring into homes, which have tables of their own.

## Why it matters
0 does not mean that there is no limit, nor that records would help: on this kind of claim the code is not payable, for
instance because the service belongs to an equipment supplier, to the facility, or to nobody.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,E0114,,1,11
           ^^^^^ C316
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,99213,,1,11
```

## Source
NCCI MUE practitioner 2024 Q3; NCCI Policy Manual 2026 chapter I, pages 31 and 33.

## Payers
Medicare only. Other payers may pay such a code.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import UNITS
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge

#: Fee schedule statuses that leave open whether Medicare pays: paid, restricted, by the contractor, alone.
_OPEN = ("A", "R", "C", "T")

#: Places that count as a home, where suppliers deliver equipment, supplies and drugs (CMS place of service set).
_HOMES = frozenset({"04", "12", "13", "14", "31", "32", "33", "54", "55", "56", "65"})
#: First letters of supplies, equipment, braces and lenses.
_SUPPLIERS = frozenset("ABEKLV")


@rule(id="C316", name="unit-limit-zero", severity="warning", editions=(UNITS,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Unit limit 0 on a professional claim."""
    if not line.code or not know.profile.medicare or line.setting == "facility":
        return
    if line.place in _HOMES or (not line.place and line.code[0] in _SUPPLIERS):
        return  # what suppliers bring into homes has a table of its own
    limit = know.unit_limit(line.code, line.since)
    if limit is None or limit.value != 0:
        return
    row = know.plain_row(line.code, line.since)
    if row is None or row.status in _OPEN:
        yield say(
            Part("code"),
            f"{line.code}: Medicare's unit limit is 0, so it is not payable on a professional claim. Check whether "
            "another code or another biller is meant.",
        )

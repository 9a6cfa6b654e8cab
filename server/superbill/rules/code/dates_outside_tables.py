"""Dates of service that no loaded table covers.

## What it does
Counts the lines whose date of service lies outside the table that could say whether their code existed that
day, and says so once for the whole file.

## Why it matters
Codes come and go every quarter. For those lines the rules about modifiers still speak, by the nearest
table, but whether the code was valid is not checked. It is not an error.

## Example
```csv
dos,cpt,mod,units,pos
^^^^^^^^^^^^^^^^^^^^^ C317
2023-10-16,76380,26,1,22
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,26,1,22
```

## Source
The dates that CMS's fee schedule and HCPCS files of October 2025 speak for.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from superbill.catalog.store import FEES, HCPCS
from superbill.charges.model import Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge

_REMEDY = "CMS's tables of those days, read by `superbill catalog import FILE`, would tell."


@rule(id="C317", name="dates-outside-tables", severity="information", scope="document")
def check(facts: Mapping[str, int], know: Knowledge) -> Iterator[Draft]:
    """Some lines are dated outside the tables."""
    count = facts.get("outside", 0)
    if count <= 0:
        return
    tables = "; ".join(
        f"{edition.name}: {edition.since} to {edition.until}"
        for kind in (FEES, HCPCS)
        for edition in know.editions_of(kind)
    )
    if count == 1:
        what = (
            f"1 service line has a date outside the loaded tables ({tables}): whether its code existed "
            f"then is not checked. {_REMEDY}"
        )
    else:
        what = (
            f"{count:,} service lines have dates outside the loaded tables ({tables}): whether their codes "
            f"existed then is not checked. {_REMEDY}"
        )
    yield say(Part("line"), what)

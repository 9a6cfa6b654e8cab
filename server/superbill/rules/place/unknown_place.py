"""A place of service that is not in the code set.

## What it does
Speaks when the place of service has two digits and CMS's set of 52 codes does not list them. For a date
after the list was read it is a warning, since codes are added now and then.

## Why it matters
A place that does not exist is rejected, or paid at the wrong rate when a payer falls back on another.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,26,1,28
                      ^^ P1201
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,26,1,22
```

## Source
CMS place of service code set, 52 codes, read in 2025.

## Payers
The same for all payers; a payer may not take every code of the set.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge

_READ = date(2025, 12, 31)


@rule(id="P1201", name="unknown-place", severity="error", editions=("cms-pos",))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Two digits that name no place."""
    if not line.place or know.place(line.place) is not None or know.catalog.listed_place(line.place) is not None:
        return
    late = line.since is not None and line.since > _READ
    yield say(
        Part("place"),
        f"{line.place} is not in the place of service set, so the claim cannot say where it was done. "
        "Write one of the listed codes, such as 11 for an office or 22 for hospital outpatient.",
        severity="warning" if late else None,
    )

"""A visit with more than one unit.

## What it does
Speaks when a line with a face-to-face visit, or with 01996, has more than one unit for a day and the unit limit of the
code does not speak already. A line over several days may have one unit for each.

## Why it matters
A visit code stands for the whole visit, many for the whole day. Two units are read as a typing error or as two visits,
and two visits need two lines and a reason.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,99213,,2,11
                     ^ U907
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,99213,,1,11
```

## Source
NCCI Policy Manual 2026 chapter I, page 30; chapter XI, page 29.

## Payers
The same for nearly all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import units
from superbill.rules.knowledge import Knowledge
from superbill.rules.units._count import per_day, plain


@rule(id="U907", name="visit-units-over-one", severity="warning", codes=("visits-face-to-face", "01996"))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """More than one unit of a visit a day."""
    count = per_day(line)
    if count is None or count <= 1:
        return
    limit = know.unit_limit(line.code, line.since)
    if limit is not None and 0 < limit.value < count:
        return
    yield say(
        Part("units"),
        f"{line.code}: {plain(count)} units, but the code stands for one visit. Set the units to 1; a second visit of "
        "the day is a line of its own.",
        fixes=[units(1)] if count == line.units else [],
    )

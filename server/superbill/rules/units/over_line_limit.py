"""More units on one line than the limit per line.

## What it does
Speaks when a line has more units than Medicare's unit limit for the code and that limit is counted by the line
(indicator 1). A line over several days is divided by its days first.

## Why it matters
The whole line is denied, not only the units above the limit. Units that were really given can go on a second line with
a modifier that says why, and are tested there on their own.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,A0425,RH,300,41
                       ^^^ U901
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,A0425,RH,12,41
```

## Source
NCCI MUE practitioner 2024 Q3; NCCI Policy Manual 2026 chapter I, pages 28 and 32 (GA does not make the patient pay).

## Payers
Medicare's table; other payers borrow it or keep their own.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import UNITS
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.units._count import notice, per_day, plain


@rule(id="U901", name="units-over-line-limit", severity="warning", editions=(UNITS,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Units above a limit of indicator 1."""
    if not line.code:
        return
    limit = know.limit(line)
    if limit is None or limit.indicator != "1" or not limit.value:
        return
    count = per_day(line)
    if count is not None and count > limit.value:
        yield say(
            Part("units"),
            f"{line.code}: {plain(count)} units on one line, and Medicare's limit is {limit.value} a line; the whole "
            "line denies. Check the count; what was really given beyond it goes on a line of its own with 59, an X "
            "modifier, 76, 77, 91 or a side." + notice((line,), know),
        )

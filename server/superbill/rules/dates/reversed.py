"""A line that ends before it begins.

## What it does
Speaks when the last date of service of a line lies before its first.

## Why it matters
The claim is rejected, and which of the two days is right cannot be told from the line.

## Example
```csv
dos_from,dos_to,cpt,mod,units,pos
2025-10-15,2025-10-14,76380,26,1,22
           ^^^^^^^^^^ D1102
```

## Instead
```csv
dos_from,dos_to,cpt,mod,units,pos
2025-10-15,2025-10-15,76380,26,1,22
```

## Source
ASC X12 837P: DTP with qualifier RD8 runs from the first day to the last.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.dialect import SetValue
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, Fix, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="D1102", name="dates-reversed", severity="error")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """The last day before the first."""
    if line.since is None or line.until is None or line.since <= line.until:
        return
    first, last = line.written.date or "", line.written.date_to or ""
    swap = (SetValue(Part("date"), last.strip()), SetValue(Part("date_to"), first.strip()))
    yield say(
        Part("date_to"),
        f"The line ends on {line.until} and begins on {line.since}, so it has no days. Correct one of the two dates.",
        fixes=[Fix("Exchange the two dates", swap)],
    )

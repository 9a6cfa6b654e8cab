"""More anesthesia minutes than a day has.

## What it does
Speaks when an anesthesia line of one day has more than 1,440 units. Whether a file counts minutes or units of 15 minutes
is not said in most charge files, so smaller figures are left alone.

## Why it matters
Anesthesia time is billed in minutes by most payers. A figure above 1,440 is a typing error, or a start time that was
read as a duration, and the claim is priced by it.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,00790,AA,1530,22
                    ^^^^ U911
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,00790,AA,153,22
```

## Source
Common practice of anesthesia billing: time in minutes, or in units of 15 minutes.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.units._count import per_day, plain

_MINUTES_OF_A_DAY = 1440


@rule(id="U911", name="anesthesia-time-over-a-day", severity="warning", codes=("anesthesia",))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Anesthesia units that cannot be minutes of one day, nor units of 15 minutes."""
    count = per_day(line)
    if count is not None and count > _MINUTES_OF_A_DAY:
        yield say(
            Part("units"),
            f"{line.code}: {plain(count)} units are more minutes than a day has. Enter the minutes from start to end of "
            "the anesthesia.",
        )

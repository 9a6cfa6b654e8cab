"""A place of service that was not yet in use on the date of service.

## What it does
Speaks when the date of service lies before the day on which the place of service came into use: 02 in 2017,
58 in 2020, 10 in 2022, 27 in 2023, 66 in 2024. With a Medicare profile the later day counts from which
Medicare took 10, 27 and 66.

## Why it matters
A claim is judged by the codes of its date of service. Late or corrected claims often carry today's code.

## Example
```csv
dos,cpt,mod,units,pos
2025-01-02,99213,,1,66
                    ^^ P1202
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-01-06,99213,,1,66
```

## Source
CMS place of service code set and the change requests for 02, 10, 27, 58 and 66.

## Payers
Medicare took 10, 27 and 66 some months after they came into use; other profiles follow the code set.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge

#: From when Medicare has taken a place, where that was later than its start.
_MEDICARE = {"10": date(2022, 4, 1), "27": date(2024, 1, 2), "66": date(2025, 1, 6)}


@rule(id="P1202", name="place-before-its-start", severity="warning")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A date of service before the place came into use."""
    place = know.place(line.place) if line.place else None
    if place is None or place.since is None or line.since is None:
        return
    since = place.since
    taken = _MEDICARE.get(place.code, since) if know.profile.medicare else since
    if line.since >= taken:
        return
    if line.since < since:
        why = f"POS {place.code} ({place.name}) came into use on {since}, after this date of service"
    else:
        why = f"POS {place.code} ({place.name}): under {know.profile.name} it is taken from {taken} on"
    older = [write(Part("place"), "02", "Write 02, the telehealth place before 2022", preferred=False)]
    fits = place.code == "10" and know.place("02") is not None and line.since >= date(2017, 1, 1)
    yield say(
        Part("place"),
        f"{why}. Write the place that was right on {line.since}.",
        fixes=older if fits else [],
    )

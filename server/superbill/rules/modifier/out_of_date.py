"""A HCPCS modifier that was not in force on the date of service.

## What it does
Speaks when the date of service lies after the last day of a HCPCS modifier, or before the day on which it was
added. CPT's modifiers and P1-P6 have no such dates and are left alone; so is a pair of letters that is the
trip on a transport line, whatever else the letters mean.

## Why it matters
An ended modifier is off the code set, and a line that carries it is rejected. The appropriate-use modifiers
MA-MH and QQ, for instance, ended with 2024 and must come off every imaging line since.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,70450,MA,1,11
                 ^^ M402
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,70450,,1,11
```

## Source
CMS HCPCS Level II file, October 2025, dates added and terminated.

## Payers
The code set is the same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.model import Modifier
from superbill.catalog.store import HCPCS
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, Fix, rule, say
from superbill.rules.fixes import remove_slots, write
from superbill.rules.knowledge import Knowledge


@rule(id="M402", name="modifier-out-of-date", severity="error", editions=(HCPCS,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Date of service outside the modifier's own dates."""
    on = line.since
    if on is None:
        return
    for slot, modifier in enumerate(line.modifiers):
        entry = know.modifier(modifier) if modifier else None
        if entry is None or not _dated(entry) or know.is_trip(line, modifier):
            continue
        part = Part("modifier", slot)
        if entry.until is not None and on > entry.until:
            instead = f", or use {entry.successor}" if entry.successor else ""
            yield say(
                part,
                f"{line.code}-{modifier}: the modifier ended on {entry.until}, so a line of {on} cannot "
                f"carry it. Remove it{instead}.",
                fixes=_mends(slot, entry),
            )
        elif entry.since is not None and on < entry.since:
            yield say(
                part,
                f"{line.code}-{modifier}: the modifier starts on {entry.since}, so a line of {on} cannot "
                "carry it. Check the date, or remove it.",
                fixes=[remove_slots([slot], f"Remove modifier {modifier}", preferred=False)],
            )


def _dated(entry: Modifier) -> bool:
    return any(id.startswith("hcpcs-") for id in entry.sources) and entry.order != "status"


def _mends(slot: int, entry: Modifier) -> list[Fix]:
    if not entry.successor:
        return [remove_slots([slot], f"Remove modifier {entry.code}")]
    part = Part("modifier", slot)
    return [
        write(part, entry.successor, f"Replace {entry.code} with {entry.successor}", preferred=False),
        remove_slots([slot], f"Remove modifier {entry.code}", preferred=False),
    ]

"""More than four modifiers on a line.

## What it does
Speaks when a line carries more than four different modifiers.

## Why it matters
A professional claim line has four modifier slots, on paper and in the electronic form. A fifth is dropped
on the way, and which one is left to chance.

## Example
```csv
dos,cpt,mods,units,pos
2025-10-15,71250,26 CT 76 GC Q6,1,22
                             ^^ F124
```

## Instead
```csv
dos,cpt,mods,units,pos
2025-10-15,71250,26 76 GC Q6,1,22
```

## Source
ASC X12 837P: SV101-3 to SV101-6; CMS-1500 item 24D.

## Payers
A warning, since files before the claim may hold more than the claim will. Some payers want 99 in the last
slot and the complete list in the line note.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.format._text import bills
from superbill.rules.knowledge import Knowledge

_ROOM = 4


@rule(id="F124", name="too-many-modifiers", severity="warning")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A fifth modifier."""
    if len(line.modifiers) <= _ROOM or not bills(line):
        return
    different = tuple(dict.fromkeys(line.mods))
    if len(different) <= _ROOM:
        return
    fifth = line.modifiers.index(different[_ROOM])
    last = max(slot for slot, modifier in enumerate(line.modifiers) if modifier)
    yield say(
        Part("modifier", fifth),
        f"{line.code} carries {len(different)} modifiers and a claim line has room for four. Keep the four "
        "that decide payment; for the rest ask the payer whether 99 and a line note are wanted.",
        end=Part("modifier", last) if last > fifth else None,
    )

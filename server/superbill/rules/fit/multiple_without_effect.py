"""Modifier 51 where it changes nothing.

## What it does
Hints that a line carries modifier 51 on a code that is not cut as a second procedure of the session: its
multiple-procedure indicator is 0, or 4 to 7, where another reduction applies by itself, or 9. Silent on
visits and add-on codes, which have rules of their own.

## Why it matters
The modifier has no effect on the price. It takes a slot that another modifier may need.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,51,1,11
                 ^^ K560
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,,1,11
2025-10-15,45385,51,1,22
```

## Source
CMS PFS relative value file, multiple procedure indicator.

## Payers
Some payers want 51 on every second procedure, whatever the indicator.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge


@rule(id="K560", name="multiple-without-effect", severity="hint", modifiers=("51",), editions=(FEES,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """51 with a multiple-procedure indicator other than 2 and 3."""
    row = know.row(line)
    if row is None or row.multiple not in ("0", "4", "5", "6", "7", "9") or know.is_visit(line.code):
        return
    if row.global_days == "ZZZ" or know.in_set(line.code, "addons"):
        return
    yield say(
        line.slot("51"),
        f"{line.code}-51: the code is not cut as a second procedure (multiple procedure indicator "
        f"{row.multiple}), so 51 changes nothing. Remove 51.",
        fixes=[remove(line, "51")],
        unneeded=True,
    )

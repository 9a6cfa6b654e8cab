"""A CPT code for which no fee schedule row is loaded.

## What it does
Speaks when a code has a CPT shape and the loaded fee schedule has no row for it, on a date that the fee
schedule covers. It says only that nothing can be checked, not that the code is wrong.

## Why it matters
Without a row there is nothing to tell whether 26, 50 or 62 fit, so the line passes unchecked. Useful when a
complete fee schedule has been imported and a stray code should stand out.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,61575,,1,21
           ^^^^^ C305
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,,1,11
```

## Source
CMS PFS relative value file. It is Medicare's list of what it has an opinion on, not the whole of CPT.

## Payers
Off unless switched on: the bundled table holds only the codes that have an entry in the catalog. Any payer.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.shapes import is_level_two
from superbill.catalog.store import FEES
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="C305", name="not-in-fee-schedule", severity="information", editions=(FEES,), status="off")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """CPT shape, no row, date covered."""
    if not line.code or is_level_two(line.code) or know.row(line) is not None or not know.covers(FEES, line):
        return
    yield say(
        Part("code"),
        f"{line.code}: no fee schedule row is loaded for the code, so its modifiers and units are not "
        "checked. Nothing is known against them.",
    )

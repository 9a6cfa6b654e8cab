"""Two surgeons, paid only when the record shows the need.

## What it does
Notes that a line carries modifier 62 on a code with the co-surgeon indicator 1.

## Why it matters
Medicare pays both surgeons only if the records show why two were needed. Each surgeon's own operative note
belongs with the claim.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,22840,62,1,21
                 ^^ K541
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,22840,,1,21
```

## Source
CMS PFS relative value file, co-surgeon indicator 1.

## Payers
Other payers may keep lists of their own.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="K541", name="cosurgeons-need-record", severity="information", modifiers=("62",), editions=(FEES,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """62 with co-surgeon indicator 1."""
    row = know.row(line)
    if row is None or row.cosurgeon != "1":
        return
    yield say(
        line.slot("62"),
        f"{line.code}-62: two surgeons are paid only if the record shows why two were needed (co-surgeon "
        "indicator 1). Send both operative notes.",
    )

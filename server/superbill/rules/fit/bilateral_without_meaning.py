"""Modifier 50 on a code to which sides do not apply.

## What it does
Speaks when a line carries modifier 50 and the fee schedule gives the code the bilateral indicator 9. Blood
draws, laboratory tests, drugs and weekly radiation care are of this kind.

## Why it matters
The idea of two sides has no place here, and no payer pays more for it. The line is denied, or 50 is dropped.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,36415,50,1,11
                 ^^ K522
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,36415,,1,11
```

## Source
CMS PFS relative value file, bilateral surgery indicator 9.

## Payers
Most payers follow the Medicare indicator. With a profile marked `strict` the finding is an error.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge


@rule(id="K522", name="bilateral-without-meaning", severity="warning", modifiers=("50",), editions=(FEES,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """50 with bilateral indicator 9 in the row of the part billed."""
    row = know.row(line)
    if row is None or row.bilateral != "9":
        return
    yield say(
        line.slot("50"),
        f"{line.code}-50: sides do not apply to this code (bilateral indicator 9). Remove 50.",
        fixes=[remove(line, "50")],
        severity="error" if know.profile.strict else None,
        payer=know.profile.strict,
    )

"""Modifier 50 on a code that has no two sides.

## What it does
Speaks when a line carries modifier 50 and the fee schedule gives the code, for the component billed, the bilateral
indicator 0.

## Why it matters
Indicator 0 means that doing it on both sides does not raise the payment: the body part is not paired, or another code
covers both sides. Medicare pays one study, many payers deny the line, and the unit count is wrong on paper.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,50,1,11
                 ^^ K520
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,,1,11
2025-10-15,73564,50,1,11
```

## Source
CMS PFS relative value file, bilateral surgery indicator; NCCI Policy Manual 2026 chapter I, page 30.

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


@rule(id="K520", name="bilateral-not-possible", severity="warning", modifiers=("50",), editions=(FEES,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """50 with bilateral indicator 0 on the row of the component billed."""
    row = know.row(line)
    if row is None or row.bilateral != "0":
        return
    yield say(
        line.slot("50"),
        f"{line.code}-50: the code has no sides (bilateral indicator 0), so one study is paid. Remove 50.",
        fixes=[remove(line, "50")],
        severity="error" if know.profile.strict else None,
        payer=know.profile.strict,
    )

"""TC on a laboratory test whose only separate part is the reading.

## What it does
Speaks when a line carries TC and the fee schedule has a row of the code with 26 whose PC/TC indicator is 6.
These are the few laboratory tests that a physician interprets.

## Why it matters
The code without a modifier is the test as the laboratory bills it, and 26 is the reading. TC stands for
nothing here, and the payer rejects the line.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,86334,TC,1,81
                 ^^ K506
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,86334,,1,81
2025-10-15,86334,26,1,11
```

## Source
CMS PFS relative value file, PC/TC indicator 6, which rules TC out.

## Payers
The same everywhere, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge


@rule(id="K506", name="technical-part-of-lab-test", severity="error", modifiers=("TC",), editions=(FEES,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """TC where the row of the reading has PC/TC indicator 6."""
    row = know.component_row(line.code, "26", line.since)
    if row is None or row.pctc != "6" or line.has("26"):
        return
    yield say(
        line.slot("TC"),
        f"{line.code}-TC: only the reading of this laboratory test is billed apart (PC/TC indicator 6). "
        "Remove TC for the test itself, or bill 26 for the reading.",
        fixes=[remove(line, "TC")],
    )

"""Two surgeons on a code that is no surgery.

## What it does
Speaks when a line carries modifier 62 and the fee schedule gives the code the co-surgeon indicator 9.

## Why it matters
The code is a laboratory test, a drug or another service without a surgeon. The modifier is most likely on the
wrong line.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,36415,62,1,11
                 ^^ K542
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,36415,,1,11
```

## Source
CMS PFS relative value file, co-surgeon indicator 9.

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


@rule(id="K542", name="cosurgeons-without-meaning", severity="warning", modifiers=("62",), editions=(FEES,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """62 with co-surgeon indicator 9."""
    row = know.row(line)
    if row is None or row.cosurgeon != "9":
        return
    yield say(
        line.slot("62"),
        f"{line.code}-62: there is no surgeon to share this service with (co-surgeon indicator 9). Remove 62.",
        fixes=[remove(line, "62", preferred=False)],
    )

"""Two surgeons on a code that allows one.

## What it does
Speaks when a line carries modifier 62 and the fee schedule gives the code the co-surgeon indicator 0.

## Why it matters
Medicare lets nobody share this code. The line is denied, and often the other surgeon's
too.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,99213,62,1,11
                 ^^ K540
2025-10-15,45385,62,1,22
                 ^^ K540
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,99213,,1,11
2025-10-15,45385,,1,22
```

## Source
CMS PFS relative value file, co-surgeon indicator 0, which rules it out.

## Payers
An error under Medicare. Other payers may keep lists of their own, so it is a warning there.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge


@rule(id="K540", name="cosurgeons-not-permitted", severity="error", modifiers=("62",), editions=(FEES,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """62 with co-surgeon indicator 0."""
    row = know.row(line)
    if row is None or row.cosurgeon != "0":
        return
    yield say(
        line.slot("62"),
        f"{line.code}-62: this code cannot be shared by two surgeons (co-surgeon indicator 0). Remove 62.",
        fixes=[remove(line, "62", preferred=False)],
        severity=None if know.profile.medicare else "warning",
        payer=True,
    )

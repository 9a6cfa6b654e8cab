"""26 on a visit that also carries 25.

## What it does
Speaks when a visit carries 25 and 26 and no fee schedule row is loaded for it. Where one is, or the code is
no visit, the rules on 26 (K501) and on 25 (K590) say the same more exactly.

## Why it matters
25 marks a visit as separate from what else was done that day. A visit has no technical part to leave out, so
26 cannot stand on it. Often the 26 belongs to the test on the next line.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,98003,25,26,1,12
                    ^^ X722
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,98003,25,,1,12
```

## Source
CMS PFS relative value file: visits have PC/TC indicator 0 or 9, and 26 cannot be used with 0.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge
from superbill.rules.pair._beside import beside


@rule(id="X722", name="visit-with-component", severity="error", modifiers=("25", "26"))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """25 and 26 on a visit without a fee schedule row."""
    found = beside(line, know, "25", "26")
    if len(found) < 2 or not know.is_visit(line.code) or know.row(line) is not None:
        return
    yield say(
        line.slot(found[-1]),
        f"{line.code}-{found[-1]}: 25 marks a visit, and a visit has no technical part for 26 to leave out. Remove 26.",
        fixes=[remove(line, "26")],
    )

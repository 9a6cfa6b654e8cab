"""JW and JZ on one line.

## What it does
Speaks when a line carries both JW and JZ.

## Why it matters
JW bills what was thrown away of a single-dose container, JZ says that nothing was. The amount given goes on
one line, and the discarded amount with JW on a second line of the same code.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,J1100,JW,JZ,4,11
                    ^^ X718
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,J1100,JZ,,4,11
```

## Source
CMS policy on discarded drugs, as restated by contractors.

## Payers
Medicare. Other payers that use the two modifiers read them the same way.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.pair._beside import beside, keep_one


@rule(id="X718", name="waste-and-no-waste", severity="error", modifiers=("JW", "JZ"))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """JW beside JZ."""
    found = beside(line, know, "JW", "JZ")
    if len(found) < 2:
        return
    yield say(
        line.slot(found[-1]),
        f"{line.code}-{found[-1]}: JW bills discarded drug and JZ says that none was discarded. Keep JZ if "
        "the whole container was used, else bill the discarded units on a JW line.",
        fixes=keep_one(line, found),
    )

"""26 and TC on one line.

## What it does
Speaks when a line carries both 26 and TC.

## Why it matters
The reading and the technical part together are the whole service, and the whole is billed without either
modifier. A payer may read only the first of the two, or reject the line.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,76380,26,TC,1,11
                    ^^ X701
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,76380,,,1,11
2025-10-15,76380,26,,1,22
```

## Source
CMS PFS record layout and Attachment A: the plain code holds both components.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge
from superbill.rules.pair._beside import beside, keep_one


@rule(id="X701", name="both-components", severity="error", modifiers=("26", "TC"))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """26 beside TC."""
    both = beside(line, know, "26", "TC")
    if len(both) < 2:
        return
    yield say(
        line.slot(both[-1]),
        f"{line.code}-{both[-1]}: 26 and TC together are the whole service, which is billed with neither. "
        "Remove both, or keep the part that was done.",
        fixes=[remove(line, "26", "TC", preferred=False), *keep_one(line, both)],
    )

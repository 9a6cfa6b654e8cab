"""76 and 77 on one line.

## What it does
Speaks when a line carries both 76 and 77.

## Why it matters
76 says that the same physician did the service again, 77 that another one did. It cannot be both, and the
payer uses the modifier to find out whether the line is a duplicate.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,76380,76,77,1,11
                    ^^ X706
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,76380,76,,1,11
```

## Source
The meaning of the two CPT modifiers.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.pair._beside import beside, keep_one


@rule(id="X706", name="repeat-by-whom", severity="error", modifiers=("76", "77"))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """76 beside 77."""
    found = beside(line, know, "76", "77")
    if len(found) < 2:
        return
    yield say(
        line.slot(found[-1]),
        f"{line.code}-{found[-1]}: 76 is a repeat by the same physician and 77 one by another, so they "
        "exclude each other. Keep the one that is true.",
        fixes=keep_one(line, found),
    )

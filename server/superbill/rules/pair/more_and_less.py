"""22 and 52 on one line.

## What it does
Speaks when a line carries both 22 and 52.

## Why it matters
22 asks for more than the usual fee, 52 says that less than the usual work was done. Together they cancel out,
and a person at the payer has to read the note to make sense of it.

## Example
```csv
dos,cpt,mod1,mod2,mod3,units,pos
2025-10-15,29881,22,52,RT,1,22
                    ^^ X713
```

## Instead
```csv
dos,cpt,mod1,mod2,mod3,units,pos
2025-10-15,29881,22,RT,,1,22
```

## Source
The meaning of the CPT modifiers.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.pair._beside import beside, keep_one


@rule(id="X713", name="more-and-less", severity="warning", modifiers=("22", "52"))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """22 beside 52."""
    found = beside(line, know, "22", "52")
    if len(found) < 2:
        return
    yield say(
        line.slot(found[-1]),
        f"{line.code}-{found[-1]}: 22 is more work than usual and 52 less, so together they say nothing. "
        "Keep the one that the note supports.",
        fixes=keep_one(line, found),
    )

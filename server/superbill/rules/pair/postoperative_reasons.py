"""More than one of 58, 78 and 79.

## What it does
Speaks when a line carries two or more of 58, 78 and 79.

## Why it matters
The three give the reason for a procedure inside an earlier one's global period: planned or staged, return for
a complication, or unrelated. The reason decides how much is paid and whether a new period starts.

## Example
```csv
dos,cpt,mod1,mod2,mod3,units,pos
2025-10-15,27447,58,78,RT,1,21
                    ^^ X711
```

## Instead
```csv
dos,cpt,mod1,mod2,mod3,units,pos
2025-10-15,27447,78,RT,,1,21
```

## Source
The meaning of the CPT modifiers; CMS global surgery rules.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.pair._beside import beside, keep_one, named


@rule(id="X711", name="postoperative-reasons", severity="error", modifiers=("58", "78", "79"))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Two or more of 58, 78 and 79."""
    found = beside(line, know, "58", "78", "79")
    if len(found) < 2:
        return
    yield say(
        line.slot(found[-1]),
        f"{line.code}-{found[-1]}: {named(found)} are different reasons for one procedure in a "
        "global period. Keep the one that the note gives.",
        fixes=keep_one(line, found),
    )

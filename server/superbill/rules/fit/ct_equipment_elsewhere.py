"""Modifier CT on a code to which it does not apply.

## What it does
Speaks when modifier CT, for a CT scanner below the equipment standard, stands on a code outside the closed
list of CT studies that it applies to. Limited CT, 3-D rendering, CT guidance and bone density are not on that
list.

## Why it matters
CT cuts the payment. On a code outside the list the line is rejected, or cut for nothing.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,CT,1,11
                 ^^ K610
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,,1,11
2025-10-15,74176,CT,1,11
```

## Source
The code ranges of CMS instruction MM9250 as contractors restate them.

## Payers
Medicare's modifier; other payers seldom read it.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge

#: A low-dose chest CT code that the list held until it ended.
_ENDED = "G0297"


@rule(id="K610", name="ct-equipment-elsewhere", severity="warning", modifiers=("CT",))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """CT on a code outside the list `ct-equipment`."""
    if not line.code or line.code == _ENDED or know.in_set(line.code, "ct-equipment"):
        return
    yield say(
        line.slot("CT"),
        f"{line.code}-CT: the modifier for CT equipment applies to a closed list of CT studies, and this "
        "code is not on it. Remove CT.",
        fixes=[remove(line, "CT", preferred=False)],
    )

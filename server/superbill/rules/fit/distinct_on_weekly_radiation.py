"""59 on a physician's weekly radiation care.

## What it does
Speaks when 77427 carries modifier 59, or one of XE, XS, XP and XU, which are kinds of 59.

## Why it matters
77427 stands for the physician's care over five treatments. It cannot be made a separate service by a
modifier, and CMS rules 59 out on it by name.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,77427,59,1,22
                 ^^ K596
2025-10-15,77427,XE,1,22
                 ^^ K596
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,77427,,1,22
```

## Source
NCCI Policy Manual 2026 chapter I, page 17. It names 59; the others follow from it.

## Payers
An error for 59, a warning for the others. Payers that borrow the edits follow it.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge

_DISTINCT = ("59", "XE", "XS", "XP", "XU")


@rule(
    id="K596",
    name="distinct-on-weekly-radiation",
    severity="error",
    modifiers=_DISTINCT,
    codes=("77427",),
)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """59, or a kind of it, on 77427."""
    for modifier in line.mods:
        if modifier in _DISTINCT:
            named = modifier == "59"
            why = "rules 59 out on this code" if named else f"rules 59 out on this code, and {modifier} is a kind of 59"
            yield say(
                line.slot(modifier),
                f"77427-{modifier}: the NCCI manual {why}. The code stands for the care over a course of "
                f"treatments. Remove {modifier}.",
                fixes=[remove(line, modifier)],
                severity=None if named else "warning",
            )

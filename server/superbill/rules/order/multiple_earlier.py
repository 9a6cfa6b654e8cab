"""51 before 59 or 78.

## What it does
Speaks when 51 stands before 59, 78 or one of XE, XP, XS and XU.

## Why it matters
59 and 78 decide whether the line is paid at all, 51 only by how much it is cut. The more important one comes
first.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,45385,51,59,1,22
                 ^^ O806
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,45385,59,51,1,22
```

## Source
Coding press; no CMS text fixes the order of these modifiers.

## Payers
Many payers read all modifiers and ignore their order; some systems read only the first one or two. Most
Medicare contractors do not need 51.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule
from superbill.rules.knowledge import Knowledge
from superbill.rules.order._sorting import complain


@rule(id="O806", name="multiple-before-distinct", severity="hint", modifiers=("51",))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """51 before a modifier that decides on payment."""
    yield from complain(
        line,
        know,
        "O806",
        "{modifier} usually stands after {beyond}, which decides whether the line is paid.",
    )

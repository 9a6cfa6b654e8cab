"""Two different physical status modifiers.

## What it does
Speaks when a line carries two or more different ones of P1-P6.

## Why it matters
They are steps of one scale, from healthy to brain-dead donor, and a patient stands on one step. Some payers
add units for the higher ones.

## Example
```csv
dos,cpt,mod1,mod2,mod3,units,pos
2025-10-15,00790,AA,P2,P3,60,22
                       ^^ X719
```

## Instead
```csv
dos,cpt,mod1,mod2,mod3,units,pos
2025-10-15,00790,AA,P3,,60,22
```

## Source
CMS HCPCS file, P1-P6.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.pair._beside import beside, keep_one, named


@rule(id="X719", name="two-physical-statuses", severity="error", modifiers=("P1", "P2", "P3", "P4", "P5", "P6"))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Two of P1-P6."""
    found = beside(line, know, "P1", "P2", "P3", "P4", "P5", "P6")
    if len(found) < 2:
        return
    yield say(
        line.slot(found[-1]),
        f"{line.code}-{found[-1]}: {named(found)} are steps of one scale, and a patient has one "
        "status. Keep the one on the anesthesia record.",
        fixes=keep_one(line, found),
    )

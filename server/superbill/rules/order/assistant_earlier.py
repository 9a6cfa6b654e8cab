"""CQ or CO before the plan of care.

## What it does
Speaks when CQ or CO stands before GP, GO or GN.

## Why it matters
The plan of care is what makes a therapy line complete; the assistant modifier adds to it and is looked for in
the second place.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,97110,CQ,GP,1,11
                    ^^ O807
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,97110,GP,CQ,1,11
```

## Source
Practice of Medicare therapy claims; no rejection for the order alone was found.

## Payers
Many payers read all modifiers and ignore their order; some systems read only the first one or two.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule
from superbill.rules.knowledge import Knowledge
from superbill.rules.order._sorting import ASSISTANT, complain


@rule(id="O807", name="assistant-before-plan", severity="hint", modifiers=ASSISTANT)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """CQ or CO before GP, GO or GN."""
    yield from complain(line, know, "O807", "{modifier} is the plan of care and stands before {beyond}.")

"""Two different ways of telehealth on one line.

## What it does
Speaks when a line carries 93 with 95, 95 with GT, 93 with GQ, or GT with GQ.

## Why it matters
Each modifier names how patient and clinician were connected: sound only, sound and picture, or recorded and
read later. One service has one way, and payers cover them differently.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,99213,93,95,1,10
                    ^^ X714
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,99213,93,,1,10
```

## Source
The meaning of the CPT and HCPCS modifiers.

## Payers
The same for all payers; which of them a payer wants differs.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.pair._beside import beside, keep_one, named

_EXCLUDED = (("93", "95"), ("95", "GT"), ("93", "GQ"), ("GT", "GQ"))


@rule(id="X714", name="telehealth-two-ways", severity="error", modifiers=("93", "95", "GQ", "GT"))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Two telehealth modifiers that exclude each other."""
    found = beside(line, know, "93", "95", "GQ", "GT")
    clash = [m for m in found if any(m in pair and pair[0] in found and pair[1] in found for pair in _EXCLUDED)]
    if not clash:
        return
    yield say(
        line.slot(clash[-1]),
        f"{line.code}-{clash[-1]}: {named(clash)} are different ways of telehealth, and a service "
        "has one. Keep the one that was used and that this payer takes.",
        fixes=keep_one(line, clash),
    )

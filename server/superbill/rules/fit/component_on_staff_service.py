"""26 or TC on a service that staff give under a physician.

## What it does
Speaks when a line carries 26 or TC and the fee schedule gives the code the PC/TC indicator 5. Injections by a
nurse and breathing treatments are of this kind.

## Why it matters
The service has no reading, and its price is the staff's work already. Payers reject the line.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,96372,26,1,11
                 ^^ K505
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,96372,,1,11
```

## Source
CMS PFS relative value file, PC/TC indicator 5, which rules both modifiers out.

## Payers
The same everywhere, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fit._component import misplaced
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge


@rule(id="K505", name="component-on-staff-service", severity="error", modifiers=("26", "TC"), editions=(FEES,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """26 or TC with PC/TC indicator 5."""
    modifier = misplaced(line, know, "5")
    if modifier:
        yield say(
            line.slot(modifier),
            f"{line.code}-{modifier}: staff give this service under the physician, and it has no parts to "
            f"split (PC/TC indicator 5). Remove {modifier}.",
            fixes=[remove(line, modifier)],
        )

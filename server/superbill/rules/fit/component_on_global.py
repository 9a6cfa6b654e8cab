"""26 or TC on a test that is split by code, not by modifier.

## What it does
Speaks when a line carries 26 or TC and the fee schedule gives the code the PC/TC indicator 4: the code always
bills both parts, and the reading and the technical part have codes of their own.

## Why it matters
The payer rejects the line. Removing the modifier would bill a part that somebody else did; the code has to
change.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,93000,26,1,22
                 ^^ K504
2025-10-15,93000,TC,1,11
                 ^^ K504
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,93010,,1,22
2025-10-15,93005,,1,11
```

## Source
CMS PFS relative value file, PC/TC indicator 4, which rules both modifiers out. The codes of the parts
follow from the relative values of the same file.

## Payers
The same everywhere, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fit._component import COMPONENTS, either, misplaced, recode, siblings
from superbill.rules.knowledge import Knowledge


@rule(id="K504", name="component-on-whole-test", severity="error", modifiers=("26", "TC"), editions=(FEES,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """26 or TC with PC/TC indicator 4."""
    modifier = misplaced(line, know, "4")
    if not modifier:
        return
    codes = siblings(line.code, know)[modifier]
    wanted = either(codes) if codes else "the code that stands for it"
    yield say(
        line.slot(modifier),
        f"{line.code}-{modifier}: the code always bills both parts (PC/TC indicator 4). "
        f"For the {COMPONENTS[modifier]} alone bill {wanted}.",
        fixes=[recode(line, code, modifier) for code in codes],
    )

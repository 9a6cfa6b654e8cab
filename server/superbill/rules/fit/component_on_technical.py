"""26 or TC on a code that is the technical part alone.

## What it does
Speaks when a line carries 26 or TC and the fee schedule gives the code the PC/TC indicator 3: the code stands
for the technical part, and other codes stand for the reading and for both.

## Why it matters
TC repeats what the code says, 26 contradicts it. Either way the payer rejects the line.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,93005,TC,1,11
                 ^^ K503
2025-10-15,93005,26,1,11
                 ^^ K503
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,93005,,1,11
2025-10-15,93010,,1,11
```

## Source
CMS PFS relative value file, PC/TC indicator 3, which rules both modifiers out.

## Payers
The same everywhere, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fit._component import either, misplaced, recode, siblings
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge


@rule(id="K503", name="component-on-technical-code", severity="error", modifiers=("26", "TC"), editions=(FEES,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """26 or TC with PC/TC indicator 3."""
    modifier = misplaced(line, know, "3")
    if modifier == "TC":
        yield say(
            line.slot("TC"),
            f"{line.code}-TC: the code is the technical part alone already (PC/TC indicator 3). Remove TC.",
            fixes=[remove(line, "TC")],
        )
    elif modifier == "26":
        reading = siblings(line.code, know)["26"]
        advice = f"Bill {either(reading)} for the reading, or remove 26." if reading else "Remove 26."
        yield say(
            line.slot("26"),
            f"{line.code}-26: the code is the technical part alone and has no reading (PC/TC indicator 3). {advice}",
            fixes=[*(recode(line, code, "26") for code in reading), remove(line, "26", preferred=False)],
        )

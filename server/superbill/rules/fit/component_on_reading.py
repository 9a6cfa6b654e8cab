"""26 or TC on a code that is the reading alone.

## What it does
Speaks when a line carries 26 or TC and the fee schedule gives the code the PC/TC indicator 2: the code stands
for the professional part, and other codes stand for the technical part and for both.

## Why it matters
26 repeats what the code says, TC contradicts it. Either way the payer rejects the line.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,93010,26,1,22
                 ^^ K502
2025-10-15,93010,TC,1,11
                 ^^ K502
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,93010,,1,22
2025-10-15,93005,,1,11
```

## Source
CMS PFS relative value file, PC/TC indicator 2, which rules both modifiers out.

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


@rule(id="K502", name="component-on-reading-code", severity="error", modifiers=("26", "TC"), editions=(FEES,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """26 or TC with PC/TC indicator 2."""
    modifier = misplaced(line, know, "2")
    if modifier == "26":
        yield say(
            line.slot("26"),
            f"{line.code}-26: the code is the reading alone already (PC/TC indicator 2). Remove 26.",
            fixes=[remove(line, "26")],
        )
    elif modifier == "TC":
        technical = siblings(line.code, know)["TC"]
        advice = f"Bill {either(technical)} for the technical part, or remove TC." if technical else "Remove TC."
        yield say(
            line.slot("TC"),
            f"{line.code}-TC: the code is the reading alone and has no technical part (PC/TC indicator 2). {advice}",
            fixes=[*(recode(line, code, "TC") for code in technical), remove(line, "TC", preferred=False)],
        )

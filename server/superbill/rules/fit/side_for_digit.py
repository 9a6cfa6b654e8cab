"""Left or right where the finger, toe, eyelid or coronary artery is asked for.

## What it does
Notes that a line has LT or RT, and no closer modifier, on a code for one finger, toe, nail or eyelid, or for the
catheter treatment of a coronary artery. Codes for hand or finger, foot or toe, and for the joints between them are
left alone.

## Why it matters
Medicare's unit limits for these codes count on the closer modifier: one unit for each finger, toe or lid. With LT
alone a second finger of the hand looks like a duplicate.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,26720,LT,1,11
                 ^^ K602
```

```x12
ST*837*0001*005010X222A1~
CLM*A1*120***11:B:1*Y*A*Y*Y~
HI*ABK:L600~
LX*1~
SV1*HC:11730:RT*120*UN*1***1~
             ^^ K602
DTP*472*D8*20251015~
SE*7*0001~
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,26720,F1,1,11
```

```x12
ST*837*0001*005010X222A1~
CLM*A1*120***11:B:1*Y*A*Y*Y~
HI*ABK:L600~
LX*1~
SV1*HC:11730:T5*120*UN*1***1~
DTP*472*D8*20251015~
SE*7*0001~
```

## Source
NCCI Policy Manual 2026, chapter IV, page 14 (fingers and toes) and chapter VIII, page 18 (eyelids). For coronary arteries
common professional coding practice only. Which codes treat one finger, toe or lid is our own list.

## Payers
Medicare asks for them; most payers follow.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fit._finer import finer
from superbill.rules.fixes import swap
from superbill.rules.knowledge import Knowledge


@rule(
    id="K602",
    name="side-instead-of-digit",
    severity="information",
    modifiers=("LT", "RT"),
    codes=("coronary-intervention", "eyelid", "finger", "finger-or-toe", "toe"),
)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A side, and no modifier for the finger, toe, lid or artery."""
    found = finer(line, know)
    if found is None:
        return
    what, side, modifiers = found
    choice = modifiers[0] if len(modifiers) == 1 else f"{', '.join(modifiers[:-1])} or {modifiers[-1]}"
    yield say(
        line.slot(side),
        f"{line.code}-{side}: the code treats one {what}, and {side} does not say which. "
        f"Write {choice} in its place, by the record.",
        fixes=[swap(line, side, modifier) for modifier in modifiers],
    )

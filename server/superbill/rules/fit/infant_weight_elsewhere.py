"""Modifier 63 on a code outside surgery.

## What it does
Speaks when modifier 63, for an infant of less than 4 kg, stands on a CPT code outside 20100-69990. Heart
procedures of the medicine section are left alone, since some of them take it.

## Why it matters
63 asks for more pay for an operation on a very small infant. On a visit, a study or a test it means nothing,
and the line is rejected.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,76705,63,1,11
                 ^^ K612
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,43239,63,1,22
```

## Source
The CPT number of the modifier and common coding practice. The list of operations that exclude 63 was not at
hand.

## Payers
Medicare seldom sees it; others may differ.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge

_SURGERY = ("20100", "69990")
#: Heart catheters, implants and repairs that are numbered under medicine.
_HEART = (("92920", "92998"), ("93303", "93799"))


@rule(id="K612", name="infant-weight-elsewhere", severity="warning", modifiers=("63",))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """63 on a five-digit code outside surgery and the heart procedures."""
    if not line.code.isdigit() or any(low <= line.code <= high for low, high in (_SURGERY, *_HEART)):
        return
    yield say(
        line.slot("63"),
        f"{line.code}-63: 63 is for operations on infants of less than 4 kg (20100-69990), and this code is "
        "none. Remove 63.",
        fixes=[remove(line, "63", preferred=False)],
    )

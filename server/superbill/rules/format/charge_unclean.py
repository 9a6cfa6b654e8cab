"""A charge that is not a plain amount.

## What it does
Speaks when the charge has a currency sign, thousands commas or a decimal comma, is negative, or is no
amount at all.

## Why it matters
A claim takes digits and one decimal point. A comma read as a decimal point is a hundred times the money, or
a hundredth.

## Example
```csv
dos,cpt,mod,units,pos,charge
2025-10-15,76380,26,1,22,"$1,250.00"
                          ^^^^^^^^^ F142
```

## Instead
```csv
dos,cpt,mod,units,pos,charge
2025-10-15,76380,26,1,22,1250.00
```

## Source
ASC X12 837P: SV102 is a decimal number without signs or separators.

## Payers
The same for all payers. Where reversals are kept as lines with a negative charge, switch the rule off for
those files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from superbill.charges import values
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, Fix, rule, say
from superbill.rules.fixes import write
from superbill.rules.format._text import bills, is_nothing, shown
from superbill.rules.knowledge import Knowledge

_SIGNS = re.compile(r"USD|US\$|[$\u20ac\u00a3\s]", re.IGNORECASE)
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_DECIMAL_COMMA = re.compile(r"([0-9]+),([0-9]{1,2})|([0-9]{1,3}(?:\.[0-9]{3})+),([0-9]{1,2})")


@rule(id="F142", name="charge-not-plain", severity="warning")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Not digits with at most one decimal point."""
    text = line.written.charge
    if not text or text.replace(".", "", 1).isdecimal() or is_nothing(text) or not bills(line):
        return
    number = values.number(text)
    if number is not None and number >= 0:
        return
    message, fixes = _judge(text, negative=number is not None)
    yield say(Part("charge"), message, fixes=fixes)


def _judge(text: str, negative: bool) -> tuple[str, list[Fix]]:
    """What to say of a charge, and how it can be mended."""
    value = shown(text)
    bare = _SIGNS.sub("", text) if len(text) < 60 else ""
    if negative or (bare.startswith(("-", "(")) and values.money(bare) is not None):
        return (
            f"{value} is a negative charge, and a claim line cannot carry one. Void or correct the claim instead.",
            [],
        )
    if values.number(bare) is not None:
        return f"{value}: a claim takes digits and a decimal point only. Write {bare}.", [write(Part("charge"), bare)]
    if _THOUSANDS.fullmatch(bare):
        plain = bare.replace(",", "")
        return f"{value}: a claim takes no thousands commas. Write {plain}.", [write(Part("charge"), plain)]
    comma = _DECIMAL_COMMA.fullmatch(bare)
    if comma:
        whole, cents = (comma.group(1) or comma.group(3)).replace(".", ""), comma.group(2) or comma.group(4)
        plain = f"{whole}.{cents}"
        return (
            f"{value} has a decimal comma, and US systems read a comma as a thousands mark. Write {plain} if "
            "that is meant.",
            [write(Part("charge"), plain, preferred=False)],
        )
    return f"{value} is no amount of money. Write digits and a decimal point.", []

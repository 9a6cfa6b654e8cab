"""Units that are missing, not a number, or not more than zero.

## What it does
Speaks when the file has a field for units and a charge line leaves it empty, writes something else than a
number there, or a number of zero or less.

## Why it matters
Every claim line says how many. Without a number above zero the claim does not pass the format check.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,26,one,22
                    ^^^ F140
2025-10-15,76380,26,0,22
                    ^ F140
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,26,1,22
```

## Source
ASC X12 837P: SV104, the quantity, is required.

## Payers
The same for all payers. Where reversals are kept as lines with negative units, switch the rule off for
those files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import units
from superbill.rules.format._text import bills, is_nothing, shown
from superbill.rules.knowledge import Knowledge

_NUMBERS = re.compile(r"[0-9]+")


@rule(id="F140", name="units-not-positive", severity="error")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """No number above zero."""
    text = line.written.units
    if text is None or (line.units is not None and line.units > 0) or not bills(line):
        return
    wanted = "1"
    if is_nothing(text):
        message = "The units are empty, and every claim line needs a number. Write how many were done, mostly 1."
    elif line.units is not None:
        message = (
            f"Units of {shown(text)}: a claim line bills one or more. Write how many were done, or take the line out."
        )
    else:
        message = f"{shown(text)} is no number of units. Write digits only."
        numbers = _NUMBERS.findall(text) if len(text) < 20 else []
        wanted = numbers[0].lstrip("0") or "1" if len(numbers) == 1 else ""
    yield say(Part("units"), message, fixes=[units(wanted)] if wanted else [])

"""Units that are not whole, on a code that is not counted in parts.

## What it does
Speaks when a line has units such as 1.5 and its code is neither anesthesia nor ambulance mileage or
transport.

## Why it matters
Most codes count things done, and half of one cannot be billed. Time, doses and miles have their own
rounding rules, which depend on the code.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,26,1.5,22
                    ^^^ F141
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,26,1,22
```

## Source
Common professional coding practice; the definitions of the codes.

## Payers
Some payers take parts of a unit for drugs; most want them rounded as the code says.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.format._text import shown
from superbill.rules.knowledge import Knowledge


@rule(id="F141", name="fractional-units", severity="information")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Units with a fraction."""
    if line.units is None or line.units <= 0 or line.units == line.units.to_integral_value() or not line.code:
        return
    if know.is_anesthesia(line.code) or know.is_ambulance(line.code):
        return
    yield say(
        Part("units"),
        f"{line.code} with {shown(line.written.units or '')} units: whole units are expected. Round as the "
        "code's own counting rule says.",
    )

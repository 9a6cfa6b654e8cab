"""Two units of 3-D rendering.

## What it does
Speaks when a line with 76376 or 76377 has two units. More than two is over the unit limit (U903).

## Why it matters
Areas that lie next to each other are rendered together and count once. Two units are right only for areas apart, and
the report must name both.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,74177,26,1,22
P1,2025-10-15,76376,26,2,22
                       ^ U908
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,74177,26,1,22
P1,2025-10-15,76376,26,1,22
```

## Source
Coding press on 3-D rendering, 2017; MUE practitioner 2024 Q3: 2 a day, indicator 3.

## Payers
The same for all payers, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import units
from superbill.rules.knowledge import Knowledge


@rule(id="U908", name="render3d-two-units", severity="information", codes=("76376", "76377"))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Two units of 3-D rendering on a line."""
    if line.units == 2:
        yield say(
            Part("units"),
            f"{line.code}: 2 units are right only for areas that do not touch, and the report must name both. Else set "
            "the units to 1.",
            fixes=[units(1)],
        )

"""Modifier 50 with another number of units than the payer wants.

## What it does
Speaks when a line carries modifier 50 on a code that may take it, and its units are not the number that the
profile expects on such a line (1 for Medicare). Information only when the units stay within the code's unit limit,
because a procedure done on both sides at several sites has as many units.

## Why it matters
50 says both sides by itself. With 2 units a payer that counts 50 as two sides reads four.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,20610,50,2,11
                    ^ K523
2025-10-15,73562,50,3,11
                    ^ K523
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,20610,50,1,11
2025-10-15,73562,50,1,11
```

## Source
NCCI Policy Manual 2026 chapter I, pages 30, 31 and 34; the number of units is the profile's.

## Payers
Medicare and the large national payers want 1 unit. Some regional plans want 2; their profiles say so.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import units
from superbill.rules.knowledge import Knowledge


@rule(id="K523", name="bilateral-units", severity="warning", modifiers=("50",))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """50 on a code with sides, and units other than the profile's."""
    wanted = know.profile.bilateral_units
    if line.units is None or line.units <= 0 or line.units == wanted:
        return
    row = know.row(line)
    if row is None or row.bilateral not in ("1", "3"):
        return
    limit = know.unit_limit(line.code, line.since)
    several = line.units > wanted and limit is not None and line.units <= limit.value
    yield say(
        Part("units"),
        f"{line.code}-50: 50 says both sides by itself, and {know.profile.speaker('bilateral_units')} expects {wanted} "
        f"unit{'s' if wanted > 1 else ''} beside it, not {line.units}. Set units to {wanted}"
        + (", unless both sides were done at several sites." if line.units > wanted else "."),
        fixes=[units(wanted)],
        severity="information" if several else None,
    )

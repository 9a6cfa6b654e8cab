"""A place that Medicare rarely pays for, or that names no place.

## What it does
With a Medicare profile, speaks of POS 09 (jail or prison) on a line without QJ, and of POS 99 (anywhere
else).

## Why it matters
Medicare pays for a patient in custody only in narrow cases, which QJ states. And 99 tells a payer nothing:
a listed place nearly always fits better.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,99213,,1,09
                    ^^ P1208
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,99213,QJ,1,09
```

## Source
Advice of a Medicare contractor on places of service; 42 CFR 411.4(b), the rule on custody.

## Payers
Medicare profiles only.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="P1208", name="custody-or-other-place", severity="information")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """09 without QJ, or 99."""
    if line.place not in ("09", "99") or not know.profile.medicare:
        return
    if line.place == "99":
        yield say(
            Part("place"),
            f"POS 99 names no place, and {know.profile.name} may ask where the service was done. Use a "
            "listed place if one fits.",
        )
    elif not line.has("QJ"):
        yield say(
            Part("place"),
            f"POS 09: under {know.profile.name} care of a patient in custody is paid only in narrow cases. "
            "Check that one applies; QJ says so.",
        )

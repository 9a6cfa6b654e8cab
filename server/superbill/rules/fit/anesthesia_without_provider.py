"""An anesthesia line that does not say who gave the anesthesia.

## What it does
Speaks when a professional line has an anesthesia code (00100-01999) and none of AA, AD, QK, QX, QY and QZ.

## Why it matters
The modifier decides what share of the price is paid, and to whom. Medicare contractors ask for it on every
line.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,00142,,45,22
           ^^^^^ K620
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,00142,AA,45,22
```

## Source
Medicare contractors' instructions on anesthesia claims.

## Payers
An error under Medicare, a warning elsewhere: not every payer asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fit._anesthesia import PROVIDERS, providers
from superbill.rules.fit._claim import by_facility
from superbill.rules.fixes import add
from superbill.rules.knowledge import Knowledge


@rule(id="K620", absence=True, name="anesthesia-without-provider", severity="error", codes=("anesthesia",), cited=False)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """None of the provider modifiers on an anesthesia code."""
    if providers(line) or by_facility(line):
        return
    names = {code: know.modifier(code) for code in PROVIDERS}
    yield say(
        Part("code"),
        f"{line.code}: the line does not say who gave the anesthesia, and {know.profile.name} prices it by "
        "that. Add the one that is true: AA, AD, QK, QX, QY or QZ.",
        fixes=[add(code, first=True, because=modifier.name) for code, modifier in names.items() if modifier],
        severity=None if know.profile.medicare else "warning",
    )

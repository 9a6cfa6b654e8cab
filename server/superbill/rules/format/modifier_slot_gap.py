"""An empty modifier slot before a filled one.

## What it does
Speaks when a modifier stands in a later slot while an earlier slot of the line is empty.

## Why it matters
Claims are filled from the left. Some systems stop reading at the first empty slot, and the modifier behind
it is lost.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,76380,,26,1,22
                  ^^ F125
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,76380,26,,1,22
```

## Source
ASC X12 837P: a later modifier component is used only when those before it are.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges import values
from superbill.charges.dialect import SetModifiers
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, Fix, rule, say
from superbill.rules.format._text import bills, is_nothing
from superbill.rules.knowledge import Knowledge


@rule(id="F125", name="gap-between-modifiers", severity="warning")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A modifier with an empty slot before it."""
    modifiers = line.modifiers
    if "" not in modifiers or not any(modifiers[modifiers.index("") :]) or not bills(line):
        return
    written = line.written.modifiers
    empty = [slot for slot, text in enumerate(written) if is_nothing(text)]
    if not empty:
        return
    late = next((slot for slot, modifier in enumerate(modifiers) if modifier and slot > empty[0]), None)
    if late is None:
        return
    wanted = tuple(values.clean(text) for text in written if not is_nothing(text))
    yield say(
        Part("modifier", late),
        f"{modifiers[late]} stands behind an empty slot, and what follows one may not be read. Move it left.",
        fixes=[Fix("Shift modifiers left", (SetModifiers(wanted),), True)],
    )

"""Modifier 99 without any other modifier.

## What it does
Speaks when 99 is the only modifier of a line.

## Why it matters
99 says that there are more modifiers than the form can hold and that the rest is listed elsewhere. Alone it
says nothing: either the others got lost on the way, or it should not be there.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,99213,99,1,11
                 ^^ M411
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,99213,25,1,11
```

## Source
Coding practice on the CPT modifier number.

## Payers
Many payers want the modifiers themselves and never 99.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge


@rule(id="M411", name="overflow-alone", severity="warning", modifiers=("99",))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """99 with nothing beside it."""
    if any(text.strip() != "99" for text in line.written.modifiers if text.strip()) or set(line.mods) != {"99"}:
        return
    yield say(
        line.slot("99"),
        f"{line.code}-99: 99 announces further modifiers, and there are none. Write the ones it stands for, "
        "or remove it.",
        fixes=[remove(line, "99", preferred=False)],
    )

"""Several modifiers in a field that holds one.

## What it does
Speaks when one modifier slot holds two or more modifiers: `26,59`, `26-59`, `LT/59`, or `2659` without
anything between them. A file with a single modifier column may list several there with marks between them;
that is read as it is meant and not spoken of.

## Why it matters
Each modifier has a slot of its own on the claim. Two in one are an invalid value, and neither is seen.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,71250,26-GC,,1,11
                 ^^^^^ F123
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,71250,26,GC,1,22
```

## Source
ASC X12 837P: SV101-3 to SV101-6 hold one modifier each.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges import values
from superbill.charges.dialect import SetModifiers
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, Fix, rule, say
from superbill.rules.format._code_text import slot_flaws
from superbill.rules.format._text import is_nothing, shown
from superbill.rules.knowledge import Knowledge

_NUMBERS = {2: "two", 3: "three", 4: "four"}


@rule(id="F123", name="modifiers-in-one-slot", severity="error")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Two or more modifiers in one slot."""
    for slot, flaw in slot_flaws(line, know):
        if flaw.kind != "joined":
            continue
        wanted: list[str] = []
        for place, text in enumerate(line.written.modifiers):
            if place == slot:
                wanted += [modifier for modifier in flaw.modifiers if modifier not in line.modifiers]
            elif not is_nothing(text):
                wanted.append(line.modifiers[place] or values.clean(text))
        count = len(flaw.modifiers)
        names = " ".join(flaw.modifiers)
        what = f"{_NUMBERS.get(count, count)} modifiers" if count > 1 else f"{names} twice"
        yield say(
            Part("modifier", slot),
            f"{shown(line.written.modifiers[slot])} is {what} in one slot, and a slot takes one. Give each "
            "modifier a slot of its own.",
            fixes=[Fix(f"Spread over the slots: {names}", (SetModifiers(tuple(wanted)),), True)]
            if len(wanted) <= line.room
            else [],
        )

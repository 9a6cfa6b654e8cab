"""A procedure or diagnosis code in a modifier field.

## What it does
Speaks when a modifier field holds five characters that are a code, or what has the shape of a diagnosis
code.

## Why it matters
Two columns have changed places, or a column is missing. The line bills something else than what was done.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,26,76380,1,22
              ^^^^^ F128
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,26,1,22
```

## Source
ASC X12 data element 1339: at least two and at most two characters.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges import values
from superbill.charges.dialect import RemoveModifiers, SetValue
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, Fix, rule, say
from superbill.rules.format._code_text import Flaw, slot_flaws
from superbill.rules.format._text import is_nothing, shown
from superbill.rules.knowledge import Knowledge


@rule(id="F128", name="code-in-modifier-field", severity="error")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A code in a modifier slot."""
    for slot, flaw in slot_flaws(line, know):
        if flaw.kind == "code":
            yield say(
                Part("modifier", slot),
                f"{shown(line.written.modifiers[slot])} is {flaw.what}, and this is a modifier field. "
                "Check that no columns have changed places.",
                fixes=_fixes(line, slot, flaw),
            )


def _fixes(line: ServiceLine, slot: int, flaw: Flaw) -> list[Fix]:
    if not flaw.code or line.code:
        return []
    code = SetValue(Part("code"), flaw.code)
    text = line.written.code
    if is_nothing(text):
        return [Fix(f"Move {flaw.code} into the code field", (code, RemoveModifiers((slot,))))]
    modifier = values.modifier(text or "")
    if not modifier:
        return []
    return [Fix(f"Exchange {modifier} and {flaw.code}", (code, SetValue(Part("modifier", slot), modifier)))]

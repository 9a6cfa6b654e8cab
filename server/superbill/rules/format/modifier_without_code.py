"""Modifiers on a line that has no code.

## What it does
Speaks when a row has a modifier and its code field is empty.

## Why it matters
A modifier says something about a code. Without the code nothing is billed, and usually the row has lost it.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,,26,1,22
            ^^ F127
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,26,1,22
```

## Source
ASC X12 837P: SV101-2, the code, is required; the modifiers behind it are not.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.format._code_text import slot_flaws
from superbill.rules.format._text import is_nothing
from superbill.rules.knowledge import Knowledge


@rule(id="F127", name="modifier-without-code", severity="error")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A modifier and no code."""
    if line.code or line.written.code is None or not any(line.modifiers) or not is_nothing(line.written.code):
        return
    if any(flaw.kind == "code" for _, flaw in slot_flaws(line, know)):
        return
    slot = next(slot for slot, modifier in enumerate(line.modifiers) if modifier)
    yield say(
        Part("modifier", slot),
        f"{line.modifiers[slot]} stands on a line without a code, so there is nothing to modify. Write the "
        "code, or clear the row.",
    )

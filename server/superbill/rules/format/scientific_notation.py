"""A code or modifier in scientific notation.

## What it does
Speaks when a code or modifier field holds something like `1.00E+02` or `9.92E+04`.

## Why it matters
A spreadsheet has rounded the value; which code it was cannot be told from what is left.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,7.64E+04,26,1,22
           ^^^^^^^^ F108
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,26,1,22
```

## Source
Common professional coding practice: codes are text, not numbers.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.format._code_text import code_flaw, slot_flaws
from superbill.rules.format._text import shown
from superbill.rules.knowledge import Knowledge

_ADVICE = "has destroyed the value. Go back to the source and export the column as text."


@rule(id="F108", name="scientific-notation", severity="error")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A number with an exponent."""
    flaw = code_flaw(line, know)
    if flaw is not None and flaw.kind == "scientific":
        yield say(Part("code"), f"{shown(line.written.code or '')}: scientific notation {_ADVICE}")
    for slot, found in slot_flaws(line, know):
        if found.kind == "scientific":
            yield say(
                Part("modifier", slot),
                f"{shown(line.written.modifiers[slot])}: scientific notation {_ADVICE}",
            )

"""A modifier that is not two characters.

## What it does
Speaks when a modifier field holds something that is not two letters or digits and no narrower rule of this
group knows what it is.

## Why it matters
A modifier has exactly two characters; a claim with a longer or shorter one does not pass the format check.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,2,1,11
                 ^ F120
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

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.format._code_text import slot_flaws
from superbill.rules.format._text import shown
from superbill.rules.knowledge import Knowledge


@rule(id="F120", name="modifier-of-wrong-length", severity="error")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Not two characters, and nothing more exact can be said."""
    for slot, flaw in slot_flaws(line, know):
        if flaw.kind == "length":
            yield say(
                Part("modifier", slot),
                f"{shown(line.written.modifiers[slot])} is no modifier: a modifier is exactly two letters "
                "or digits. Write the modifier that is meant, or leave the field empty.",
            )

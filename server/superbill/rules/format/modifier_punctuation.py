"""A modifier with a dash, brackets or other marks around it.

## What it does
Speaks when a modifier field holds one modifier and marks around it: `-25`, `(26)`, `25,`.

## Why it matters
The field takes two characters; the mark makes three and the claim does not pass the format check.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,-26,1,11
                 ^^^ F121
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
from superbill.rules.fixes import write
from superbill.rules.format._code_text import slot_flaws
from superbill.rules.format._text import shown
from superbill.rules.knowledge import Knowledge


@rule(id="F121", name="marks-around-modifier", severity="warning")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """One modifier and marks."""
    for slot, flaw in slot_flaws(line, know):
        if flaw.kind == "punctuation":
            wanted = flaw.modifiers[0]
            yield say(
                Part("modifier", slot),
                f"{shown(line.written.modifiers[slot])}: the modifier field takes two characters and no "
                f"marks. Write {wanted}.",
                fixes=[write(Part("modifier", slot), wanted)],
            )

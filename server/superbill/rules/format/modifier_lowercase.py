"""A modifier in small letters.

## What it does
Speaks when a modifier has a lower-case letter, such as `lt` or `Tc`.

## Why it matters
Modifiers are compared letter by letter, and many systems do not know `lt` as LT.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,73030,lt,1,11
                 ^^ F122
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,73030,LT,1,11
```

## Source
HL7 terminology marks the CPT code system as case sensitive; CMS writes HCPCS modifiers in capitals.

## Payers
Some payers read small letters as capitals; none asks for them.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.format._code_text import slot_flaws
from superbill.rules.format._text import shown
from superbill.rules.knowledge import Knowledge


@rule(id="F122", name="lower-case-modifier", severity="warning")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A modifier but for its case."""
    for slot, flaw in slot_flaws(line, know):
        if flaw.kind == "lowercase":
            wanted = flaw.modifiers[0]
            yield say(
                Part("modifier", slot),
                f"{shown(line.written.modifiers[slot])}: systems compare modifiers letter by letter. Write {wanted}.",
                fixes=[write(Part("modifier", slot), wanted)],
            )

"""A code or modifier that a spreadsheet has turned into a number.

## What it does
Speaks when a code or modifier field holds a number with nothing but zeros behind the point: `76380.0`,
`26.00`.

## Why it matters
The spreadsheet or program that wrote the file took the column for numbers. Other codes of the same column
have then lost their leading zeros or their meaning without a trace.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,76380.0,26.0,1,22
           ^^^^^^^ F106
                   ^^^^ F106
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
from superbill.rules.fixes import write
from superbill.rules.format._code_text import code_flaw, slot_flaws
from superbill.rules.format._text import shown
from superbill.rules.knowledge import Knowledge

_ADVICE = "Export the column as text."


@rule(id="F106", name="decimal-code", severity="error")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Digits, a point and zeros."""
    flaw = code_flaw(line, know)
    if flaw is not None and flaw.kind == "decimal":
        yield say(
            Part("code"),
            f"{shown(line.written.code or '')}: a spreadsheet took the code for a number. {_ADVICE}",
            fixes=[write(Part("code"), flaw.code, preferred=flaw.what != "zeros")] if flaw.code else [],
        )
    for slot, found in slot_flaws(line, know):
        if found.kind == "decimal":
            yield say(
                Part("modifier", slot),
                f"{shown(line.written.modifiers[slot])}: a spreadsheet took the modifier for a number. {_ADVICE}",
                fixes=[write(Part("modifier", slot), found.modifiers[0])] if found.modifiers else [],
            )

"""47 on an anesthesia code, or 23 on anything else.

## What it does
Speaks when 47 stands on an anesthesia code (00100-01999), or 23 on another CPT code.

## Why it matters
47 says that the surgeon gave the anesthesia and goes on the operation. 23 says that general anesthesia was
needed where none is usual and goes on the anesthesia code. Each is wrong on the other's line.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,45378,23,1,22
                 ^^ K613
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,45378,47,1,22
```

## Source
What the two CPT modifier numbers stand for.

## Payers
The same everywhere, as far as known. Medicare does not pay more for 47.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge


@rule(id="K613", name="anesthesia-modifier-elsewhere", severity="error", modifiers=("23", "47"))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """47 on an anesthesia code, 23 on another CPT code."""
    anesthesia = know.is_anesthesia(line.code)
    if line.has("47") and anesthesia:
        yield say(
            line.slot("47"),
            f"{line.code}-47: 47 says that the surgeon gave the anesthesia and goes on the operation, not "
            "on an anesthesia code. Remove 47.",
            fixes=[remove(line, "47")],
        )
    if line.has("23") and line.code.isdigit() and not anesthesia:
        yield say(
            line.slot("23"),
            f"{line.code}-23: 23 goes on the anesthesia code (00100-01999), and this is none. Remove 23.",
            fixes=[remove(line, "23")],
        )

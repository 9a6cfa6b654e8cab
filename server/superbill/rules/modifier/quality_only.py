"""A quality measure modifier on a code that is no quality code.

## What it does
Speaks when 1P, 2P, 3P or 8P stands on a code that is not a Category II code (four digits and F).

## Why it matters
The four modifiers say why a quality step was left out. On any other code there is no step to leave out, and
the line is rejected. The code or the modifier is on the wrong line.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,99213,8P,1,11
                 ^^ M408
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,3044F,8P,1,11
```

## Source
The CPT modifier numbers; these four belong to Category II codes.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge

_QUALITY = ("1P", "2P", "3P", "8P")


@rule(id="M408", name="quality-modifier-elsewhere", severity="error", modifiers=_QUALITY)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """1P, 2P, 3P or 8P on something else than a Category II code."""
    if not line.code or line.code.endswith("F"):
        return
    for modifier in dict.fromkeys(line.mods):
        if modifier in _QUALITY:
            yield say(
                line.slot(modifier),
                f"{line.code}-{modifier}: the modifier belongs to quality codes (four digits and F) only. "
                "Remove it, or move it to the quality code.",
                fixes=[remove(line, modifier)],
            )

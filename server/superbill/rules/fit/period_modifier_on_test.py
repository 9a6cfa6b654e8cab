"""58, 78 or 79 on a code that no surgical package takes in.

## What it does
Notes that a line carries 58, 78 or 79 and the global days of the code are XXX. Silent on visits, which have a
rule of their own. Codes with 000 days and add-ons are left alone: an earlier operation may well lie behind
them.

## Why it matters
The three modifiers open the package of an earlier operation for another procedure. Tests are outside that
package, so the modifier is not needed and may send the line to review.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,73562,"79 RT",1,11
                  ^^ K595
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,73562,RT,1,11
2025-10-15,20610,"79 RT",1,11
```

## Source
CMS PFS relative value file, global days XXX.

## Payers
Some payers ask for the modifier on everything within the days after surgery.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge

_MODIFIERS = ("58", "78", "79")


@rule(id="K595", name="period-modifier-on-test", severity="information", modifiers=_MODIFIERS, editions=(FEES,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """58, 78 or 79 with global days XXX, on a code that is no visit."""
    row = know.row(line)
    if row is None or row.global_days != "XXX" or know.is_visit(line.code):
        return
    modifier = next(modifier for modifier in reversed(line.mods) if modifier in _MODIFIERS)
    yield say(
        line.slot(modifier),
        f"{line.code}-{modifier}: the code stands outside the package of an operation (global days XXX), so "
        f"it needs no {modifier}. Remove it unless the payer asks for it.",
        fixes=[remove(line, modifier, preferred=False)],
    )

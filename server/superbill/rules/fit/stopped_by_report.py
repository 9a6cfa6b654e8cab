"""A stopped procedure that is priced by hand.

## What it does
Notes, under Medicare, that modifier 53 stands on a code for which the fee schedule has no price with 53. Only
44388, 45378, G0105 and G0121 have one.

## Why it matters
The contractor reads the record and sets the price. Without the record the line waits or is denied.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,43239,53,1,22
                 ^^ K571
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,45378,53,1,22
```

## Source
CMS PFS relative value file: the rows with 53.

## Payers
Medicare; other payers price stopped procedures by their own rules.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="K571", name="stopped-by-report", severity="information", modifiers=("53",), editions=(FEES,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """53 on a code without a row of its own for it, under Medicare."""
    if not know.profile.medicare or know.is_visit(line.code):
        return
    if know.row(line) is None or know.component_row(line.code, "53", line.since) is not None:
        return
    yield say(
        line.slot("53"),
        f"{line.code}-53: the fee schedule has no price for this procedure stopped, so {know.profile.name} "
        "sets it by hand. Send the note that says how far it went and why it was stopped.",
    )

"""Care before surgery billed apart under Medicare.

## What it does
Notes, under Medicare, that a line carries modifier 56.

## Why it matters
Medicare's package has shares for the operation and for the aftercare only; care before the operation goes
with the operation. A line with 56 is usually not paid.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,27447,"56 RT",1,11
                  ^^ K581
```

## Instead
```csv payer=generic-commercial
dos,cpt,mod,units,pos
2025-10-15,27447,"56 RT",1,11
```

## Source
Common coding practice; no CMS text was at hand.

## Payers
Medicare only; other payers may pay 56 by their own rules.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import PACKAGED, Knowledge


@rule(id="K581", name="before-care-alone", severity="information", modifiers=("56",))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """56 under Medicare, on a code that is not known to be without aftercare."""
    if not know.profile.medicare or line.has("54"):
        return
    row = know.row(line)
    if row is not None and row.global_days not in PACKAGED - {"000"}:
        return
    yield say(
        line.slot("56"),
        f"{line.code}-56: {know.profile.name} as a rule does not pay care before surgery on a line of its "
        "own; it goes with the surgeon's. Ask the contractor before sending it.",
    )

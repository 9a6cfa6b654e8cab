"""A quality tracking code with a charge.

## What it does
Speaks, under a Medicare profile, when the fee schedule gives the code status M (reported to measure quality,
never paid) and the line charges more than one cent.

## Why it matters
Nothing is ever paid for such a code. A real charge on it lands on the patient's statement or in the accounts
as money that will never come. Nil is right; one cent serves systems that refuse a nil charge.

## Example
```csv
dos,cpt,mod,units,pos,charge
2025-10-15,1036F,,1,11,25.00
                       ^^^^^ C311
```

## Instead
```csv
dos,cpt,mod,units,pos,charge
2025-10-15,1036F,,1,11,0.01
2025-10-15,1036F,,1,11,0.00
```

## Source
CMS PFS relative value file, status M.

## Payers
Medicare. Other payers may pay an incentive for single quality codes.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from superbill.catalog.store import FEES
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge

_CENT = Decimal("0.01")


@rule(id="C311", name="quality-code-with-charge", severity="information", editions=(FEES,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Status M with more than a cent charged, under Medicare."""
    if line.charge is None or line.charge <= _CENT or not know.profile.medicare:
        return
    row = know.row(line)
    if row is None or row.status != "M":
        return
    charge = Part("charge")
    yield say(
        charge,
        f"{line.code}: a quality code, which {know.profile.name} never pays (status M). Charge nothing, or "
        "0.01 if the system wants an amount.",
        fixes=[
            write(charge, "0.00", "Set the charge to 0.00", preferred=False),
            write(charge, "0.01", "Set the charge to 0.01", preferred=False),
        ],
    )

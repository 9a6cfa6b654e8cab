"""A code for which no separate payment is ever made.

## What it does
Speaks when the fee schedule gives the code status B or P: its payment is always inside another service. It is
silent when the charge is zero, and on 99024, which is reported to count visits after surgery and is not meant
to be paid.

## Why it matters
Billed beside other services the line is denied, billed alone it is denied too, and the patient must not be
charged for it instead.

## Example
```csv
dos,cpt,mod,units,pos,charge
2025-10-15,36000,,1,11,15.00
           ^^^^^ C309
```

## Instead
```csv
dos,cpt,mod,units,pos,charge
2025-10-15,36000,,1,11,0.00
2025-10-15,99024,,1,11,
```

## Source
CMS PFS relative value file, status B and P.

## Payers
A warning for Medicare. Information only for commercial payers: several follow Medicare, some pay single codes.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove_line
from superbill.rules.knowledge import Knowledge


@rule(id="C309", name="never-paid-on-its-own", severity="warning", editions=(FEES,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Status B or P with a charge."""
    row = know.row(line)
    if row is None or row.status not in ("B", "P") or line.charge == 0 or line.code == "99024":
        return
    if know.profile.medicare:
        what = f"{know.profile.name} pays it only inside another service, never alone (status {row.status})."
    else:
        what = f"Medicare never pays it alone (status {row.status}), and this payer may follow."
    yield say(
        Part("code"),
        f"{line.code}: {what} Keep it only for the record, with no charge.",
        fixes=[remove_line()],
    )

"""A service that Medicare does not cover, billed without saying so.

## What it does
Speaks, under a Medicare profile, when the fee schedule gives the code status N and the line carries none of
GA, GX, GY and GZ.

## Why it matters
Medicare will deny the line. With GY the denial comes at once and shows the patient or a second insurer who
has to pay; without it the denial may look like a mistake of the practice.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,96110,,1,11
           ^^^^^ C308
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,96110,GY,1,11
```

## Source
CMS PFS relative value file, status N.

## Payers
Medicare only. Commercial plans often cover such services, developmental screening of children for instance.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import add
from superbill.rules.knowledge import Knowledge


@rule(id="C308", name="not-covered-by-medicare", severity="information", editions=(FEES,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Status N under Medicare, no notice modifier."""
    if not know.profile.medicare or line.has("GA", "GX", "GY", "GZ"):
        return
    row = know.row(line)
    if row is None or row.status != "N":
        return
    yield say(
        Part("code"),
        f"{line.code}: Medicare does not cover it (status N), so the patient or another insurer pays. Bill "
        "it with GY if a denial is wanted, else not to Medicare.",
        fixes=[add("GY", because="when a Medicare denial is wanted")],
    )

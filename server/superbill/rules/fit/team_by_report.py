"""A surgical team, paid by report.

## What it does
Notes that a line carries modifier 66 on a code with the team surgery indicator 1 or 2.

## Why it matters
There is no set price for a team's share. The payer decides it from the records, so they belong with the claim.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,50360,66,1,21
                 ^^ K551
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,50360,,1,21
```

## Source
CMS PFS relative value file, team surgery indicators 1 and 2.

## Payers
Other payers may keep lists of their own.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="K551", name="team-by-report", severity="information", modifiers=("66",), editions=(FEES,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """66 with team surgery indicator 1 or 2."""
    row = know.row(line)
    if row is None or row.team not in ("1", "2"):
        return
    need = "the record must show why a team was needed, and " if row.team == "1" else ""
    yield say(
        line.slot("66"),
        f"{line.code}-66: {need}the payer sets the team's price by report (team indicator {row.team}). "
        "Send the operative notes.",
    )

"""A surgical team on a code that allows none.

## What it does
Speaks when a line carries modifier 66 and the fee schedule gives the code the team surgery indicator 0.

## Why it matters
Medicare pays no team for this code. The lines of all its members are denied.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,27447,"66 RT",1,21
                  ^^ K550
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,27447,RT,1,21
```

## Source
CMS PFS relative value file, team surgery indicator 0, which rules it out.

## Payers
An error under Medicare. Other payers may keep lists of their own, so it is a warning there.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge


@rule(id="K550", name="team-not-permitted", severity="error", modifiers=("66",), editions=(FEES,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """66 with team surgery indicator 0."""
    row = know.row(line)
    if row is None or row.team != "0":
        return
    yield say(
        line.slot("66"),
        f"{line.code}-66: this code cannot be billed by a surgical team (team indicator 0). Remove 66.",
        fixes=[remove(line, "66", preferred=False)],
        severity=None if know.profile.medicare else "warning",
        payer=True,
    )

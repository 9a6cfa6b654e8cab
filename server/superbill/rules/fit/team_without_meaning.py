"""A surgical team on a code that is no surgery.

## What it does
Speaks when a line carries modifier 66 and the fee schedule gives the code the team surgery indicator 9.

## Why it matters
The code is a laboratory test, a drug or another service without a surgeon. The modifier is most likely on the
wrong line.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,36415,66,1,11
                 ^^ K552
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,36415,,1,11
```

## Source
CMS PFS relative value file, team surgery indicator 9.

## Payers
The same everywhere, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge


@rule(id="K552", name="team-without-meaning", severity="warning", modifiers=("66",), editions=(FEES,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """66 with team surgery indicator 9."""
    row = know.row(line)
    if row is None or row.team != "9":
        return
    yield say(
        line.slot("66"),
        f"{line.code}-66: there is no surgical team in this service (team indicator 9). Remove 66.",
        fixes=[remove(line, "66", preferred=False)],
    )

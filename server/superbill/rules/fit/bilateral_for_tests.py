"""A test of both sides with modifier 50, for a payer that wants one line for each side.

## What it does
Notes modifier 50 on a code whose sides are priced one by one (bilateral indicator 3), surgery left out.

## Why it matters
Some payers take imaging and tests of both sides as an LT line and an RT line only, and deny or halve a line
with 50.

## Example
```csv payer=generic-commercial
dos,cpt,mod,units,pos
2025-10-15,73562,50,1,11
                 ^^ K525
```

## Instead
```csv payer=generic-commercial
dos,cpt,mod,units,pos
2025-10-15,73562,LT,1,11
2025-10-15,73562,RT,1,11
```

## Source
CMS PFS relative value file, bilateral surgery indicator 3. NCCI Policy Manual 2026 chapter I, page 31: for Medicare
50, two units, and an LT and an RT line are all right for tests.

## Payers
Off unless switched on: Medicare takes all three ways, and of the payers only some ask for LT and RT (Blue Cross
Blue Shield of Nebraska does for imaging).
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import split
from superbill.rules.knowledge import PACKAGED, Knowledge


@rule(id="K525", name="bilateral-test-by-50", severity="information", modifiers=("50",), editions=(FEES,), status="off")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """50 with bilateral indicator 3 on what is no surgery."""
    row = know.row(line)
    if row is None or row.bilateral != "3" or row.global_days in PACKAGED or line.has("LT", "RT"):
        return
    rest = [modifier for modifier in line.mods if modifier != "50"]
    yield say(
        line.slot("50"),
        f"{line.code}-50: each side is priced on its own (bilateral indicator 3), and you have said that this payer "
        "wants a line for each side. Bill one line with LT and one with RT.",
        fixes=[split(line, [*rest, "LT"], [*rest, "RT"], "Make an LT line and an RT line")],
    )

"""A CPT code for which no fee schedule row is loaded.

## What it does
Speaks when a code has a CPT shape and the imported fee schedule has no row for it, on a date that the fee
schedule covers. It says only that nothing can be checked, not that the code is wrong: the fee schedule leaves some codes
out, those of laboratories' own tests (four digits and U) for instance.

## Why it matters
Without a row there is nothing to tell whether 26, 50 or 62 fit, so the line passes unchecked. Where the code was
mistyped, this is the place to see it.

## Example
```csv
dos,cpt,mod,units,pos
2021-03-15,0001U,,1,11
           ^^^^^ C305
```

## Instead
```csv
dos,cpt,mod,units,pos
2021-03-15,45380,,1,11
```

## Source
CMS PFS relative value file. It is Medicare's list of what it has an opinion on, not the whole of CPT.

## Payers
Any payer. Needs the whole fee schedule, which `superbill catalog import` reads: the bundled one holds only the codes
that have an entry in the catalog. Silent where C306 says more.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.shapes import is_level_two
from superbill.catalog.store import FEES
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="C305", name="not-in-fee-schedule", severity="information", editions=(FEES,), needs="pfs")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """CPT shape, no row, date covered."""
    if not line.code or is_level_two(line.code) or know.row(line) is not None:
        return
    edition = know.edition(FEES, line.since)
    if not edition.whole or not edition.covers(line.since) or know.last_fee_edition(line.code, edition) is not None:
        return
    yield say(
        Part("code"),
        f"{line.code}: no fee schedule row is loaded for the code, so its modifiers and units are not "
        "checked. Nothing is known against them.",
    )

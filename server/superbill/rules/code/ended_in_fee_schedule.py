"""A CPT code that an earlier fee schedule has and that of the day has not.

## What it does
Speaks when a code has a CPT shape, an earlier imported fee schedule has a row for it, and the one that covers the day of
service has none. Both must be whole.

## Why it matters
CPT codes end with a year, and there is no time of grace: a claim with an ended code comes back. The fee schedule drops a
code when CPT does; that it drops one that lives on is rare, so look the code up before changing it.

## Example
```csv
dos,cpt,mod,units,pos
2021-03-15,99201,,1,11
           ^^^^^ C306
```

## Instead
```csv
dos,cpt,mod,units,pos
2020-10-15,99201,,1,11
```

## Source
CMS PFS relative value files of two dates, as imported. CMS gives no grace period since 2005.

## Payers
The same for all payers. Needs the whole fee schedules of two dates: `superbill catalog import` reads them.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.shapes import is_level_two
from superbill.catalog.store import FEES
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="C306", name="code-ended", severity="warning", editions=(FEES,), needs="pfs")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """No row in the edition of the day, and one in an earlier edition."""
    if not line.code or line.since is None or is_level_two(line.code) or know.row(line) is not None:
        return
    edition = know.edition(FEES, line.since)
    before = know.last_fee_edition(line.code, edition) if edition.whole and edition.covers(line.since) else None
    if before is not None:
        yield say(
            Part("code"),
            f"{line.code}: {before.name} still has the code, and the fee schedule of {line.since} has not, so it has most "
            "likely ended. Look for the code that took its place.",
        )

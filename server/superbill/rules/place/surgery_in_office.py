"""An operation in the office that is rarely or never done outside a facility.

## What it does
Speaks when a procedure with a global period of 0, 10 or 90 days stands in place 11 and Medicare's fee schedule has no
amount for it outside a facility. Lines for aftercare, for care before surgery and for a part of a test (54, 55, 56, 26,
TC) are left alone.

## Why it matters
Mostly the place is wrong: the operation was in a hospital or surgery center, and the office is only where the bill was
written.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,27447,RT,1,11
                      ^^ P1203
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,27447,RT,1,21
2025-10-15,27447,55 RT,1,11
```

## Source
CMS PFS relative value file, non-facility NA indicator.

## Payers
A warning under Medicare. Information for other payers, some of which accredit offices for surgery.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import PACKAGED, Knowledge

_OFFICE = "11"


@rule(id="P1203", name="surgery-in-office", severity="warning", editions=(FEES,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A packaged procedure with a non-facility NA indicator in place 11."""
    if line.place != _OFFICE or line.has("26", "54", "55", "56", "TC"):
        return
    row = know.plain_row(line.code, line.since)
    if row is None or not row.nonfacility_na or row.global_days not in PACKAGED or row.status not in ("A", "R"):
        return
    yield say(
        Part("place"),
        f"{line.code}: rarely or never done in an office, and {know.profile.name} "
        f"{'has no amount for it there' if know.profile.medicare else 'may not expect it there'}. Check POS 11: "
        "21, 22 or 24 if it was in a hospital or surgery center.",
        severity=None if know.profile.medicare else "information",
    )

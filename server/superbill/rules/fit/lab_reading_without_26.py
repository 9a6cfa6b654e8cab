"""A laboratory test that a physician may read, billed without 26.

## What it does
Notes, for the few laboratory tests that have a payable reading, that a line without 26 bills the test itself.
Silent on lines that are plainly the laboratory's: place of service 81, a facility claim, or a laboratory
modifier on the line.

## Why it matters
Without 26 the line goes to the laboratory fee schedule. A physician who read the result and wrote a report is
paid under 26 only.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,86334,,1,22
           ^^^^^ K508
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,86334,26,1,22
2025-10-15,86334,,1,81
```

## Source
CMS PFS relative value file: the row without a modifier has status X, the row with 26 has PC/TC indicator 6.

## Payers
The reading is paid by Medicare; other payers may differ.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fit._claim import by_facility
from superbill.rules.fixes import add
from superbill.rules.knowledge import Knowledge

_LABORATORY = ("90", "91", "92", "QW")


@rule(
    id="K508",
    absence=True,
    name="lab-reading-without-26",
    severity="information",
    codes=("lab-interpretation",),
    editions=(FEES,),
    cited=False,
)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """No component on a code whose row of the reading has PC/TC indicator 6."""
    row = know.component_row(line.code, "26", line.since)
    if row is None or row.pctc != "6" or line.component or line.has(*_LABORATORY):
        return
    if line.place == "81" or by_facility(line):
        return
    yield say(
        Part("code"),
        f"{line.code}: without 26 this bills the laboratory test itself. "
        "If the line is for the physician's reading, add 26.",
        fixes=[add("26", first=True, because="if it is the physician's reading")],
    )

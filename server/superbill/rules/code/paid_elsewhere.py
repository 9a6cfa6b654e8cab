"""A code that Medicare pays under another schedule than the physician fee schedule.

## What it does
Speaks, under a Medicare profile, when the fee schedule gives the code status X or E: not a physician service
by law, or left out by regulation. It names the schedule where that can be told from the code.

## Why it matters
The indicators of the physician fee schedule (sides, components, assistants) say nothing about such a code,
and its price is found elsewhere. Nothing is wrong with the line.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,80053,,1,11
           ^^^^^ C310
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,,1,11
2025-10-15,86334,26,1,11
```

## Source
CMS PFS relative value file, status X and E.

## Payers
Medicare only. Off unless switched on, because it would speak on every laboratory and drug line.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="C310", name="paid-under-another-schedule", severity="information", editions=(FEES,), status="off")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Status X or E under Medicare."""
    if not know.profile.medicare:
        return
    row = know.row(line)
    if row is None or row.status not in ("X", "E"):
        return
    yield say(
        Part("code"),
        f"{line.code}: not on the physician fee schedule (status {row.status}); Medicare prices it "
        f"{_where(line, know)}.",
    )


def _where(line: ServiceLine, know: Knowledge) -> str:
    if know.is_ambulance(line.code):
        return "by the ambulance fee schedule"
    if know.is_lab(line.code):
        return "by the laboratory fee schedule"
    if line.code[0] == "J":
        return "by the drug price files"
    return "by other rules. Look the price up there"

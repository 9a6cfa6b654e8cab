"""Modifier 51 sent to Medicare, whose contractors put it on themselves.

## What it does
Hints that a line carries modifier 51 under a Medicare profile, on a code that can be cut as a second procedure
(multiple procedure indicator 2 or 3). Where 51 changes nothing or does not belong, other rules speak.

## Why it matters
Contractors rank the procedures of a session by price and set 51 themselves. Set by hand it may stand on the
wrong line, and then the dearer procedure is cut.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,44970,,1,22
P1,2025-10-15,49320,51,1,22
                    ^^ K562
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,44970,,1,22
P1,2025-10-15,49320,,1,22
```

## Source
Advice of Medicare contractors (Noridian, Novitas, WPS) to leave 51 off. NCCI Policy Manual 2026, chapter VI, page 6 and
chapter VII, page 6, still asks for 51 on the second of two endoscopies of a session.

## Payers
Off unless switched on. Medicare profiles only; many other payers do want 51.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge


@rule(id="K562", name="multiple-for-medicare", severity="hint", modifiers=("51",), editions=(FEES,), status="off")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """51 with multiple procedure indicator 2 or 3 under Medicare."""
    row = know.row(line)
    if not know.profile.medicare or row is None or row.multiple not in ("2", "3"):
        return
    if row.global_days == "ZZZ" or know.in_set(line.code, "addons"):
        return
    yield say(
        line.slot("51"),
        f"{line.code}-51: contractors of {know.profile.name} rank the procedures of a session and add 51 themselves. "
        "Leave it off, unless yours asks for it.",
        fixes=[remove(line, "51", preferred=False)],
    )

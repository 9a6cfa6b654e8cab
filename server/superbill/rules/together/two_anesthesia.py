"""Two anesthesia codes in one session.

## What it does
Speaks about the second of two different anesthesia codes on one claim, same provider and day, unless it is an add-on
(01953, 01968, 01969) or the daily code 01996, or a modifier says that there were two sessions (59, XE, XP, XS, XU, 76,
77, 78, 79). Two lines with one code, for the physician and the nurse anesthetist, are not meant.

## Why it matters
One session has one anesthesia code, whatever was operated on: the one of the most demanding procedure. The time of all
procedures goes on that line.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,00790,AA,1,22
P1,2025-10-15,00840,AA,1,22
              ^^^^^ L1042
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,00790,AA,1,22
```

## Source
NCCI Policy Manual 2026 chapter II, pages 4 and 11.

## Payers
Medicare and most others.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import MANUAL
from superbill.charges.model import Claim, Part
from superbill.rules.base import Draft, Related, rule, say
from superbill.rules.fixes import remove_line
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._lines import DISTINCT, charged, meet
from superbill.rules.together._pairs import never

_SESSIONS = (*DISTINCT, "76", "77", "78", "79")


@rule(
    id="L1042",
    lines=2,
    absence=True,
    name="two-anesthesia-codes",
    severity="warning",
    scope="claim",
    codes=("anesthesia",),
    editions=(MANUAL,),
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """Two anesthesia codes of one session."""
    if len(claim.lines) < 2:
        return
    lines = [
        (number, line)
        for number, line in enumerate(claim.lines)
        if know.is_anesthesia(line.code)
        and line.code != "01996"
        and not know.in_set(line.code, "anesthesia-addons")
        and charged(line)
        and not line.has(*_SESSIONS)
    ]
    for place, (number, line) in enumerate(lines):
        for first, earlier in lines[:place]:
            if earlier.code != line.code and meet(earlier, line) and not never(claim, know, number, first):
                yield say(
                    Part("code"),
                    f"{line.code} with {earlier.code} on one day: one session has one anesthesia code, the one of the "
                    "most demanding procedure, with the time of all. Remove the other line, or say by a modifier that "
                    "there were two sessions.",
                    line=number,
                    related=[Related(first, Part("code"), "the other anesthesia code")],
                    fixes=[remove_line(f"Remove the {line.code} line")],
                )
                break

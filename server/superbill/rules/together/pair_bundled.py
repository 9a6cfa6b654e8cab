"""Two codes that are paid together only when they were distinct, and no modifier says so.

## What it does
Speaks when a claim has both codes of a pair whose modifier indicator is 1 and no line carries a modifier that parts them.
Those are: 59 and the X modifiers on either line; a side, finger, toe, eyelid or artery, 24, 25, 27, 57, 58, 78, 79 or 91 on
the column 2 line. Silent where another rule says the same of the two codes in better words (visits beside
procedures, 3-D rendering, limited CT).

## Why it matters
Without the modifier the column 2 code is denied. With it, the record must show a separate encounter, site or specimen: that
the two procedures differ, or their diagnoses, is not enough.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,45385,,1,24
P1,2025-10-15,45380,,1,24
              ^^^^^ L1003
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,45385,,1,24
P1,2025-10-15,45380,59,1,24
```

## Source
NCCI procedure-to-procedure edits, as imported; NCCI Policy Manual 2026 chapter I, pages 13 to 20.

## Payers
A warning for all: other payers borrow the edits or keep their own. Needs the table: `superbill catalog import` reads it.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import PTP
from superbill.charges.model import Claim, Part
from superbill.rules.base import Draft, Fix, rule, say
from superbill.rules.fixes import add, remove_line
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._pairs import by_line

_REASONS = {
    "XE": "separate encounter, if the note says so",
    "XS": "separate site or organ, if the note says so",
    "XP": "another practitioner, if the note says so",
    "XU": "not part of the usual course, if the note says so",
    "59": "distinct, for payers without X modifiers",
}


@rule(
    id="L1003",
    lines=2,
    absence=True,
    name="pair-without-modifier",
    severity="warning",
    scope="claim",
    needs="ptp-",
    editions=(PTP,),
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """Both codes of a pair of indicator 1, and no modifier that parts them."""
    for one, related, more in by_line(claim, know, "L1003"):
        pair = one.pair
        visit = know.is_visit(pair.second)
        how = "25 (24 or 57 where they are true)" if visit else "XE, XS, XP, XU or 59"
        yield say(
            Part("code"),
            f"{pair.second} bundles into {pair.first}{more} unless distinct. If the note shows a separate "
            f"{'problem' if visit else 'encounter, site or specimen'}, put {how} on {pair.second}; else remove it.",
            line=one.at,
            related=related,
            fixes=[*mends(visit), remove_line(f"Remove the {pair.second} line")],
        )


def mends(visit: bool) -> list[Fix]:
    """Modifiers that part a pair, each with what must be true. None is preferred: they are money."""
    if visit:
        return [add("25", because="a separate problem was worked up, and the note says so")]
    return [add(modifier, because=reason) for modifier, reason in _REASONS.items()]

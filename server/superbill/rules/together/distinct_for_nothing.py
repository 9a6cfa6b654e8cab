"""59 where no pair asks for it.

## What it does
Speaks when a line carries 59 or an X modifier and neither its code nor any other of the claim is in a pair of codes with
it on that day, and no other line has the same code. Silent on claims of a single line, where the other code may be
on another claim, where the table does not cover the day, on 76376, 76377 and 76380, whose rules lean on the manual as
well, on mammograms and on visits.

## Why it matters
59 says that something would be bundled. Where nothing is, it changes no payment and draws the eye of auditors, who
count it.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,45385,,1,24
P1,2025-10-15,29881,59 RT,1,24
                    ^^ L1008
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,45385,,1,24
P1,2025-10-15,45380,59,1,24
P1,2025-10-15,29881,RT,1,24
```

## Source
NCCI procedure-to-procedure edits, as imported; NCCI Policy Manual 2026 chapter I, page 17.

## Payers
A hint. Another payer may have edits of its own. Needs the whole table: `superbill catalog import` reads it.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import PTP
from superbill.charges.model import Claim
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._lines import DISTINCT, charged
from superbill.rules.together._pairs import has_pair

_OTHER_GROUNDS = ("76376", "76377", "76380")


@rule(
    id="L1008",
    lines=2,
    name="distinct-for-nothing",
    severity="hint",
    scope="claim",
    needs="ptp-",
    modifiers=DISTINCT,
    editions=(PTP,),
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """59 or X on a line without a pair."""
    for number, line in enumerate(claim.lines):
        if not line.has(*DISTINCT) or not charged(line) or line.code in _OTHER_GROUNDS or know.is_visit(line.code):
            continue
        table = know.pairs(line)
        if (
            table is None
            or not table.edition.whole
            or not table.edition.covers(line.since)
            or know.in_any(line.code, "mammography-diagnostic")
        ):
            continue
        if line.code == "77067" or has_pair(claim, know, number):
            continue
        if sum(other.code == line.code for other in claim.lines) > 1:
            continue
        modifier = next(one for one in DISTINCT if line.has(one))
        yield say(
            line.slot(modifier),
            f"{line.code}-{modifier}: no pair of codes on this claim asks for {modifier}, so it does nothing here. Remove "
            "it, unless a code of another claim of the day is meant.",
            line=number,
            fixes=[remove(line, modifier, preferred=False)],
            unneeded=True,
        )

"""Two bundled codes on the same side: the side does not part them.

## What it does
Speaks when a claim has both codes of a pair whose modifier indicator is 1, and all that parts them is a side, finger, toe,
eyelid or artery which is the same on both lines.

## Why it matters
Such modifiers lift an edit because the other side is another site. On the same side both codes were done at one site, and
in the same region one is part of the other. A payer's system may let it pass; an audit will not.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,29881,RT,1,24
P1,2025-10-15,20610,RT,1,24
                    ^^ L1007
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,29881,RT,1,24
P1,2025-10-15,20610,LT,1,24
```

## Source
NCCI procedure-to-procedure edits, as imported; NCCI Policy Manual 2026 chapter I, page 15.

## Payers
A warning for all. Needs the table: `superbill catalog import` reads it.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import PTP
from superbill.charges.model import Claim
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove_line
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._pairs import by_line


@rule(
    id="L1007",
    lines=2,
    name="pair-on-same-side",
    severity="warning",
    scope="claim",
    needs="ptp-",
    editions=(PTP,),
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """A pair of indicator 1 with the same side on both lines."""
    for one, related, more in by_line(claim, know, "L1007"):
        pair, line = one.pair, claim.lines[one.at]
        side = one.modifiers[0]
        yield say(
            line.slot(side),
            f"{pair.second}-{side} with {pair.first}-{side} on one day: {pair.first} takes it in{more}, and {side} on both "
            "lines shows no separate site. Correct the side if it is wrong; else remove the line, unless the note shows a "
            "separate encounter or site.",
            line=one.at,
            related=related,
            fixes=[remove_line(f"Remove the {pair.second} line")],
        )

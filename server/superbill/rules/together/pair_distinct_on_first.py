"""59 on the first code of a pair, before it counted there.

## What it does
Speaks when a claim of a day before 2019-07-01 has both codes of a pair whose modifier indicator is 1, and 59 or an X
modifier stands on the column 1 line only.

## Why it matters
Until then Medicare looked for 59 and the X modifiers on the column 2 line alone, and denied that line. Old claims come up
in appeals and audits.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2019-06-15,45385,59,1,24
                    ^^ L1006
P1,2019-06-15,45380,,1,24
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2019-07-15,45385,59,1,24
P1,2019-07-15,45380,,1,24
```

## Source
NCCI procedure-to-procedure edits, as imported; CMS Change Request 11168.

## Payers
Medicare Part B; other payers may still look at column 2 alone. Needs the table: `superbill catalog import` reads it.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import PTP
from superbill.charges.model import Claim, Part
from superbill.rules.base import Draft, Related, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._pairs import EITHER, conflicts
from superbill.rules.together.pair_wrong_line import move


@rule(
    id="L1006",
    lines=2,
    name="pair-distinct-on-first-line",
    severity="warning",
    scope="claim",
    needs="ptp-",
    modifiers=("59", "XE", "XS", "XP", "XU"),
    editions=(PTP,),
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """59 or X on column 1 alone, before it counted there."""
    for one in conflicts(claim, know, "L1006"):
        pair, line = one.pair, claim.lines[one.first]
        modifier = one.modifiers[0]
        yield say(
            line.slot(modifier),
            f"{line.code}-{modifier}: {pair.second} bundles into {line.code}, and before {EITHER} {modifier} parted them "
            f"only on the {pair.second} line. Move it there.",
            line=one.first,
            related=[Related(one.at, Part("code"), f"{pair.second}, which {pair.first} takes in")],
            fixes=[move(one.at, line.modifiers.index(modifier), modifier, pair.second)],
        )

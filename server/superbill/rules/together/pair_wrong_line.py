"""The modifier stands on the code that is paid anyway, not on the one that is denied.

## What it does
Speaks when a claim has both codes of a pair whose modifier indicator is 1, the column 2 line has no modifier that parts
them, and the column 1 line has one that must stand on column 2: a side, finger, toe, eyelid or artery, 27, 58, 78, 79 or
91. 59 and the X modifiers may stand on either line.

## Why it matters
Contractors look for these modifiers on the column 2 line. On the other they lift nothing, and the column 2 code is denied.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,45385,79,1,24
                    ^^ L1005
P1,2025-10-15,45380,,1,24
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,45385,,1,24
P1,2025-10-15,45380,79,1,24
```

## Source
NCCI procedure-to-procedure edits, as imported; First Coast (a Medicare contractor) on which line carries the modifier. The
NCCI Policy Manual gives no general rule.

## Payers
Medicare contractors; other payers may differ. Needs the table: `superbill catalog import` reads it.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import PTP
from superbill.charges.dialect import AddModifiers, RemoveModifiers
from superbill.charges.model import Claim, Part
from superbill.rules.base import Draft, Fix, Related, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._pairs import ANATOMIC, conflicts


@rule(
    id="L1005",
    lines=2,
    name="pair-modifier-on-wrong-line",
    severity="warning",
    scope="claim",
    needs="ptp-",
    editions=(PTP,),
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """A pair of indicator 1 with its modifier on column 1 only."""
    for one in conflicts(claim, know, "L1005"):
        pair, line = one.pair, claim.lines[one.first]
        modifier = one.modifiers[0]
        if modifier in ANATOMIC:
            todo = (
                f"If {pair.second} was done elsewhere, say where on its own line, or put XS or 59 on it; else remove it"
            )
            fixes = []
        else:
            todo = f"If it is true of {pair.second}, move it there; else remove {pair.second}"
            fixes = [move(one.at, line.modifiers.index(modifier), modifier, pair.second)]
        yield say(
            line.slot(modifier),
            f"{line.code}-{modifier}: {pair.second} bundles into {line.code}, and {modifier} parts them only on the "
            f"{pair.second} line. {todo}.",
            line=one.first,
            related=[Related(one.at, Part("code"), f"{pair.second}, which {pair.first} takes in")],
            fixes=fixes,
        )


def move(to: int, slot: int, modifier: str, code: str) -> Fix:
    """Take a modifier off one line and put it on another. Never preferred: it decides what is paid."""
    return Fix(
        f"Move {modifier} to the {code} line",
        (RemoveModifiers((slot,)),),
        also=((to, AddModifiers((modifier,))),),
    )

"""A modifier that does not part two bundled codes.

## What it does
Speaks when a claim has both codes of a pair whose modifier indicator is 1, no modifier of the list that parts pairs, but
22, 51, 52, 53, 76 or 77, as if that would.

## Why it matters
The manual names 22, 76 and 77 as modifiers that do not bypass an edit, and the others are not in its list. The column 2
code is denied as if nothing stood there.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,45385,,1,24
P1,2025-10-15,45380,51,1,24
                    ^^ L1004
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,45385,,1,24
P1,2025-10-15,45380,59 51,1,24
```

## Source
NCCI procedure-to-procedure edits, as imported; NCCI Policy Manual 2026 chapter I, page 14.

## Payers
The list is Medicare's; other payers borrow it. Needs the table: `superbill catalog import` reads it.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import PTP
from superbill.charges.model import Claim
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove_line
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._pairs import by_line
from superbill.rules.together.pair_bundled import mends


@rule(
    id="L1004",
    lines=2,
    name="pair-modifier-in-vain",
    severity="warning",
    scope="claim",
    needs="ptp-",
    editions=(PTP,),
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """A pair of indicator 1 with modifiers that do not part it."""
    for one, related, more in by_line(claim, know, "L1004"):
        pair, line = one.pair, claim.lines[one.at]
        named = next((modifier for modifier in one.modifiers if line.has(modifier)), one.modifiers[0])
        visit = know.is_visit(pair.second)
        yield say(
            line.slot(named),
            f"{pair.second} bundles into {pair.first}{more}, and {named} does not part them. If they were distinct, put "
            f"{'25' if visit else 'XE, XS, XP, XU or 59'} on {pair.second}; else remove it.",
            line=one.at,
            related=related,
            fixes=[*mends(visit), remove_line(f"Remove the {pair.second} line")],
        )

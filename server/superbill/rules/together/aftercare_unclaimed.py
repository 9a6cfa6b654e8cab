"""Surgery billed without its aftercare, and nobody who bills the aftercare.

## What it does
Speaks about a line with 54 when no line of the same patient, day and code carries 55. Aftercare is usually billed with the
day of the operation; where a payer wants another day, or the other provider bills elsewhere, the rule cannot see it.

## Why it matters
54 gives up the share for the weeks after the operation. If nobody takes it over, money is lost, or 54 was a mistake.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,66984,54 RT,1,24
                    ^^ L1039
```

## Instead
```csv
patient,npi,dos,cpt,mod,units,pos
P1,1234567893,2025-10-15,66984,54 RT,1,24
P1,1111111112,2025-10-15,66984,55 RT,1,11
```

## Source
How the two modifiers divide the package; no CMS text says that both must be found together.

## Payers
Off unless switched on: most files hold one provider's lines, and the aftercare is in another's.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Claim
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._lines import charged, one_day


@rule(
    id="L1039",
    name="surgery-without-aftercare",
    severity="information",
    scope="claim",
    modifiers=("54",),
    status="off",
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """54 and no 55."""
    for number, line in enumerate(claim.lines):
        if not line.code or not line.has("54") or line.has("55") or not charged(line):
            continue
        if any(other.code == line.code and other.has("55") and one_day(line, other) for other in claim.lines):
            continue
        yield say(
            line.slot("54"),
            f"{line.code}-54: the care after the operation is left to another, and no line with 55 claims it. Check who "
            "takes it over.",
            line=number,
        )

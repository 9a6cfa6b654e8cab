r"""A credit that takes back a charge which is not there.

## What it does
Speaks when the file holds a credit (FT1-6 is CR or CD) and no charge of the same patient, day and code.

## Why it matters
The charge may stand in an earlier file. If it does not, the credit has the wrong code or day, and the account will not
balance.

## Example
```hl7
MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.5.1
PID|1||P1
FT1|1|||20251015||CR|4711^CT|||1|||||||||||||||76380^CT^C4|26
                                               ^^^^^ E226
```

## Instead
```hl7
MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.5.1
PID|1||P1
FT1|1|||20251015||CG|4711^CT|||1|||||||||||||||76380^CT^C4|26
FT1|2|||20251015||CR|4711^CT|||1|||||||||||||||76380^CT^C4|26
```

## Source
HL7 v2, chapter 6 (financial management), segment FT1: FT1-6. That a credit repeats the charge it takes back is practice.

## Payers
Not a matter of payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Claim, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="E226", name="credit-without-charge", severity="information", scope="claim", lines=0, credits=True)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """A credit without the charge of its code on the day."""
    for number, credit in enumerate(claim.credits):
        if credit.code and not any(line.code == credit.code for line in claim.lines):
            yield say(
                Part("code"),
                f"{credit.code}: this credit takes back a charge that is not in this file. If it was not sent earlier, see whether "
                "code and date are those of the charge.",
                line=len(claim.lines) + number,
            )

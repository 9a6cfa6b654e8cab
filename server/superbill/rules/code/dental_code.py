"""A dental code on a medical claim.

## What it does
Notes a D code on a line of which the file says that it is on a professional claim: SV1 in an 837, a claim of the type
professional, a column that says so.

## Why it matters
D codes are the dentists' own set and go on the dental claim (837D). A medical payer takes few of them; for most it wants
a CPT code.

## Example
```x12
ST*837*0001*005010X222A1~
CLM*A1*120***11:B:1*Y*A*Y*Y~
HI*ABK:K5720~
LX*1~
SV1*HC:D0220*120*UN*1***1~
       ^^^^^ C313
DTP*472*D8*20251015~
SE*7*0001~
```

```csv
dos,cpt,mod,units,pos,claim_type
2025-10-15,D0220,,1,11,professional
           ^^^^^ C313
```

## Instead
```csv
dos,cpt,mod,units,pos,claim_type
2025-10-15,70300,26,1,11,professional
```

## Source
CDT, the code set of the American Dental Association; X12 has a transaction of its own for dental claims.

## Payers
Some medical plans take D codes for oral surgery and appliances. It is information for all.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge

#: How files begin what they write for a line of a professional claim.
_PROFESSIONAL = ("p", "carrier", "1500", "837p", "cms", "hcfa")


@rule(id="C313", name="dental-code", severity="information")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A D code where the file says that the claim is professional."""
    if not line.code.startswith("D") or not line.setting.startswith(_PROFESSIONAL):
        return
    yield say(
        Part("code"),
        f"{line.code}: a dental code, and this is a medical claim. Use the dental claim, or the CPT code of the service, "
        "unless this plan asks for dental codes.",
    )

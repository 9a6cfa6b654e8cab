"""Anesthesia time in units, or minutes on another service.

## What it does
Speaks when the file says that the time of an anesthesia code is in units (UN) and not in minutes (MJ), and when minutes are
given for a code that is no anesthesia. An 837 says so in SV103, a FHIR item by the unit of its quantity (min). Left out are 01996, which is counted by day, and 01995.

## Why it matters
Medicare and most payers work out anesthesia time from minutes. Units are read as minutes or rejected, and the payment is
a fraction.

## Example
```x12
ST*837*0001*005010X222A1~
CLM*A1*120***22:B:1*Y*A*Y*Y~
HI*ABK:K5720~
LX*1~
SV1*HC:00790:AA*120*UN*95***1~
                    ^^ E205
DTP*472*D8*20251015~
SE*7*0001~
```

```json
{
 "resourceType": "Claim", "id": "c1", "status": "active", "use": "claim",
 "type": {"coding": [{"code": "professional"}]},
 "patient": {"reference": "Patient/1"},
 "item": [{
  "sequence": 1,
  "productOrService": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "00790"}]},
  "modifier": [{"coding": [{"system": "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", "code": "AA"}]}],
  "servicedDate": "2025-10-15",
  "quantity": {"value": 95, "unit": "units"}
                                     ^^^^^ E205
 }]
}
```

## Instead
```x12
ST*837*0001*005010X222A1~
CLM*A1*120***22:B:1*Y*A*Y*Y~
HI*ABK:K5720~
LX*1~
SV1*HC:00790:AA*120*MJ*95***1~
DTP*472*D8*20251015~
SE*7*0001~
```

```json
{
 "resourceType": "Claim", "id": "c1", "status": "active", "use": "claim",
 "type": {"coding": [{"code": "professional"}]},
 "patient": {"reference": "Patient/1"},
 "item": [{
  "sequence": 1,
  "productOrService": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "00790"}]},
  "modifier": [{"coding": [{"system": "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", "code": "AA"}]}],
  "servicedDate": "2025-10-15",
  "quantity": {"value": 95, "unit": "min"}
 }]
}
```

## Source
Medicare Claims Processing Manual chapter 12, section 50: anesthesia time is reported in minutes. NCCI Policy Manual 2026
chapter II, page 6, for 01996.

## Payers
Some commercial payers and Medicaid programs still take units of 15 minutes.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge

_BY_DAY = ("01995", "01996")


@rule(id="E205", name="anesthesia-measure", severity="warning")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """The measure of the units against the kind of code."""
    if not line.code or line.basis not in ("UN", "MJ") or line.setting == "facility":
        return
    anesthesia = know.is_anesthesia(line.code)
    if anesthesia and line.basis == "UN" and line.code not in _BY_DAY and line.units is not None and line.units > 1:
        yield say(
            Part("basis"),
            f"{line.code}: anesthesia time is reported in minutes, and this says that the number counts units. Give the minutes "
            "from start to end, and say that they are minutes (MJ in an 837).",
            fixes=[write(Part("basis"), "MJ", "The number is in minutes: say so", preferred=False)],
        )
    elif line.basis == "MJ" and not anesthesia:
        yield say(
            Part("basis"),
            f"{line.code}: minutes are for anesthesia codes. Give the number of units, and say that they are units (UN in an 837).",
            fixes=[write(Part("basis"), "UN", "The number is in units: say so", preferred=False)],
        )

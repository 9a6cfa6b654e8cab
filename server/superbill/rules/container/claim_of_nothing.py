"""A claim for payment with a total of zero.

## What it does
Speaks when a claim sent for payment (BHT06 is CH; in FHIR a Claim whose use is claim) has a total of 0 and lines other than quality codes.

## Why it matters
There is nothing to pay. In an 837 reports of encounters are sent with RP; a charge was perhaps left out.

## Example
```x12
ST*837*0001*005010X222A1~
BHT*0019*00*1*20251016*1200*CH~
CLM*A1*0***22:B:1*Y*A*Y*Y~
       ^ E216
HI*ABK:K5720~
LX*1~
SV1*HC:76380:26*0*UN*1***1~
DTP*472*D8*20251015~
SE*8*0001~
```

```json
{
 "resourceType": "Claim", "id": "c1", "status": "active", "use": "claim",
 "type": {"coding": [{"code": "professional"}]},
 "patient": {"reference": "Patient/1"},
 "diagnosis": [{"sequence": 1, "diagnosisCodeableConcept": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "K57.20"}]}}],
 "item": [{
  "sequence": 1,
  "diagnosisSequence": [1],
  "productOrService": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "76380"}]},
  "modifier": [{"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "26"}]}],
  "servicedDate": "2025-10-15",
  "quantity": {"value": 1},
  "net": {"value": 0, "currency": "USD"}
 }],
 "total": {"value": 0, "currency": "USD"}
                    ^ E216
}
```

## Instead
```x12
ST*837*0001*005010X222A1~
CLM*A1*120***22:B:1*Y*A*Y*Y~
HI*ABK:K5720~
LX*1~
SV1*HC:76380:26*120*UN*1***1~
DTP*472*D8*20251015~
SE*7*0001~
```

```json
{
 "resourceType": "Claim", "id": "c1", "status": "active", "use": "claim",
 "type": {"coding": [{"code": "professional"}]},
 "patient": {"reference": "Patient/1"},
 "diagnosis": [{"sequence": 1, "diagnosisCodeableConcept": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "K57.20"}]}}],
 "item": [{
  "sequence": 1,
  "diagnosisSequence": [1],
  "productOrService": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "76380"}]},
  "modifier": [{"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "26"}]}],
  "servicedDate": "2025-10-15",
  "quantity": {"value": 1},
  "net": {"value": 120, "currency": "USD"}
 }],
 "total": {"value": 120, "currency": "USD"}
}
```

## Source
Clearinghouse edits on 837 claims as published; X12 005010X222A1 (professional) and 005010X223A2 (institutional), BHT06 and CLM02.
HL7 FHIR R4 and R5, Claim.use and Claim.total.

## Payers
Varies; most reject it.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(
    id="E216", name="claim-of-nothing", severity="warning", scope="problem", kinds=("x12-zero-total", "fhir-zero-total")
)
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """A chargeable claim with the total 0."""
    yield say(
        problem.part,
        "This claim asks for payment and its total is 0. Enter the charges"
        + (", or send it as a report (BHT06 RP)." if problem.kind == "x12-zero-total" else "."),
    )

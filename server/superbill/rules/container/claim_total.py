"""A claim whose total is not the sum of its lines.

## What it does
Speaks when CLM02 of an 837 differs from the sum of the charges of the service lines, and when the total of a FHIR Claim
differs from the sum of the net amounts of its items, if all of them have one.

## Why it matters
A claim has to add up. A claim that does not is rejected before anybody looks at its codes.

## Example
```x12
ST*837*0001*005010X222A1~
CLM*A1*150***22:B:1*Y*A*Y*Y~
       ^^^ E209
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
 "total": {"value": 150, "currency": "USD"}
                    ^^^ E209
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
X12 005010X222A1 (professional) and 005010X223A2 (institutional), CLM02 and the balancing of the claim with its lines.
HL7 FHIR R4 and R5, Claim.total: the value of all items together.

## Payers
The transaction standard; the same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge


@rule(id="E209", name="claim-total", severity="error", scope="problem", kinds=("x12-total", "fhir-total"))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """CLM02, or the total of a FHIR claim, against the lines."""
    total, summed, count = problem.data
    lines = "its line says" if count == "1" else f"its {count} lines add up to"
    yield say(
        problem.part,
        f"The claim says {total} and {lines} {summed}. Correct the total, or the line that is wrong.",
        fixes=[write(problem.part, summed, f"Set the total to {summed}", preferred=False)],
    )

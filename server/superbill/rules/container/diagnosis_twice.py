r"""A diagnosis that stands twice in a claim.

## What it does
Speaks when the HI segment of an 837, FT1-19 of an HL7 charge or the diagnoses of a FHIR claim or of a line in a charge
sheet list the same code a second time. In FHIR a code may come again as another kind of diagnosis, such as the one at
admission.

## Why it matters
Receivers reject repeats, and pointers to either of them say the same.

## Example
```x12
ST*837*0001*005010X222A1~
CLM*A1*120***22:B:1*Y*A*Y*Y~
HI*ABK:K5720*ABF:K5720~
                 ^^^^^ E214
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
 "diagnosis": [
  {"sequence": 1, "diagnosisCodeableConcept": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "K57.20"}]}},
  {"sequence": 2, "diagnosisCodeableConcept": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "K57.20"}]}}
                                                                                                                   ^^^^^^ E214
 ],
 "item": [{
  "sequence": 1,
  "diagnosisSequence": [1],
  "productOrService": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "76380"}]},
  "modifier": [{"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "26"}]}],
  "servicedDate": "2025-10-15",
  "quantity": {"value": 1}
 }]
}
```

```hl7
MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.5.1
PID|1||P1
FT1|1|||20251015||CG|4711^CT|||1|||||||||K57.20~K57.20||||||76380^CT^C4|26
                                                ^^^^^^ E214
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
 "diagnosis": [
  {"sequence": 1, "diagnosisCodeableConcept": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "K57.20"}]}},
  {"sequence": 2, "diagnosisCodeableConcept": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "R10.9"}]}}
 ],
 "item": [{
  "sequence": 1,
  "diagnosisSequence": [1],
  "productOrService": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "76380"}]},
  "modifier": [{"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "26"}]}],
  "servicedDate": "2025-10-15",
  "quantity": {"value": 1}
 }]
}
```

```hl7
MSH|^~\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.5.1
PID|1||P1
FT1|1|||20251015||CG|4711^CT|||1|||||||||K57.20~R10.9||||||76380^CT^C4|26
```

## Source
Clearinghouse edits on 837 claims as published; X12 005010X222A1 (professional) and 005010X223A2 (institutional), HI. HL7 v2,
chapter 6, FT1-19; HL7 FHIR R4 and R5, Claim.diagnosis: neither has a use for the same diagnosis twice.

## Payers
The transaction standard; the same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(
    id="E214",
    name="diagnosis-twice",
    severity="warning",
    scope="problem",
    kinds=("x12-diagnosis-twice", "hl7-diagnosis-twice", "fhir-diagnosis-twice", "sheet-diagnosis-twice"),
)
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """The same code twice among the diagnoses of a claim or charge."""
    yield say(
        problem.part,
        f"{problem.data[0]} is listed as a diagnosis of this claim already. Take one out, and see that the pointers still fit.",
    )

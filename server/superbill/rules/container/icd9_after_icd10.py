r"""Diagnoses marked as ICD-9 on services after ICD-10 began.

## What it does
Speaks when the services are of 2015-10-01 or later and a diagnosis is marked as ICD-9: by the qualifiers BK or BF in the
HI segment of an 837, by the name of its code set in FT1-19 of an HL7 charge (I9, I9C), or by its code system in a FHIR
claim.

## Why it matters
The qualifier names the code set. ICD-9 ended with services of 2015-09-30, so the claim is rejected.

## Example
```x12
ST*837*0001*005010X222A1~
CLM*A1*120***22:B:1*Y*A*Y*Y~
HI*BK:K5720~
   ^^ E213
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
  {"sequence": 1, "diagnosisCodeableConcept": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-9-cm", "code": "K57.20"}]}}
                                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ E213
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
FT1|1|||20251015||CG|4711^CT|||1|||||||||K57.20^^I9C||||||76380^CT^C4|26
                                                 ^^^ E213
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
  {"sequence": 1, "diagnosisCodeableConcept": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "K57.20"}]}}
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
FT1|1|||20251015||CG|4711^CT|||1|||||||||K57.20^^I10C||||||76380^CT^C4|26
```

## Source
ICD-10 applies to services from 2015-10-01 (CMS). X12 005010X222A1 (professional) and 005010X223A2 (institutional), HI01-1: ABK and ABF for ICD-10, BK and BF for ICD-9.
HL7 table 0396: I9C and I10C. HL7 Terminology (THO): http://hl7.org/fhir/sid/icd-9-cm and icd-10-cm.

## Payers
The transaction standard; the same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.dialect import SetValue
from superbill.charges.model import Problem
from superbill.rules.base import Draft, Fix, rule, say
from superbill.rules.knowledge import Knowledge

#: What marks ICD-10 diagnoses in an 837.
_NEW = dict.fromkeys(("BK", "BF"), "ABK and ABF")


@rule(
    id="E213", name="icd9-after-icd10", severity="error", scope="problem", kinds=("x12-icd9", "hl7-icd9", "fhir-icd9")
)
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """The mark of ICD-9 on a claim of 2015-10-01 or later."""
    value, wanted, shaped, _ = problem.data
    codes = (
        "the codes look like ICD-10, so correct the qualifier"
        if shaped
        else f"use ICD-10 codes with {_NEW.get(value, wanted)}"
    )
    fixes = [Fix(f"Write {wanted}", (SetValue(problem.part, wanted),))] if shaped else []
    yield say(
        problem.part,
        f"{value} marks an ICD-9 diagnosis, and these services are of the time of ICD-10; {codes}.",
        fixes=fixes,
    )

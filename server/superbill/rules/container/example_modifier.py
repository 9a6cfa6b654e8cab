"""A modifier from the example list of the FHIR specification.

## What it does
Speaks when a modifier is from the code system `modifiers` that the specification brings as an example.

## Why it matters
Those codes are made up for the pages of the specification. No payer knows them.

## Example
```json
{
 "resourceType": "Claim", "id": "c1", "status": "active", "use": "claim",
 "type": {"coding": [{"code": "professional"}]},
 "patient": {"reference": "Patient/1"},
 "diagnosis": [{"sequence": 1, "diagnosisCodeableConcept": {"coding": [{"code": "K57.20"}]}}],
 "item": [{
  "sequence": 1,
  "diagnosisSequence": [1],
  "productOrService": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "76380"}]},
  "modifier": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/modifiers", "code": "26"}]}],
                                                                                                  ^^ E231
  "servicedDate": "2025-10-15",
  "quantity": {"value": 1}
 }]
}
```

## Instead
```json
{
 "resourceType": "Claim", "id": "c1", "status": "active", "use": "claim",
 "type": {"coding": [{"code": "professional"}]},
 "patient": {"reference": "Patient/1"},
 "diagnosis": [{"sequence": 1, "diagnosisCodeableConcept": {"coding": [{"code": "K57.20"}]}}],
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

## Source
HL7 FHIR R4 and R5, binding of item.modifier: the value set is an example.

## Payers
Not a matter of payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="E231", name="example-modifier", severity="warning", scope="problem", kinds=("fhir-example-modifier",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """A modifier of the example code system."""
    yield say(
        problem.part,
        f"{problem.data[0]} is marked as one of the specification's example codes, which no payer knows. Use the CPT or HCPCS "
        "code system for modifiers.",
    )

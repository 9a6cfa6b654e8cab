"""CPT or HCPCS under a name that is not their registered one.

## What it does
Speaks when the system of a procedure code means CPT or HCPCS and is written in a way that no registry knows: https for http, a
slash too many, the bare word CPT, an OID without its prefix.

## Why it matters
Systems compare the name letter by letter. Under another name the code is from an unknown code system.

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
  "productOrService": {"coding": [{"system": "https://www.ama-assn.org/go/cpt", "code": "76380"}]},
                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ E230
  "modifier": [{"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "26"}]}],
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
HL7 Terminology (THO): CPT is http://www.ama-assn.org/go/cpt, HCPCS Level II is
https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets.

## Payers
Not a matter of payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge


@rule(id="E230", name="code-system-name", severity="warning", scope="problem", kinds=("fhir-system",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """A system that is CPT or HCPCS under another name."""
    given, wanted = problem.data
    yield say(
        problem.part,
        f"{given} is not the registered name of this code system, so receivers do not know the code. Write {wanted}.",
        fixes=[write(problem.part, wanted)],
    )

"""Two different codes of one code system for one service.

## What it does
Speaks when the codings of productOrService hold two codes of the same system that differ. The first is the one that is
checked.

## Why it matters
Codings of a concept are translations of one another. Two CPT codes are two services, and the receiver takes either.

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
  "productOrService": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "76380"}, {"system": "http://www.ama-assn.org/go/cpt", "code": "76376"}]},
                                                                                        ^^^^^ E233
  "modifier": [{"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "26"}]}],
  "servicedDate": "2025-10-15",
  "quantity": {"value": 1}
 }]
}
```

```csv
dos,cpt,hcpcs,mod,units,pos
2025-10-15,96372,J1885,,1,11
           ^^^^^ E233
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

```csv
dos,cpt,hcpcs,mod,units,pos
2025-10-15,96372,,,1,11
2025-10-15,,J1885,,1,11
```

## Source
HL7 FHIR R4 and R5, CodeableConcept: its codings mean the same.

## Payers
Not a matter of payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(
    id="E233",
    name="two-codes",
    severity="warning",
    scope="problem",
    kinds=("fhir-two-codes", "row-two-codes", "sheet-two-codes"),
)
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """Two codes of a system in one concept."""
    code, other = problem.data
    if problem.kind != "fhir-two-codes":
        yield say(
            problem.part,
            f"This line has two codes, {code} and {other}, and is checked as {code} alone. Keep the one that is billed, or "
            "give the other a line of its own.",
            severity="information",
        )
        return
    yield say(
        problem.part,
        f"{code} and {other} stand for one service here, and are two. Keep the one that was done, or make two items.",
    )

"""A sequence that points nowhere, or stands twice.

## What it does
Speaks when diagnosisSequence or careTeamSequence names an entry that the claim does not have, and when two items have one
sequence.

## Why it matters
The receiver cannot tell why the service was done, or who did it; answers by item number go to the wrong item.

## Example
```json
{
 "resourceType": "Claim", "id": "c1", "status": "active", "use": "claim",
 "type": {"coding": [{"code": "professional"}]},
 "patient": {"reference": "Patient/1"},
 "diagnosis": [{"sequence": 1, "diagnosisCodeableConcept": {"coding": [{"code": "K57.20"}]}}],
 "item": [{
  "sequence": 1,
  "diagnosisSequence": [3],
                        ^ E235
  "productOrService": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "76380"}]},
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
HL7 FHIR R4 and R5, Claim.item.sequence, diagnosisSequence, careTeamSequence.

## Payers
Not a matter of payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="E235", name="sequence-nowhere", severity="error", scope="problem", kinds=("fhir-sequence",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """Sequences without their entry, or used twice."""
    kind, number, *count = problem.data
    if kind == "item":
        yield say(problem.part, f"Two items have the sequence {number}. Give each its own.")
        return
    what = "diagnosis" if kind == "diagnosis" else "member of the care team"
    has = f"{count[0]} of them" if count[0] != "0" else "none"
    yield say(
        problem.part,
        f"{number} names a {what} that this claim does not have; it has {has}. Correct the number, or add the entry.",
    )

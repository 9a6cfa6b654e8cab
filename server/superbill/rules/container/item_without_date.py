"""An item without a date, in a claim without a period.

## What it does
Speaks when an item has neither servicedDate nor servicedPeriod and the claim no billablePeriod.

## Why it matters
Without a day nobody can say which codes were valid, what they paid, and what was done together.

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
                                                                                        ^^^^^ E234
  "modifier": [{"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "26"}]}],
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
HL7 FHIR R4 and R5, Claim.item.serviced[x] and Claim.billablePeriod.

## Payers
All payers want the date of service.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="E234", name="item-without-date", severity="warning", scope="problem", kinds=("fhir-no-date",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """An item of which nothing says when it was done."""
    yield say(
        problem.part,
        "Nothing says when this was done: the item has no servicedDate, and the claim no billablePeriod. Add the date of service.",
    )

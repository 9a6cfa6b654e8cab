"""A modifier written behind the code with a hyphen.

## What it does
Speaks when the code of a coding is a procedure code, a hyphen and two characters. They are checked as code and modifier.

## Why it matters
No code system holds the two together, so the receiver finds no such code.

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
  "productOrService": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "76380-59"}]},
                                                                                        ^^^^^ E232
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
HL7 FHIR R4 and R5, Coding.code is a code of its system; item.modifier holds modifiers.

## Payers
Not a matter of payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.dialect import AddModifiers, SetValue
from superbill.charges.model import Problem
from superbill.rules.base import Draft, Fix, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="E232", name="modifier-in-code", severity="error", scope="problem", kinds=("fhir-code-hyphen",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """A code with a modifier behind it."""
    code, modifier = problem.data
    yield say(
        problem.part,
        f"{code}-{modifier} is no code of its system: {modifier} is a modifier and belongs in the item's modifier list.",
        fixes=[
            Fix(f"Move {modifier} to the modifiers", (SetValue(problem.part, code), AddModifiers((modifier,))), True)
        ],
    )

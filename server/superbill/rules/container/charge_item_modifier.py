"""A modifier among the codes of a charge item.

## What it does
Speaks when the code of a ChargeItem has a second coding that is a modifier.

## Why it matters
A ChargeItem has no element for modifiers, and codings of a concept are translations of one another: to a receiver the modifier
is the code.

## Example
```json
{
 "resourceType": "ChargeItem", "id": "x", "status": "billable",
 "code": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "76380"}, {"system": "http://www.ama-assn.org/go/cpt", "code": "26"}]},
                                                                           ^^^^^ E236
 "subject": {"reference": "Patient/1"}, "occurrenceDateTime": "2025-10-15", "quantity": {"value": 1}
}
```

## Instead
```json
{
 "resourceType": "ChargeItem", "id": "x", "status": "billable",
 "code": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "76380"}]},
 "subject": {"reference": "Patient/1"}, "occurrenceDateTime": "2025-10-15", "quantity": {"value": 1}
}
```

## Source
HL7 FHIR R4 and R5, ChargeItem has no modifier element.

## Payers
Not a matter of payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="E236", name="charge-item-modifier", severity="information", scope="problem", kinds=("fhir-modifier-as-code",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """A modifier as a coding of ChargeItem.code."""
    yield say(
        problem.part,
        f"{problem.data[0]} stands among the codes of this charge as if it meant the same. A charge item has no place for "
        "modifiers; agree on an extension with the receiver, or send a claim.",
    )

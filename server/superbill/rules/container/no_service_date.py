"""A service line without a date of service.

## What it does
Speaks when a service line of an 837P has no DTP segment with the qualifier 472. As a warning, when a line of a charge
sheet, or of a table that names patients or claims, leaves the field for its date empty. HL7 charges and FHIR items have
rules of their own (E221, E234).

## Why it matters
The date decides which codes, prices and edits apply. The standard requires it on every line. Lines without one are
left out when the lines of a day are compared.

## Example
```x12
ST*837*0001*005010X222A1~
CLM*A1*120***22:B:1*Y*A*Y*Y~
HI*ABK:K5720~
LX*1~
SV1*HC:76380:26*120*UN*1***1~
       ^^^^^ E206
SE*6*0001~
```

```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,76380,26,1,22
P2,,71046,26,1,22
   ^ E206
```

```yaml
- {patient: P1, dos: 2025-10-15, cpt: 76380, mod: 26, units: 1, pos: 22}
- {patient: P2, dos: "", cpt: 71046, mod: 26, units: 1, pos: 22}
                      ^ E206
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

```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,76380,26,1,22
P2,2025-10-15,71046,26,1,22
```

```yaml
- {patient: P1, dos: 2025-10-15, cpt: 76380, mod: 26, units: 1, pos: 22}
- {patient: P2, dos: 2025-10-15, cpt: 71046, mod: 26, units: 1, pos: 22}
```

## Source
X12 005010X222A1 (professional) and 005010X223A2 (institutional), loop 2400: the service date (DTP 472) is required on professional lines.

## Payers
The transaction standard; the same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(
    id="E206",
    name="no-service-date",
    severity="error",
    scope="problem",
    kinds=("x12-no-date", "row-no-date", "sheet-no-date"),
)
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """A service line without DTP*472, or with its date left empty."""
    if problem.kind != "x12-no-date":
        yield say(
            problem.part,
            "The date of service is empty. A claim line needs one, and without it this line is not checked together with "
            "the others of its day. Fill it in, also where the line above has it.",
            severity="warning",
        )
        return
    yield say(
        problem.part,
        "This service line has no date of service, and the standard requires one on every line. Add a DTP segment with the "
        "qualifier 472.",
    )

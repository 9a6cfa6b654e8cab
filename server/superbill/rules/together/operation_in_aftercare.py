"""A second procedure in the days of aftercare of an earlier operation, without a word on why.

## What it does
Looks at all days of a patient. Speaks about a procedure with 0, 10 or 90 global days by the provider of an earlier
operation with 10 or 90, after its day and within these days, when it carries none of 58, 78 and 79. Silent on lines with
76, 77 or 55 and on assistants; otherwise as L1032.

## Why it matters
In these days a procedure without such a modifier is taken for care of the first and denied. Which one it needs depends on
why it was done: planned or larger (58), back to the operating room for a complication (78), or unrelated (79).

## Example
```csv
patient,npi,dos,cpt,mod,units,pos
P1,1234567893,2025-09-01,66984,RT,1,24
P1,1234567893,2025-10-01,66984,LT,1,24
                         ^^^^^ L1033
```

## Instead
```csv
patient,npi,dos,cpt,mod,units,pos
P1,1234567893,2025-09-01,66984,RT,1,24
P1,1234567893,2025-10-01,66984,79 LT,1,24
```

## Source
CMS PFS relative value file, global days, and its record layout.

## Payers
A warning for all. Many payers follow Medicare's global days, some have their own.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import Part, Patient
from superbill.rules.base import Draft, Related, rule, say
from superbill.rules.fixes import add
from superbill.rules.knowledge import PACKAGED, Knowledge
from superbill.rules.together._periods import global_days, operations, within

_EXPLAINED = ("58", "78", "79", "76", "77", "55", "80", "81", "82", "AS")
_REASONS = {
    "58": "planned, or larger than the first, or treatment after it",
    "78": "back to the operating room for what the first led to",
    "79": "has nothing to do with the first",
}


@rule(
    id="L1033",
    lines=2,
    absence=True,
    name="procedure-in-aftercare",
    severity="warning",
    scope="patient",
    packages=("000", "010", "090"),
    editions=(FEES,),
)
def check(patient: Patient, know: Knowledge) -> Iterator[Draft]:
    """A procedure within the global days of an earlier operation, without 58, 78 or 79."""
    known = operations(patient, know)
    if not known:
        return
    for number, line in enumerate(patient.lines):
        if line.has(*_EXPLAINED) or global_days(line, know) not in PACKAGED or know.is_visit(line.code):
            continue
        for one in within(line, known):
            yield say(
                Part("code"),
                f"{line.code}: falls in the {one.days} days of aftercare of {one.line.code} of {one.done}, until "
                f"{one.until}, and is denied as part of it. Add 58, 78 or 79, whichever the note bears out.",
                line=number,
                related=[Related(one.number, Part("code"), f"{one.line.code}, {one.days} global days")],
                fixes=[add(modifier, because=why) for modifier, why in _REASONS.items()],
            )
            break

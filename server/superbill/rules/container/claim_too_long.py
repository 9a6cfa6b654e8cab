"""More lines of one patient and day, or one claim and day, than any claim has.

## What it does
Speaks once, on the first line, when more than 200 lines of a file name the same patient (or claim) and date.

## Why it matters
Such a column usually says the same in every row: a practice number taken for a patient, an export with a constant in
it. Lines that are no claim together are not checked against each other, and that must not look like a clean file.

## Example
The row stands 201 times in the file.

```csv rows=201
patient,dos,cpt,mod,units,pos
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ E254
P1,2025-10-15,76380,26,1,22
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,76380,26,1,22
P2,2025-10-15,76380,26,1,22
```

## Source
A professional claim holds 50 service lines (X12 837P); 200 leave room for several claims of one day.

## Payers
No payer has a say in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from superbill.charges.model import WHOLE
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="E254", name="claim-too-long", severity="information", scope="document")
def check(facts: Mapping[str, int], know: Knowledge) -> Iterator[Draft]:
    """Claims with more lines than are checked together."""
    count = facts.get("long claims", 0)
    if count:
        yield say(
            WHOLE,
            f"{count} {'patient and day has' if count == 1 else 'patients and days have'} more than "
            f"{facts['longest']} lines, so those lines were not checked against each other. See whether the patient or "
            "claim column says the same in every row.",
        )

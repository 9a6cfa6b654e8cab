"""A row or paragraph too long to be read.

## What it does
Tells that a row or paragraph of more than a million characters was left unread. It is said once for each.

## Why it matters
No charge is that long: usually line ends were lost, or an image or a report was pasted into a field.
Nothing in that row is checked.

## Example
Where the dots stand, more than a million characters follow.

```csv long
dos,cpt,mod,units,pos,comment
2025-10-14,76380,26,1,22,see report
2025-10-15,76380,26,1,22,and here a whole report …
^ E252
```

## Instead
```csv
dos,cpt,mod,units,pos,comment
2025-10-15,76380,26,1,22,see report
```

## Source
A limit of Superbill's own.

## Payers
Not a matter of payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Problem
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="E252", name="record-too-long", severity="information", scope="problem", kinds=("record-too-long",))
def check(problem: Problem, know: Knowledge) -> Iterator[Draft]:
    """More than a million characters in one record."""
    yield say(
        problem.part,
        "This row has more than a million characters and was left unread, so nothing in it is checked. "
        "Look for lost line ends or a document pasted into a field.",
    )

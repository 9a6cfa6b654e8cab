"""A date of service that has not come yet.

## What it does
Speaks when the first or last date of service lies after today.

## Why it matters
Only what was done can be billed. Clearinghouses reject the claim; mostly a month or a year was mistyped.

## Example
```csv
dos,cpt,mod,units,pos
2025-12-31,76380,26,1,22
^^^^^^^^^^ D1101
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,26,1,22
```

## Source
Claim edits of clearinghouses; common professional coding practice.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="D1101", name="future-date", severity="error")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A day after today."""
    today = know.today
    if line.since is not None and line.since > today:
        part, day = Part("date"), line.since
    elif line.until is not None and line.until > today:
        part, day = Part("date_to"), line.until
    else:
        return
    name = f"{line.code} is" if line.code else "This line is"
    yield say(part, f"{name} dated {day}, after today ({today}): only what was done can be billed. Check the date.")

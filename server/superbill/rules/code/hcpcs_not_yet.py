"""A HCPCS Level II code that did not exist yet on the date of service.

## What it does
Speaks when the date of service lies before the day on which CMS's file says a HCPCS Level II code was added.

## Why it matters
A new code counts from its first day, not for what was done before. Such a line is rejected; what was done
then has to be billed with the code of that day. Sometimes the date is what is wrong.

## Example
```csv
dos,cpt,mod,units,pos
2025-09-15,A2036,,1,11
           ^^^^^ C303
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-01,A2036,,1,11
```

## Source
CMS HCPCS Level II file, October 2025, date added.

## Payers
The code set is the same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import HCPCS
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.code._level2 import is_listed_kind
from superbill.rules.knowledge import Knowledge


@rule(id="C303", name="hcpcs-code-not-yet", severity="error", editions=(HCPCS,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Date of service before the day the code was added."""
    on = line.since
    if on is None or not is_listed_kind(line.code):
        return
    record = know.hcpcs(line.code, line.since)
    if record is not None and record.since is not None and on < record.since:
        yield say(
            Part("code"),
            f"{line.code}: the code starts on {record.since}, so it cannot be billed for {on}. Check the "
            "date, or use the code of that day.",
        )

"""A HCPCS Level II code that had ended before the date of service.

## What it does
Speaks when CMS's file gives a HCPCS Level II code a last day and the date of service lies after it. The last
day itself is still good. Where the file names a code to use instead, and that code was in force on the day,
it is offered.

## Why it matters
There is no grace period: a line with an ended code is rejected, whatever was done. Temporary drug codes
(C9...) end quarter by quarter, and many live on under a J or Q code.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,C9300,,1,22
           ^^^^^ C302
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-06-30,C9300,,1,22
2025-10-15,J9220,,1,22
```

## Source
CMS HCPCS Level II file, October 2025, termination date.

## Payers
The code set is the same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import HCPCS
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.code._level2 import is_listed_kind, successors
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge


@rule(id="C302", name="hcpcs-code-ended", severity="error", editions=(HCPCS,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Date of service after the last valid day."""
    code, on = line.code, line.since
    if on is None or not is_listed_kind(code):
        return
    record = know.hcpcs(code, on)
    if record is None or record.until is None or on <= record.until:
        return
    instead = successors(record, on, know)
    todo = f"CMS refers to {' or '.join(instead)}." if instead else "Look for the code that took its place."
    yield say(
        Part("code"),
        f"{code}: the code ended on {record.until}, so it cannot be billed for {on}. {todo}",
        fixes=[write(Part("code"), other, f"Change {code} to {other}", preferred=False) for other in instead],
    )

"""A HCPCS Level II code that CMS's file does not list.

## What it does
Speaks when a code looks like a HCPCS Level II code (a letter and four digits) and CMS's file does not hold
it, neither as a current nor as an ended code. It speaks only for dates of service that the file covers, and
never of dental codes (D and four digits), which belong to the dentists' association and are not in the file.
A line without a date is judged by today's date.

## Why it matters
Level II has one publisher and one file. A code that is not in it cannot be priced by anybody, and the claim
comes back unprocessed. Most often a digit was mistyped.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,J9998,,1,11
           ^^^^^ C301
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,J9999,,1,11
```

## Source
CMS HCPCS Level II file, October 2025.

## Payers
The code set is the same for all payers. Local codes of a state or a plan can be added to the workspace's own
list.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import HCPCS
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.code._level2 import is_listed_kind, near
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge


@rule(id="C301", name="hcpcs-code-unknown", severity="error", editions=(HCPCS,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Level II shape, not in the file, date inside the file's window."""
    code = line.code
    on = line.since or know.today
    if not is_listed_kind(code) or know.hcpcs(code, on) is not None or know.procedure(code) is not None:
        return
    if not know.edition(HCPCS, on).covers(on):
        return
    slips = near(code, on, know)
    fixes = [write(Part("code"), slips[0], f"Change {code} to {slips[0]}", preferred=False)] if len(slips) == 1 else []
    hint = f"{slips[0]} is one character away; check" if fixes else "Check"
    yield say(
        Part("code"),
        f"{code}: HCPCS has no such code, now or among the ended ones, so no payer can price it. {hint} "
        "what was meant.",
        fixes=fixes,
    )

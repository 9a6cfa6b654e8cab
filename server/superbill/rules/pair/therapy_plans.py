"""More than one therapy discipline on one line.

## What it does
Speaks when a line carries two or more of GN, GO and GP, or both CO and CQ. On ambulance lines GN and GP are
trips.

## Why it matters
GN, GO and GP name the plan of care: speech, occupational, physical. A service is given under one plan, and
the yearly amounts are counted by it. CO and CQ are assistants of different disciplines.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,97110,GP,GO,1,11
                    ^^ X716
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,97110,GP,,1,11
2025-10-15,97110,GP,CQ,1,11
```

## Source
CMS HCPCS file; CMS instructions on therapy claims.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.pair._beside import beside, keep_one, named


@rule(id="X716", name="therapy-plans-mixed", severity="error", modifiers=("GN", "GO", "GP", "CO", "CQ"))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Two of GN, GO, GP, or CO beside CQ."""
    for kind, what in ((("GN", "GO", "GP"), "plans of care"), (("CO", "CQ"), "assistants")):
        found = beside(line, know, *kind)
        if len(found) > 1:
            yield say(
                line.slot(found[-1]),
                f"{line.code}-{found[-1]}: {named(found)} are different {what}, and a service has "
                "one. Keep the one that applies.",
                fixes=keep_one(line, found),
            )

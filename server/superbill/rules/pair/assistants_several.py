"""More than one assistant-at-surgery modifier.

## What it does
Speaks when a line carries two or more of 80, 81, 82 and AS. AS beside one of the other three is only a
warning, because some payers ask for that.

## Why it matters
80, 81 and 82 say how a physician assisted; AS says that a physician assistant, nurse practitioner or clinical
nurse specialist did. They are priced differently, so the payer has to know which one it was.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,22612,80,82,1,21
                    ^^ X708
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,22612,80,,1,21
2025-10-15,22612,AS,,1,21
```

## Source
CMS HCPCS file for AS; contractor pages (Noridian: AS alone for those it is meant for).

## Payers
Noridian, a Medicare contractor, wants AS alone. Some commercial plans want 80, 81 or 82 beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.pair._beside import beside, keep_one, named


@rule(id="X708", name="several-assistant-modifiers", severity="error", modifiers=("80", "81", "82", "AS"))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Two or more of 80, 81, 82 and AS."""
    found = beside(line, know, "80", "81", "82", "AS")
    if len(found) < 2:
        return
    wanted = "AS" in found and len(found) == 2
    note = " Some plans do want AS with one of the others." if wanted and not know.profile.medicare else ""
    yield say(
        line.slot(found[-1]),
        f"{line.code}-{found[-1]}: {named(found)} are different assistants with different prices. "
        f"Keep the one that is true.{note}",
        fixes=keep_one(line, found),
        severity="warning" if wanted else None,
        payer=wanted,
    )

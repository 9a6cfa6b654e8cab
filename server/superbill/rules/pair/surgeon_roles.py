"""Co-surgeon, team and assistant modifiers on one line.

## What it does
Speaks when a line carries 62 together with 66, 80, 81, 82 or AS, or 66 together with 80, 81 or 82.

## Why it matters
Each modifier names the part this surgeon had in the operation, and each has its own price. A surgeon is one
of two, or one of a team, or the assistant of another, for one code on one day.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,22612,62,80,1,21
                    ^^ X707
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,22612,62,,1,21
```

## Source
CMS PFS record layout, co-surgeon, team and assistant indicators; an example of a Medicaid agency.

## Payers
The same for all payers. An assistant beside two co-surgeons is possible only after review, and on a claim of
the assistant's own.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.pair._beside import beside, keep_one, named

_ASSISTANTS = ("80", "81", "82", "AS")


@rule(id="X707", name="surgeon-roles-mixed", severity="error", modifiers=("62", "66", *_ASSISTANTS))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """62, 66 and an assistant modifier in any mixture."""
    found = beside(line, know, "62", "66", *_ASSISTANTS)
    leads = [modifier for modifier in found if modifier in ("62", "66")]
    assists = [modifier for modifier in found if modifier in _ASSISTANTS]
    if len(leads) < 2 and not ("62" in leads and assists) and not ("66" in leads and set(assists) - {"AS"}):
        return
    yield say(
        line.slot(found[-1]),
        f"{line.code}-{found[-1]}: {named(found)} name different parts in one operation, and a line "
        "can have one. Keep what this surgeon was.",
        fixes=keep_one(line, found),
    )

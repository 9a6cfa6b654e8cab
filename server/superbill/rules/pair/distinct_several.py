"""More than one of XE, XP, XS and XU.

## What it does
Speaks when a line carries two or more of XE, XP, XS and XU.

## Why it matters
Each names one reason why a service is distinct: encounter, practitioner, structure, or no overlap. One reason
opens the edit; several look like guessing and invite a request for records.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,76380,XE,XS,1,11
                    ^^ X705
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,76380,XE,,1,11
```

## Source
CMS HCPCS file: the four are separate subsets of 59. No text was found that forbids two in terms.

## Payers
Payers differ; one is enough everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.pair._beside import SUBSETS, beside, keep_one, named


@rule(id="X705", name="several-distinct-reasons", severity="warning", modifiers=SUBSETS)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Two or more of the subsets of 59."""
    found = beside(line, know, *SUBSETS)
    if len(found) < 2:
        return
    yield say(
        line.slot(found[-1]),
        f"{line.code}-{found[-1]}: {named(found)} give different reasons for one thing, and one "
        "reason is enough. Keep the one the note supports best.",
        fixes=keep_one(line, found),
    )

"""A CPT modifier that was withdrawn years ago.

## What it does
Speaks when a line carries modifier 21, which CPT withdrew with the year 2009, for a date of service since
then or without a date.

## Why it matters
No payer's system knows the modifier any more. The time beyond a visit's usual length is billed with a
prolonged service code today.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,99215,21,1,11
                 ^^ M403
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,99215,,1,11
```

## Source
CPT changes for 2009, as reported by a specialty society.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge
from superbill.rules.modifier._known import RETIRED


@rule(id="M403", name="modifier-retired", severity="error", modifiers=RETIRED)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A withdrawn CPT modifier on or after the day it ended."""
    for modifier in dict.fromkeys(line.mods):
        ended = RETIRED.get(modifier)
        if ended is None or (line.since is not None and line.since < ended):
            continue
        yield say(
            line.slot(modifier),
            f"{line.code}-{modifier}: CPT has had no such modifier since {ended.year}, so no payer takes it. "
            "Remove it; extra visit time has prolonged service codes.",
            fixes=[remove(line, modifier)],
        )

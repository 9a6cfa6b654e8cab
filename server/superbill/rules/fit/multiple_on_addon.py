"""Modifier 51 on an add-on code.

## What it does
Speaks when a line carries modifier 51 and the code is an add-on: it is in the CMS add-on list, or its global
days are ZZZ.

## Why it matters
An add-on always comes beside another procedure, and its price allows for that. With 51 a payer cuts it in
half for no reason, or rejects the line.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,22840,51,1,21
                 ^^ K561
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,22840,,1,21
```

## Source
CMS NCCI add-on code edits 2026 Q3; CMS PFS relative value file, global days ZZZ.

## Payers
The same everywhere, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge


@rule(id="K561", name="multiple-on-addon", severity="warning", modifiers=("51",))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """51 on a code of the add-on list or with global days ZZZ."""
    row = know.plain_row(line.code, line.since)
    addon = know.in_set(line.code, "addons") or (row is not None and row.global_days == "ZZZ")
    if not addon or know.is_visit(line.code):
        return
    yield say(
        line.slot("51"),
        f"{line.code}-51: an add-on is never cut as a second procedure, so 51 does not belong on it. Remove 51.",
        fixes=[remove(line, "51")],
    )

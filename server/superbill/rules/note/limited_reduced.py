"""Modifier 52 on 76380.

## What it does
Speaks when 76380 carries modifier 52, on a charge line or in a note.

## Why it matters
A limited scan is what 76380 stands for, so being limited is no reduction of it. 52 costs money and invites a question
that the report cannot answer.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,52,1,11
                 ^^ N1314
```
```md
CPT: 76380-26-52
              ^^ N1314
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,,1,11
```
```md
CPT: 76380-26
```

## Source
Coding press on codes that are limited by what they say; no CMS text was found.

## Payers
The same for all payers, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge


@rule(
    id="N1314",
    name="limited-ct-reduced",
    severity="warning",
    modifiers=("52",),
    codes=("76380",),
    cited=True,
)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """76380 with 52."""
    yield say(
        line.slot("52"),
        "76380-52: the code is for a limited scan as it stands, so limited is no reduction. Remove 52.",
        fixes=[remove(line, "52", preferred=False)],
    )

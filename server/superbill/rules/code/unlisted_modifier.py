"""A modifier that changes the amount of work, on a code that has no set amount of work.

## What it does
Speaks when an unlisted CPT code carries 22 or 52; and, as information, when it carries 50, 51 or 62 and no fee
schedule row is loaded that says whether they apply.

## Why it matters
22 and 52 say more or less than usual, and an unlisted code has no usual. What was done, on how many sides and
by how many surgeons belongs in the description that goes with the claim, and in the charge.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,22899,22,1,21
                 ^^ C315
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,27447,"22,RT",1,21
```

## Source
Coding practice; no CMS text says so. The fee schedule itself leaves many unlisted codes open to 50, 51 and
62.

## Payers
Payers differ, above all on 50 and 62.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.code._unlisted import JUDGED, MEASURED, misfits
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge


@rule(
    id="C315",
    name="unlisted-code-with-modifier",
    severity="warning",
    modifiers=MEASURED + JUDGED,
    codes=("unlisted",),
)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """22 or 52, or an unjudged 50, 51 or 62, on an unlisted code."""
    for modifier in misfits(line, know):
        measured = modifier in MEASURED
        why = "an unlisted code has no usual amount of work" if measured else "many payers take no such modifier here"
        yield say(
            line.slot(modifier),
            f"{line.code}-{modifier}: {why}. Say it in the description that goes with the claim, and set the charge.",
            fixes=[remove(line, modifier, preferred=False)],
            severity=None if measured else "information",
        )

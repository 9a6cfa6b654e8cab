"""An add-on code beside none of its listed primary codes, where payers may take others.

## What it does
Speaks about an add-on code of type 3 when its claim holds none of the primary codes that the table lists for it, but
some other service. Silent as L1010 is. When there is no other service at all, L1012 speaks instead.

## Why it matters
The listed primary codes must be accepted; whether another one is, each contractor decides. The line may be right, and
may be denied.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,71046,26,1,22
P1,2025-10-15,88311,26,1,22
              ^^^^^ L1011
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,88305,26,1,22
P1,2025-10-15,88311,26,1,22
```

## Source
CMS NCCI add-on code edits 2024 Q3; NCCI Policy Manual 2026 chapter I, page 36.

## Payers
Information for all: the payer's own list decides.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.indicators import primary_words
from superbill.catalog.store import ADDONS
from superbill.charges.model import Claim, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._addons import stands_alone, without_primary


@rule(
    id="L1011",
    lines=2,
    name="addon-with-unlisted-primary",
    severity="information",
    scope="claim",
    codes=("addons", "addons-ended"),
    editions=(ADDONS,),
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """A type 3 add-on beside something that is not listed for it."""
    if not any(stands_alone(line, know) for line in claim.lines):
        return
    for number, line, added in without_primary(claim, know, "3"):
        yield say(
            Part("code"),
            f"{line.code}: an add-on code, listed with {primary_words(added)}, and this claim has none. The payer may take "
            "another primary service; check that the one it belongs to is billed.",
            line=number,
        )

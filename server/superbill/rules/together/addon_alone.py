"""An add-on code without any of the primary codes that it can be added to.

## What it does
Speaks about an add-on code of type 1 when its claim holds none of the primary codes that the table lists for it, whoever
billed them. Silent on 99292, which a partner of the one who billed 99291 may report alone; on facility claims; and on
days outside the table when its list has grown since or a code stands beside it that may be younger than the table.

## Why it matters
An add-on is the extra work on top of another service. For type 1 the list of those services is complete, and Medicare's
contractors do not pay the add-on with any other code, or alone.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,99213,,1,11
P1,2025-10-15,11103,,1,11
              ^^^^^ L1010
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,11102,,1,11
P1,2025-10-15,11103,,1,11
```

## Source
CMS NCCI add-on code edits 2024 Q3; NCCI Policy Manual 2026 chapter I, pages 26, 35 and 36.

## Payers
A warning for all: the primary may stand on another claim of the same practitioner, or, rarely, on another day. Most
payers follow the relation, since it comes from the code set.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.indicators import primary_words
from superbill.catalog.store import ADDONS
from superbill.charges.model import Claim, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._addons import without_primary


@rule(
    id="L1010",
    name="addon-without-primary",
    severity="warning",
    scope="claim",
    codes=("addons", "addons-ended"),
    editions=(ADDONS,),
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """A type 1 add-on and none of its primaries."""
    for number, line, added in without_primary(claim, know, "1"):
        yield say(
            Part("code"),
            f"{line.code}: an add-on code, paid only beside {primary_words(added)}, and this claim has none. Add the "
            "primary service, or check that it is billed elsewhere.",
            line=number,
        )

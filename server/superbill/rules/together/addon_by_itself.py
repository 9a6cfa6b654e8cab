"""Add-on codes and nothing that they could be added to.

## What it does
Speaks about an add-on code of type 2 or 3, or one that only its global days (ZZZ) or a newer table show as an add-on,
when no line of the claim can stand by itself: all others are add-ons too, bundled codes, or measures. What the code must
be added to is not judged. Type 1 is L1010's. Silent on facility claims.

## Why it matters
An add-on reported as the only service of a practitioner is rarely paid, whatever the code.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,76937,26,1,22
              ^^^^^ L1012
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,36556,,1,22
P1,2025-10-15,76937,26,1,22
```

## Source
NCCI Policy Manual 2026 chapter I, pages 35 and 36; CMS NCCI add-on code edits; CMS PFS relative value file, global days
ZZZ.

## Payers
A warning for all: the primary service may stand on another claim.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Claim, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._addons import judged, stands_alone


@rule(
    id="L1012",
    name="addon-by-itself",
    severity="warning",
    scope="claim",
    codes=("addons", "addons-ended", "G0559", "G2213", "G3003"),
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """An add-on without a list of its own, and no service beside it."""
    if any(stands_alone(line, know) for line in claim.lines):
        return
    for number, line in enumerate(claim.lines):
        added = know.addon(line.code, line.since)
        if (added is not None and added.type == "1") or not know.is_addon(line.code, line.since) or not judged(line):
            continue
        yield say(
            Part("code"),
            f"{line.code}: an add-on code cannot stand alone, and this claim has no service that it could be added to. "
            "Add the primary service, or check that it is billed elsewhere.",
            line=number,
        )

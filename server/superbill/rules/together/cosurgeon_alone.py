"""One of two surgeons reports the operation as shared, the other as done alone.

## What it does
Speaks about a line when another provider bills the same code for the same patient and day with 62, and this line carries
neither 62 nor a modifier that gives its provider another part (assistant, team, care before or after, stopped, distinct or
another side). Both lines must name their provider.

## Why it matters
Two surgeons who share an operation both report it with 62, and each is paid a share. When one reports the whole, the
second claim to arrive is denied or the first one paid back.

## Example
```csv
patient,npi,dos,cpt,mod,units,pos
P1,1234567893,2025-10-15,22558,62,1,21
P1,1111111112,2025-10-15,22558,,1,21
                         ^^^^^ L1037
```

## Instead
```csv
patient,npi,dos,cpt,mod,units,pos
P1,1234567893,2025-10-15,22558,62,1,21
P1,1111111112,2025-10-15,22558,62,1,21
```

## Source
CMS PFS record layout, co-surgeon indicator 2.

## Payers
A warning for all.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Claim, Part
from superbill.rules.base import Draft, Related, rule, say
from superbill.rules.fixes import add
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._lines import DISTINCT, REPEAT, one_day, sides

_OTHER_PART = (
    "62",
    "66",
    "80",
    "81",
    "82",
    "AS",
    "54",
    "55",
    "56",
    "53",
    "73",
    "74",
    "58",
    "78",
    "79",
    *DISTINCT,
    *REPEAT,
)


@rule(
    id="L1037",
    lines=2,
    absence=True,
    name="co-surgeon-on-one-line-only",
    severity="warning",
    scope="claim",
    modifiers=("62",),
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """62 on the line of one surgeon only."""
    shared = [(number, line) for number, line in enumerate(claim.lines) if line.has("62") and line.provider]
    for number, line in enumerate(claim.lines):
        if not line.provider or line.has(*_OTHER_PART) or line.setting == "facility":
            continue
        for at, other in shared:
            # A surgeon with the whole on one side and a share on the other is nobody's second surgeon.
            if other.code != line.code or other.provider == line.provider or not one_day(line, other):
                continue
            if sides(line) != sides(other):
                continue
            yield say(
                Part("code"),
                f"{line.code}: another surgeon bills it this day with 62, as shared, and this line as done alone. Put 62 on "
                "both lines, or on neither if it was not shared.",
                line=number,
                related=[Related(at, other.slot("62"), "billed as shared here")],
                fixes=[add("62", because="two surgeons did it together")],
            )
            break

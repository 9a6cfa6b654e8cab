"""An unlisted code without a description.

## What it does
Speaks when a line of an 837 has an unlisted code and neither a description nor a note, and when a line of a charge sheet
has a key for one and leaves it empty.

## Why it matters
An unlisted code says nothing by itself. Medicare returns such a claim as unprocessable.

## Example
```x12
ST*837*0001*005010X222A1~
CLM*A1*120***22:B:1*Y*A*Y*Y~
HI*ABK:K5720~
LX*1~
SV1*HC:76497:26*120*UN*1***1~
       ^^^^^ E211
DTP*472*D8*20251015~
SE*7*0001~
```

```yaml
lines:
  - {cpt: 76497, mods: [26], dos: 2025-10-15, units: 1, pos: 22, note: ""}
          ^^^^^ E211
```

## Instead
```x12
ST*837*0001*005010X222A1~
CLM*A1*120***22:B:1*Y*A*Y*Y~
HI*ABK:K5720~
LX*1~
SV1*HC:76380:26*120*UN*1***1~
DTP*472*D8*20251015~
SE*7*0001~
```

```yaml
lines:
  - {cpt: 76380, mods: [26], dos: 2025-10-15, units: 1, pos: 22, note: ""}
```

## Source
Medicare Claims Processing Manual chapter 26, item 24D: an unlisted code needs a narrative. X12 005010X222A1, SV101-7 and NTE.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge


@rule(id="E211", name="unlisted-without-text", severity="error", codes=("unlisted",))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """An unlisted code with nothing in SV101-7 and no NTE, or whose description is left empty."""
    if line.described is False:
        yield say(
            Part("code"),
            f"{line.code}: an unlisted code without a description is returned unread. Say in a few words what was done; in an "
            "837 that is behind the modifiers (SV101-7) or in a note (NTE).",
        )

"""An endoscopy billed beside the simpler one that it is built on.

## What it does
Speaks about the base endoscopy of a family when a larger one of the same family (multiple-procedure indicator 3, this
code as its base) stands on the claim, same provider and day. Silent when 59 or an X modifier on either line calls them
distinct, and on facility claims.

## Why it matters
The larger endoscopy begins as the base one. Billed with nothing else of its family, the base is not paid.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,45385,,1,24
P1,2025-10-15,45378,,1,24
              ^^^^^ L1035
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,45385,,1,24
P2,2025-10-15,45378,,1,24
```

## Source
CMS PFS relative value file, multiple-procedure indicator 3 and the base code beside it; the file's record layout.

## Payers
Medicare's rule; a warning for all. Most payers follow it.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import Claim, Part
from superbill.rules.base import Draft, Related, rule, say
from superbill.rules.fixes import remove_line
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._lines import DISTINCT, charged, meet
from superbill.rules.together._pairs import never


@rule(
    id="L1035",
    lines=2,
    multiple="3",
    absence=True,
    name="endoscopy-with-its-base",
    severity="warning",
    scope="claim",
    editions=(FEES,),
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """The base code of an endoscopy family beside a member of it."""
    larger = []
    for number, line in enumerate(claim.lines):
        row = know.row(line) if line.code else None
        if row is not None and row.multiple == "3" and row.endoscopic_base and not line.has(*DISTINCT):
            larger.append((number, line, row.endoscopic_base))
    if not larger:
        return
    for number, line in enumerate(claim.lines):
        if line.has(*DISTINCT) or not charged(line) or line.setting == "facility":
            continue
        for at, other, base in larger:
            if base == line.code != other.code and meet(line, other) and not never(claim, know, number, at):
                yield say(
                    Part("code"),
                    f"{line.code}: {other.code} of this day is built on it and includes it, so it is not paid. Remove "
                    f"{line.code}, or mark it as distinct if the note shows a separate session.",
                    line=number,
                    related=[Related(at, Part("code"), f"{other.code} includes {line.code}")],
                    fixes=[remove_line(f"Remove the {line.code} line")],
                )
                break

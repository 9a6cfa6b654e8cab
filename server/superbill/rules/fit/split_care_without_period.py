"""Surgery, aftercare or care before surgery billed apart on a code without a period of aftercare.

## What it does
Speaks when a line carries 54, 55 or 56 and the global days of the code are 000, XXX or ZZZ. Silent on codes
whose period the payer sets (YYY) and on maternity codes (MMM).

## Why it matters
These modifiers share out the days after an operation between physicians. Without such days there is nothing
to share, and the line is denied.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,45385,54,1,22
                 ^^ K580
2025-10-15,99213,55,1,11
                 ^^ K580
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,45385,,1,22
2025-10-15,27447,"54 RT",1,21
```

## Source
CMS PFS relative value file, global days.

## Payers
The same everywhere, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge


@rule(
    id="K580",
    name="split-care-without-period",
    severity="warning",
    modifiers=("54", "55", "56"),
    editions=(FEES,),
)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """54, 55 or 56 with global days 000, XXX or ZZZ."""
    row = know.row(line)
    if row is None or row.global_days not in ("000", "XXX", "ZZZ"):
        return
    if line.has("54") and line.has("55", "56"):
        return
    for modifier in line.mods:
        if modifier in ("54", "55", "56"):
            yield say(
                line.slot(modifier),
                f"{line.code}-{modifier}: the code has no days of aftercare to share out (global days "
                f"{row.global_days}). Remove {modifier}.",
                fixes=[remove(line, modifier, preferred=modifier == "54")],
            )

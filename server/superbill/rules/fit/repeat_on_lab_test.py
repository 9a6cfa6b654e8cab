"""76 or 77 on a laboratory test.

## What it does
Speaks when a laboratory test carries 76 or 77. Silent where a physician's reading is billed (26), on
pathology with a professional part, and beside 91, where the rule on the pair speaks.

## Why it matters
A test done again on the same day for a clinical reason takes 91. A test on another specimen or at another
site takes 59 or one of the X modifiers. With 76 or 77 the second test is denied as a duplicate.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,85025,76,1,81
                 ^^ K600
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,85025,91,1,81
```

## Source
NCCI Policy Manual 2026 chapter X, page 6, on 91; payer policies on 76 and 77.

## Payers
Payers differ; a few accept 76.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import swap
from superbill.rules.knowledge import Knowledge


@rule(id="K600", name="repeat-on-lab-test", severity="warning", modifiers=("76", "77"), codes=("laboratory",))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """76 or 77 on a clinical laboratory test."""
    row = know.plain_row(line.code, line.since)
    clinical = row.pctc == "9" if row else not "88000" <= line.code <= "88399"
    if line.has("26", "91") or not clinical:
        return
    for modifier in line.mods:
        if modifier in ("76", "77"):
            yield say(
                line.slot(modifier),
                f"{line.code}-{modifier}: a laboratory test done again takes 91 (same test again for a "
                f"clinical reason) or 59 (another specimen or site), not {modifier}. Replace {modifier}.",
                fixes=[swap(line, modifier, "91")],
            )

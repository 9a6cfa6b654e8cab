"""FX or FY on a study that is no X-ray.

## What it does
Speaks when FX (film) or FY (computed radiography) stands on a code known to be CT, MR, ultrasound or nuclear
medicine.

## Why it matters
The two cut the payment of X-rays made the old way. On another study the line is rejected, or cut for nothing.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,74176,FX,1,11
                 ^^ K611
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,74176,,1,11
2025-10-15,73562,"FX RT",1,11
```

## Source
CMS HCPCS Level II file, October 2025: both modifiers speak of X-rays. No list of codes was at hand, so only
codes that are certainly something else are found.

## Payers
Medicare's modifiers; other payers seldom read them.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge


@rule(
    id="K611",
    name="xray-equipment-elsewhere",
    severity="warning",
    modifiers=("FX", "FY"),
    codes=("xray-not",),
)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """FX or FY on a code of the list `xray-not`."""
    for modifier in line.mods:
        if modifier in ("FX", "FY"):
            yield say(
                line.slot(modifier),
                f"{line.code}-{modifier}: {modifier} is for X-rays, and this study is none. Remove {modifier}.",
                fixes=[remove(line, modifier, preferred=False)],
            )

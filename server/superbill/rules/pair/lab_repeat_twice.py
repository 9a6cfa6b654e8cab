"""91 together with 76 or 77.

## What it does
Speaks when a line carries 91 and also 76 or 77. On a CPT code that is no laboratory test K601 speaks instead,
because there it is 91 that is wrong.

## Why it matters
91 is the repeat of a laboratory test, done on purpose on the same day; 76 and 77 are repeats of other
services. With both on one line the payer has to guess which kind of repeat it was.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,85025,91,76,1,81
                    ^^ X721
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,85025,91,,1,81
```

## Source
NCCI Policy Manual 2026 chapter X, page 6, on repeated tests.

## Payers
The same for all payers, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge
from superbill.rules.pair._beside import beside, named


@rule(id="X721", name="lab-repeat-said-twice", severity="warning", modifiers=("76", "77", "91"))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """91 beside 76 or 77."""
    found = beside(line, know, "76", "77", "91")
    others = [modifier for modifier in found if modifier != "91"]
    if not others or "91" not in found or (line.code.isdigit() and not know.is_lab(line.code)):
        return
    yield say(
        line.slot(found[-1]),
        f"{line.code}-{found[-1]}: 91 is the repeat of a laboratory test, and {named(others)} of "
        "other services. Keep 91 for a test run again on purpose.",
        fixes=[remove(line, *others, preferred=False)],
    )

"""Parts of surgical care that add up to the whole.

## What it does
Speaks when a line carries 54 together with 55 or 56.

## Why it matters
54 is the operation alone, 55 the care after it, 56 the care before it. Whoever gave them together gave the
package, which is billed without any of the three. With two of them on a line the payer cannot tell the share.

## Example
```csv
dos,cpt,mod1,mod2,mod3,units,pos
2025-10-15,27447,54,55,RT,1,21
                    ^^ X710
```

## Instead
```csv
dos,cpt,mod1,mod2,mod3,units,pos
2025-10-15,27447,54,RT,,1,21
2025-10-15,27447,RT,,,1,21
```

## Source
CMS PFS record layout, global surgery percentages.

## Payers
The same for all payers, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge
from superbill.rules.pair._beside import beside, keep_one, named


@rule(id="X710", name="split-care-adds-up", severity="warning", modifiers=("54", "55", "56"))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """54 beside 55 or 56."""
    found = beside(line, know, "54", "55", "56")
    if len(found) < 2 or "54" not in found:
        return
    yield say(
        line.slot(found[-1]),
        f"{line.code}-{found[-1]}: {named(found)} together make up the surgical package, which is "
        "billed without them. Remove them if one physician gave all of it.",
        fixes=[remove(line, *found, preferred=False), *keep_one(line, found)],
    )

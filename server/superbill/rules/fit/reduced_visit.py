"""A visit with modifier 52 or 53.

## What it does
Speaks when 52 (reduced) or 53 (stopped) stands on a visit. Silent for 52 on preventive visits, where some
payers take it.

## Why it matters
A visit that was shorter or broken off is billed at the level that was reached. Payers reject the modifier on
it.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,99214,52,1,11
                 ^^ K570
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,99213,,1,11
```

## Source
Common coding practice; no CMS text was at hand.

## Payers
Payers differ; some take 52 on a visit by their own policy.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge


@rule(id="K570", name="reduced-visit", severity="warning", modifiers=("52", "53"), codes=("visits",))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """52 or 53 on a visit."""
    for modifier in line.mods:
        if modifier == "53" or (modifier == "52" and not "99381" <= line.code <= "99397"):
            yield say(
                line.slot(modifier),
                f"{line.code}-{modifier}: a visit is not reduced by a modifier, it is billed at the level "
                f"that was reached. Remove {modifier} and check the level.",
                fixes=[remove(line, modifier, preferred=False)],
            )

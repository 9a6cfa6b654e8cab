"""The same modifier twice on one line.

## What it does
Speaks when a modifier stands in two slots of one line.

## Why it matters
The second says nothing more and takes a slot that another modifier may need. Some payers reject the line.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,76380,26,26,1,22
                    ^^ F126
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,76380,26,,1,22
```

## Source
Common professional coding practice.

## Payers
The same for all payers, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove_slots
from superbill.rules.format._text import bills
from superbill.rules.knowledge import Knowledge


@rule(id="F126", name="repeated-modifier", severity="warning")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A modifier that an earlier slot has already."""
    modifiers = line.modifiers
    if len(set(modifiers)) == len(modifiers) or not bills(line):
        return
    for slot, modifier in enumerate(modifiers):
        if modifier and modifier in modifiers[:slot]:
            yield say(
                Part("modifier", slot),
                f"{modifier} stands on this line already; once is enough. Remove the second.",
                fixes=[remove_slots((slot,), f"Remove the second {modifier}")],
                unneeded=True,
            )

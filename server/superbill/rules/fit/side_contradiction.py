"""A side and a finger, toe or eyelid of the other side.

## What it does
Speaks when LT stands with a finger, toe or eyelid of the right side on one line, or RT with one of the left.

## Why it matters
The two cannot both be true, and an operation on the wrong side is not something to leave open on a claim.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,73140,"LT F5",1,11
                     ^^ K603
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,73140,F5,1,11
```

## Source
CMS HCPCS Level II file, October 2025: what each modifier stands for.

## Payers
The same everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge

_PLACES = frozenset({"finger", "toe", "eyelid"})


@rule(id="K603", name="side-contradiction", severity="error", modifiers=("LT", "RT"))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """LT or RT beside a location modifier of the other side."""
    if line.has("LT") == line.has("RT"):
        return
    side, word = ("LT", "left") if line.has("LT") else ("RT", "right")
    for code in line.mods:
        modifier = know.modifier(code)
        if modifier is None or modifier.family not in _PLACES or modifier.side == word:
            continue
        yield say(
            max(line.slot(side), line.slot(code)),
            f"{line.code}: {side} says {word}, and {code} is a {modifier.family} on the {modifier.side}. "
            "Remove the one that is wrong.",
            fixes=[remove(line, side, preferred=False), remove(line, code, preferred=False)],
        )

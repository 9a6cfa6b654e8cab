"""Liability notice modifiers that exclude each other.

## What it does
Speaks when a line carries two of GA, GY and GZ, or GX together with EY, GA, GL, GZ, KB, QL or TQ. GX with GY
is fine.

## Why it matters
The modifiers decide who pays after a denial. GA says that a waiver is on file and GZ that none is; GY says
that the service is excluded by law. Two of them on one line cannot be processed.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,76380,GA,GZ,1,11
                    ^^ X715
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,76380,GA,,1,11
2025-10-15,76380,GX,GY,1,11
```

## Source
CMS CR 6563 on GX (written for institutional claims); contractor pages on GA and GZ.

## Payers
Medicare. Other payers mostly ignore these modifiers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.pair._beside import beside, keep_one, named

_WHO_PAYS = ("GA", "GY", "GZ")
_NOT_WITH_GX = ("EY", "GA", "GL", "GZ", "KB", "QL", "TQ")


@rule(id="X715", name="liability-notices-clash", severity="error", modifiers=("GX", "GY", *_NOT_WITH_GX))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Two of GA, GY, GZ; or GX with one of those that it excludes."""
    clash = beside(line, know, *_WHO_PAYS)
    if len(clash) < 2:
        clash = beside(line, know, "GX", *_NOT_WITH_GX)
        if len(clash) < 2 or "GX" not in clash:
            return
    yield say(
        line.slot(clash[-1]),
        f"{line.code}-{clash[-1]}: {named(clash)} exclude each other, so nobody can tell who pays "
        "after a denial. Keep the one that matches the notice on file.",
        fixes=keep_one(line, clash),
    )

"""A code for a service that has no code of its own.

## What it does
Speaks, as information, when one of CPT's unlisted codes is billed. When the line also carries a modifier that
such a code cannot bear, C315 speaks instead.

## Why it matters
The payer cannot tell what was done. Without a description the claim comes back unprocessed, and without a
comparison to a listed procedure of like work nobody can price it.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,76497,,1,11
           ^^^^^ C314
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,,1,11
```

## Source
CMS PFS relative value file, October 2025, for the codes; NCCI Policy Manual 2026 chapter I, page 27.

## Payers
The same for all payers; some want prior approval as well.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.code._unlisted import misfits
from superbill.rules.knowledge import Knowledge


@rule(id="C314", name="unlisted-code", severity="information", codes=("unlisted",))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """An unlisted CPT code."""
    if not misfits(line, know) and line.described is not False:  # that is E211's to say
        yield say(
            Part("code"),
            f"{line.code}: an unlisted code, which the payer prices by hand. Send a description of what was "
            "done and a listed code of like work to compare with.",
        )

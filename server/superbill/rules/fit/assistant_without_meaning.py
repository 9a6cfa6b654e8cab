"""An assistant at surgery on a code that is no surgery.

## What it does
Speaks when a line carries 80, 81, 82 or AS and the fee schedule gives the code the assistant indicator 9.

## Why it matters
The code is a laboratory test, a drug or another service at which nobody assists. The modifier is most likely
on the wrong line, and this one is denied.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,36415,80,1,22
                 ^^ K531
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,36415,,1,11
2025-10-15,27447,"80 RT",1,22
```

## Source
CMS PFS relative value file, assistant at surgery indicator 9.

## Payers
The same everywhere, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fit._surgeons import ASSISTANTS, assistant
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge


@rule(id="K531", name="assistant-without-meaning", severity="warning", modifiers=ASSISTANTS, editions=(FEES,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """80, 81, 82 or AS with assistant indicator 9."""
    row = know.row(line)
    if row is None or row.assistant != "9":
        return
    modifier = assistant(line)
    yield say(
        line.slot(modifier),
        f"{line.code}-{modifier}: nobody assists at this service (assistant indicator 9). "
        f"Remove {modifier}, or put it on the line of the operation.",
        fixes=[remove(line, modifier, preferred=False)],
    )

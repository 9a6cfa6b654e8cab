"""A range of codes or a wildcard on a charge line.

## What it does
Speaks when the code field holds a range (`99202-99205`), a shortened one (`99202-05`) or a code with
placeholders (`992xx`, `992*`).

## Why it matters
Ranges belong in policies and fee tables. A claim says which one service was done.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,74176-74178,26,1,22
           ^^^^^^^^^^^ F113
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,74177,26,1,22
```

## Source
ASC X12 837P SV101-2: one procedure code.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.format._code_text import code_flaw
from superbill.rules.format._text import shown
from superbill.rules.knowledge import Knowledge


@rule(id="F113", name="code-range", severity="error")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A range or a placeholder."""
    flaw = code_flaw(line, know)
    if flaw is None or flaw.kind != "range":
        return
    yield say(
        Part("code"),
        f"{shown(line.written.code or '')} stands for several codes, and a charge line bills one. Write "
        "the code of the service that was done.",
    )

"""Two or more codes in one field.

## What it does
Speaks when the code field holds several codes, whatever stands between them: `70450, 70486`.

## Why it matters
A service line has one code. Units, modifiers, charge and edits belong to one service, so a list cannot be
billed and none of its codes can be checked.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,"70450, 70486",26,1,22
            ^^^^^^^^^^^^ F110
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,70450,26,1,22
2025-10-15,70486,26,1,22
```

## Source
ASC X12 837P SV101 and CMS-1500 item 24D: one procedure code for each line.

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


@rule(id="F110", name="several-codes-in-one-field", severity="error")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A list of codes."""
    flaw = code_flaw(line, know)
    if flaw is None or flaw.kind != "list":
        return
    yield say(
        Part("code"),
        f"{shown(line.written.code or '')} holds more than one code, and a line bills one service. Give "
        "each code a line of its own, with its modifiers, units and charge.",
    )

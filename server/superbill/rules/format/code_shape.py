"""Five characters in the code field that no procedure code can have.

## What it does
Speaks when the code field holds five letters and digits in an order that neither CPT nor HCPCS Level II
uses, and no look-alike character explains it. Codes are five digits; four digits and F, T, U, M or A; or a
letter and four digits.

## Why it matters
Such a code is in no table of any year, so the line is rejected at the first gate.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,76CT0,26,1,22
           ^^^^^ F102
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,26,1,22
```

## Source
The shapes of all codes in CMS's fee schedule and HCPCS files of October 2025.

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


@rule(id="F102", name="code-of-unknown-shape", severity="error")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Five characters in an order that no code has."""
    flaw = code_flaw(line, know)
    if flaw is None or flaw.kind != "shape":
        return
    yield say(
        Part("code"),
        f"{shown(line.written.code or '')} has five characters but not the shape of a code: five digits, "
        "four digits and F, T, U, M or A, or a letter and four digits. Look the code up.",
    )

"""A code with a lower-case letter.

## What it does
Speaks when the code field holds a code whose letter is written small, such as `g0202` or `0042t`.

## Why it matters
Codes are compared letter by letter. Many systems do not know `g0202` as G0202 and take it for an unknown
code.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,j1100,,1,11
           ^^^^^ F103
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,J1100,,1,11
```

## Source
HL7 terminology: the CPT code system is marked as case sensitive.

## Payers
Some payers read small letters as capitals; none asks for them.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.format._code_text import code_flaw
from superbill.rules.format._text import shown
from superbill.rules.knowledge import Knowledge


@rule(id="F103", name="lower-case-code", severity="warning")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A code but for its case."""
    flaw = code_flaw(line, know)
    if flaw is None or flaw.kind != "lowercase":
        return
    yield say(
        Part("code"),
        f"{shown(line.written.code or '')}: a small letter makes it another code for systems that compare "
        f"letter by letter. Write {flaw.code}.",
        fixes=[write(Part("code"), flaw.code)],
    )

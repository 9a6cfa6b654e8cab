"""A code that begins with W, X, Y or Z: once a local code of one payer.

## What it does
Speaks when the code field holds W, X, Y or Z and four digits, and that is none of the line's diagnosis
codes.

## Why it matters
Payers used such codes for services of their own; HIPAA ended them. Today a code like Z1231 is more often a
diagnosis in the wrong column.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,W9220,,1,11
           ^^^^^ F114
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,99213,,1,11
```

## Source
Common professional coding practice since the HIPAA code sets; CMS HCPCS October 2025 has no code with these
letters.

## Payers
A few Medicaid programs kept codes of their own for longer; switch the rule off for them.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.format._code_text import code_flaw
from superbill.rules.format._text import shown
from superbill.rules.knowledge import Knowledge


@rule(id="F114", name="local-code", severity="warning")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """W, X, Y or Z and four digits."""
    flaw = code_flaw(line, know)
    if flaw is None or flaw.kind != "local":
        return
    yield say(
        Part("code"),
        f"{shown(line.written.code or '')}: codes with W, X, Y or Z in front were local to one payer and "
        "are retired. Use the national code, or move it if it is a diagnosis.",
    )

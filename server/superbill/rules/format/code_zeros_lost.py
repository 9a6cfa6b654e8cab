"""A code that has probably lost its leading zeros.

## What it does
Speaks when the code field holds a number from 100 to 1999, or one to three digits with F, T, U, M or A
behind them. Anesthesia codes begin with zeros, and so do many codes that end in a letter.

## Why it matters
Spreadsheets drop zeros in front of numbers: 00142 becomes 142. What is left is no code.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,142,AA,1,24
           ^^^ F107
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,00142,AA,1,24
```

## Source
CMS PFS relative value file October 2025: the codes that begin with zero are 00100 to 01999 and those ending
in a letter.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.format._code_text import code_flaw
from superbill.rules.format._text import shown
from superbill.rules.knowledge import Knowledge


@rule(id="F107", name="code-without-leading-zeros", severity="warning")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Short of five characters by zeros in front."""
    flaw = code_flaw(line, know)
    if flaw is None or flaw.kind != "zeros":
        return
    yield say(
        Part("code"),
        f"{shown(line.written.code or '')} is too short for a code; a spreadsheet may have dropped the "
        f"zeros of {flaw.code}. Check the source, and export the column as text.",
        fixes=[write(Part("code"), flaw.code, preferred=False)],
    )

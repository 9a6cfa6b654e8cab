"""Blanks or invisible characters in or around a code.

## What it does
Speaks when the code field holds a code once blanks, tabs, non-breaking blanks and characters that cannot be
seen are taken out. Plain blanks around the code are passed over when other values of the row have them too:
then the whole file is aligned with blanks.

## Why it matters
A code with a blank in it is six characters to a machine, and nobody sees why it is rejected.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,763 80,26,1,22
           ^^^^^^ F104
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,26,1,22
```

## Source
Claim edits as a clearinghouse publishes them: blanks are taken off, then the five characters are checked.

## Payers
The same for all payers. Some take outer blanks off by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.format._code_text import code_flaw
from superbill.rules.format._text import shown
from superbill.rules.knowledge import Knowledge


@rule(id="F104", name="blanks-in-code", severity="warning")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A code but for blanks."""
    flaw = code_flaw(line, know)
    if flaw is None or flaw.kind != "blanks":
        return
    where = {
        "inside": f"{shown(line.written.code or '')} has a blank or an invisible character inside the code",
        "hidden": f"{flaw.code} has a tab or an invisible character beside it",
    }.get(flaw.what, f"{flaw.code} has blanks beside it")
    yield say(
        Part("code"),
        f"{where}, and machines count that as part of the code. Write {flaw.code} alone.",
        fixes=[write(Part("code"), flaw.code, f"Write {flaw.code} without blanks")],
    )

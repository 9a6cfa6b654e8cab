"""A code or modifier that a spreadsheet has turned into a date.

## What it does
Speaks when a code or modifier field holds a month and a number, such as `Mar-25` or `1-May`.

## Why it matters
Spreadsheets read short values with a dash as dates and keep only the date. What was typed is gone.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,76380,May-26,,1,11
                 ^^^^^^ F146
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,76380,26,,1,22
```

## Source
Common professional coding practice: codes are text, not dates.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.format._code_text import code_flaw, slot_flaws
from superbill.rules.format._text import shown
from superbill.rules.knowledge import Knowledge

_ADVICE = "a spreadsheet turned the value into a date. Go back to the source and export the column as text."


@rule(id="F146", name="code-turned-into-a-date", severity="error")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A month with a number."""
    flaw = code_flaw(line, know)
    if flaw is not None and flaw.kind == "calendar":
        yield say(Part("code"), f"{shown(line.written.code or '')}: {_ADVICE}")
    for slot, found in slot_flaws(line, know):
        if found.kind == "calendar":
            yield say(Part("modifier", slot), f"{shown(line.written.modifiers[slot])}: {_ADVICE}")

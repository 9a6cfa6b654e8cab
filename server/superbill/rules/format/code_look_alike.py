"""A letter where a digit belongs, or the reverse, that looks the same.

## What it does
Speaks when five characters become a code once a look-alike is exchanged: O and 0, I or l and 1, S and 5, B
and 8, and the wide digits of East Asian typing. It speaks only when there is exactly one way to do it.

## Why it matters
The eye reads 7O450 as 70450; a machine does not. Digits two to five of a HCPCS code are never letters.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,7O450,26,1,22
           ^^^^^ F109
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,70450,26,1,22
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
from superbill.rules.fixes import write
from superbill.rules.format._code_text import code_flaw, known_code
from superbill.rules.format._text import shown
from superbill.rules.knowledge import Knowledge


@rule(id="F109", name="look-alike-character", severity="warning")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """One exchange of look-alikes away from a code."""
    flaw = code_flaw(line, know)
    if flaw is None or flaw.kind != "look-alike":
        return
    yield say(
        Part("code"),
        f"{shown(line.written.code or '')} has a character that only looks like the right one, so it is no "
        f"code. Did you mean {flaw.code}?",
        fixes=[write(Part("code"), flaw.code, preferred=known_code(flaw.code, know))],
    )

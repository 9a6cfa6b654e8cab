"""What stands in the code field has not the five characters of a procedure code.

## What it does
Speaks when the text in a code field, blanks taken off, is not five letters and digits and no narrower rule
of this group knows what happened to it. Marks around a code (`99213.`, `CPT 99213`, `="00142"`) and a
description written behind it belong here too.

## Why it matters
CPT and HCPCS codes have five characters, all of them. Claim systems reject anything else before a person
sees it.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,7638,26,1,22
           ^^^^ F101
2025-10-15,CPT 76380,26,1,22
           ^^^^^^^^^ F101
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,26,1,22
```

## Source
HIPAA code sets for professional claims: CPT and HCPCS Level II.

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


@rule(id="F101", name="code-of-wrong-length", severity="error")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Not five characters, and nothing more exact can be said."""
    flaw = code_flaw(line, know)
    if flaw is None or flaw.kind != "length":
        return
    value = shown(line.written.code or "")
    if flaw.what == "marks":
        message = (
            f"{value} holds more than the five characters of the code, and systems compare all of it. "
            f"Write {flaw.code}."
        )
    elif flaw.what == "words":
        message = (
            f"{value} holds words beside the code, and a code field takes five characters. Write {flaw.code} alone."
        )
    else:
        message = f"{value} is no procedure code: CPT and HCPCS codes have five characters. Write the whole code."
    fixes = [write(Part("code"), flaw.code, preferred=flaw.what == "marks")] if flaw.code else []
    yield say(Part("code"), message, fixes=fixes)

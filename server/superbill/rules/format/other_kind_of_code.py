"""Some other number where the procedure code belongs.

## What it does
Speaks when the code field holds what has the shape of a diagnosis code, a drug number (NDC), a revenue
code, a DRG, a hospital procedure code (PCS), an item number, a date or an amount; and when it holds one of
the diagnosis codes of its own line.

## Why it matters
Usually a column was moved or mapped wrongly, so that every line of the file is affected.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,M54.5,26,1,22
           ^^^^^ F111
```

## Instead
```csv
dos,cpt,mod,units,pos,dx1
2025-10-15,72148,26,1,22,M54.5
```

## Source
HIPAA code sets: professional services are reported with CPT and HCPCS Level II codes only.

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


@rule(id="F111", name="other-kind-of-code", severity="error")
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """The shape of another code set."""
    flaw = code_flaw(line, know)
    if flaw is None or flaw.kind != "other":
        return
    yield say(
        Part("code"),
        f"{shown(line.written.code or '')} looks like {flaw.what}, not like a CPT or HCPCS code. Check "
        "that the right column was exported, and write the procedure code here.",
    )

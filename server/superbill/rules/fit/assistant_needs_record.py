"""An assistant at surgery who is paid only when the record shows the need.

## What it does
Speaks when a line carries 80, 81, 82 or AS and the fee schedule gives the code the assistant indicator 0. A
note for operations; a warning for tests and other codes without a surgical package, where an assistant is
hard to explain. Silent on visits, which have the same indicator and a rule of their own.

## Why it matters
Medicare does not pay the assistant unless the operative note says why one was needed. Sending it along saves
a denial.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,76380,80,1,11
                 ^^ K532
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,27447,"80 RT",1,22
```

## Source
CMS PFS relative value file, assistant at surgery indicator 0.

## Payers
Other payers keep lists of their own.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fit._surgeons import ASSISTANTS, assistant
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge


@rule(id="K532", name="assistant-needs-record", severity="warning", modifiers=ASSISTANTS, editions=(FEES,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """80, 81, 82 or AS with assistant indicator 0."""
    row = know.row(line)
    if row is None or row.assistant != "0" or know.is_visit(line.code):
        return
    modifier = assistant(line)
    if row.global_days == "XXX":
        yield say(
            line.slot(modifier),
            f"{line.code}-{modifier}: the code is no operation, and Medicare pays an assistant only if the "
            f"record shows the need (assistant indicator 0). Remove {modifier}, or send the record.",
            fixes=[remove(line, modifier, preferred=False)],
        )
    else:
        yield say(
            line.slot(modifier),
            f"{line.code}-{modifier}: Medicare pays an assistant here only if the record shows the need "
            "(assistant indicator 0). Send the operative note.",
            severity="information",
        )

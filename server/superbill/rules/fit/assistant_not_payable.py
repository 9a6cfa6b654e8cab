"""An assistant at surgery on a code for which none is paid.

## What it does
Speaks when a line carries 80, 81, 82 or AS and the fee schedule gives the code the assistant indicator 1.

## Why it matters
For these procedures the law keeps Medicare from paying an assistant, whatever the records show. The line is
denied.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,20610,"80 RT",1,22
                  ^^ K530
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,27447,"80 RT",1,22
```

## Source
CMS PFS relative value file, assistant at surgery indicator 1.

## Payers
A warning under Medicare. Other payers keep lists of their own, so it is information only there.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fit._surgeons import ASSISTANTS, assistant
from superbill.rules.fixes import remove_line
from superbill.rules.knowledge import Knowledge


@rule(id="K530", name="assistant-not-payable", severity="warning", modifiers=ASSISTANTS, editions=(FEES,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """80, 81, 82 or AS with assistant indicator 1."""
    row = know.row(line)
    if row is None or row.assistant != "1":
        return
    modifier = assistant(line)
    advice = "Leave the line out" if know.profile.medicare else f"Check whether {know.profile.name} does"
    yield say(
        line.slot(modifier),
        f"{line.code}-{modifier}: by law Medicare pays no assistant for this procedure (assistant indicator "
        f"1). {advice}.",
        fixes=[remove_line("Remove the assistant's line")],
        severity=None if know.profile.medicare else "information",
        payer=True,
    )

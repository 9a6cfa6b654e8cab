"""24, 25 or 57 on something that is no visit.

## What it does
Speaks when 24, 25 or 57 stands on a code that is not a visit. An error where the fee schedule leaves no doubt
(a procedure with a package, anesthesia, a test with parts), else a warning. Silent on codes that some payers
take for visits.

## Why it matters
These modifiers set a visit apart from the procedure of the day. On the procedure they set nothing apart: the
visit beside it stays bundled and is denied.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,20610,"25 RT",1,11
                  ^^ K590
2025-10-15,96372,25,1,11
                 ^^ K590
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,99213,25,1,11
2025-10-15,20610,RT,1,11
```

## Source
NCCI Policy Manual 2026 chapter I, pages 13 and 15, which speaks of visits only; CMS PFS relative value file
for what is a procedure.

## Payers
The same everywhere, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge

#: What Level II codes may be visits to some payer: temporary codes, clinic codes, Medicaid and state codes.
_OPEN = "CDGHMST"


@rule(
    id="K590",
    name="visit-modifier-on-procedure",
    severity="error",
    modifiers=("24", "25", "57"),
    editions=(FEES,),
)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """24, 25 or 57 on a code that is not in the list of visits."""
    code = line.code
    if not code or know.is_visit(code):
        return
    certain = know.is_procedure(code, line.since)
    if not certain:
        known = know.row(line) is not None or know.is_lab(code)
        if not known or code[0] in _OPEN or know.in_set(code, "near-visits"):
            return
    for modifier in line.mods:
        if modifier in ("24", "25", "57"):
            yield say(
                line.slot(modifier),
                f"{code}-{modifier}: {modifier} belongs on the visit, and this code is "
                + ("a procedure or test" if certain else "not a visit")
                + f". Put {modifier} on the line of the visit, if there was one that it is true of.",
                fixes=[remove(line, modifier, preferred=False)],
                severity=None if certain else "warning",
            )

"""A modifier of facility claims on a professional line.

## What it does
Speaks when a line with a place of service, and so from a professional claim, carries 27, 73, 74, CA, ER, PN
or PO. It is silent when the file calls the line anything else than professional, and for place of service 24
or a line with SG: a surgery center bills on the professional form and does use 73 and 74. On ambulance lines
PN and ER are trips and are left alone.

## Why it matters
These modifiers steer hospital outpatient payment. A professional claim that carries one is denied or sent
back. A physician whose procedure was stopped reports 53, not 73 or 74.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,45378,73,1,22
                 ^^ M406
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,45378,53,1,22
2025-10-15,45378,73,1,24
```

## Source
CMS HCPCS file and hospital outpatient rules; contractor pages on 73 and 74 (Novitas, Noridian).

## Payers
Most payers follow Medicare here.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove, swap
from superbill.rules.knowledge import Knowledge

_STOPPED = ("73", "74")
_FACILITY = ("27", "73", "74", "CA", "ER", "PN", "PO")
#: How files begin what they write for a line of a professional claim; anything else is left alone.
_PROFESSIONAL = ("p", "carrier", "1500", "837p", "cms", "hcfa")


@rule(id="M406", name="facility-only-modifier", severity="warning", modifiers=_FACILITY)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A facility modifier where the place of service says that the claim is professional."""
    if line.place in ("", "24") or line.has("SG"):
        return
    if line.setting and not line.setting.startswith(_PROFESSIONAL):
        return
    for modifier in dict.fromkeys(line.mods):
        if modifier not in _FACILITY or know.is_trip(line, modifier):
            continue
        stopped = modifier in _STOPPED
        todo = "A physician reports a stopped procedure with 53." if stopped else "Remove it."
        fixes = [swap(line, modifier, "53")] if stopped else []
        yield say(
            line.slot(modifier),
            f"{line.code}-{modifier}: a modifier for facility claims, and a line with a place of service is "
            f"professional. {todo}",
            fixes=[*fixes, remove(line, modifier, preferred=False)],
        )

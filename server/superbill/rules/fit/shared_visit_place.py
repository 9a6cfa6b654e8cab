"""A split or shared visit outside a facility, or FS on what is no visit.

## What it does
With a Medicare profile, speaks when FS stands on a line in the office, at home, in an urgent care center or in a clinic
(places 11, 12, 20, 49), and when it stands on what is certainly a procedure or test.

## Why it matters
Medicare knows shared visits in hospitals and skilled nursing facilities only. In an office the visit is billed by
whoever did it, or as incident to the physician's service.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,99214,FS,1,11
                 ^^ K660
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,99214,,1,11
2025-10-15,99232,FS,1,21
```

## Source
42 CFR 415.140; Noridian, a Medicare contractor, on modifier FS: hospital or skilled nursing facility, not an office. The
modifier exists since 2022-01-01 (CMS HCPCS file).

## Payers
Medicare profiles only; other payers may take FS or not.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge

_OUTSIDE = ("11", "12", "20", "49")


@rule(id="K660", name="shared-visit-place", severity="warning", modifiers=("FS",), cited=False)
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """FS in a place that is no facility, or on a procedure."""
    if not know.profile.medicare:
        return
    if know.is_procedure(line.code, line.since) and not know.in_any(line.code, "visits", "near-visits"):
        why = "FS marks a visit that two clinicians shared, and this is no visit"
        todo = "Remove FS, or move it to the visit."
    elif line.place in _OUTSIDE:
        why = (
            f"POS {line.place} is no facility, and {know.profile.name} takes shared visits in hospitals and skilled nursing "
            "facilities only"
        )
        todo = "Correct the place, or remove FS and bill by who saw the patient."
    else:
        return
    yield say(line.slot("FS"), f"{line.code}-FS: {why}. {todo}", fixes=[remove(line, "FS", preferred=False)])

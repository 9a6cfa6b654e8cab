"""A visit whose code belongs to another place.

## What it does
Speaks when a hospital, emergency, nursing facility or home visit stands in place 11, the office, and when a home visit
stands in a hospital place (21, 22, 23). As information it notes an office visit in place 21.

## Why it matters
Visit codes are chosen by where the patient is. One of the two is wrong, and the payer denies the line or pays another
amount.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,99223,,1,11
                    ^^ P1205
2025-10-15,99284,,1,11
                    ^^ P1205
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,99223,,1,21
2025-10-15,99284,,1,23
2025-10-15,99213,,1,11
```

## Source
The sections of the visit codes; CMS CR 7631 on the place of service: an inpatient who is seen in an office keeps place 21,
so an office visit in 21 can be right.

## Payers
The same for nearly all payers. Medicare pays an inpatient's visits in 21 only; which code it wants for one that took place
in the office is for the contractor to say.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, Severity, rule, say
from superbill.rules.knowledge import Knowledge

#: By code set: what such a visit is, and where it does not belong.
_FAMILIES: dict[str, tuple[str, tuple[str, ...], Severity | None]] = {
    "visits-hospital": ("a hospital visit", ("11",), None),
    "visits-emergency": ("an emergency department visit", ("11",), None),
    "visits-nursing": ("a nursing facility visit", ("11",), None),
    "visits-home": ("a home visit", ("11", "21", "22", "23"), None),
    "visits-office": ("an office visit", ("21",), "information"),
}


@rule(id="P1205", name="visit-of-another-place", severity="warning", codes=tuple(_FAMILIES))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A visit code in a place where such visits are not made."""
    for name, (what, places, severity) in _FAMILIES.items():
        if line.place not in places or not know.in_set(line.code, name):
            continue
        place = know.place(line.place)
        where = f"POS {line.place}{f' ({place.name})' if place is not None else ''}"
        todo = (
            "Right for an inpatient who was brought to the office; else use a hospital visit code."
            if name == "visits-office"
            else "Correct the code or the place."
        )
        yield say(Part("place"), f"{line.code}: {what}, and {where} is another place. {todo}", severity=severity)

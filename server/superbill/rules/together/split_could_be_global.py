"""Both components of one study on two lines, where one plain line would do.

## What it does
Hints when one provider bills a code of PC/TC indicator 1 with 26 and with TC on the same day, at the same place outside
a facility, with the same other modifiers and units.

## Why it matters
Two lines are not wrong. One plain line is shorter, is priced the same, and cannot lose one half to a clerical denial.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,70450,26,1,11
P1,2025-10-15,70450,TC,1,11
                    ^^ L1014
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,70450,,1,11
```

## Source
CMS PFS relative value file: the plain row is the sum of its two component rows.

## Payers
Split lines remain right where the two parts have different places, days or providers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.dialect import Operation, RemoveLine, RemoveModifiers, SetValue
from superbill.charges.model import Claim, Part, ServiceLine
from superbill.rules.base import Draft, Fix, Related, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._lines import charged


@rule(
    id="L1014",
    lines=2,
    name="split-could-be-global",
    severity="hint",
    scope="claim",
    modifiers=("TC",),
    editions=(FEES,),
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """Both components of one study."""
    for number, technical in enumerate(claim.lines):
        if technical.component != "TC" or not charged(technical) or technical.setting == "facility":
            continue
        row = know.plain_row(technical.code, technical.since)
        if row is None or row.pctc != "1" or not technical.place or know.facility(technical.place):
            continue
        for other, reading in enumerate(claim.lines):
            if reading.component == "26" and _halves(reading, technical):
                yield say(
                    technical.slot("TC"),
                    f"{technical.code}: both components of one study from one provider at one place. One "
                    "line without either modifier bills the same.",
                    line=number,
                    related=[Related(other, reading.slot("26"), "the reading")],
                    fixes=[_merge(other, reading, technical)],
                )
                break


def _halves(reading: ServiceLine, technical: ServiceLine) -> bool:
    return (
        reading.code == technical.code
        and reading.place == technical.place
        and reading.since == technical.since
        and reading.provider == technical.provider
        and reading.units == technical.units
        and set(reading.mods) - {"26"} == set(technical.mods) - {"TC"}
    )


def _merge(number: int, reading: ServiceLine, technical: ServiceLine) -> Fix:
    """Take this line away and make the other one whole, its charge the sum of both."""
    whole: list[Operation] = [RemoveModifiers((reading.modifiers.index("26"),))]
    if reading.charge is not None and technical.charge is not None:
        whole.append(SetValue(Part("charge"), str(reading.charge + technical.charge)))
    return Fix("Make it one plain line", (RemoveLine(),), also=tuple((number, operation) for operation in whole))

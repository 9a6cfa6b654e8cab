"""A repeated service on three lines or more instead of two.

## What it does
Speaks about the third and every further line of one code, place, provider and day that differ in nothing but 76, when two
or more of them carry it. Silent on facility claims.

## Why it matters
A payer that knows the first line and the one with 76 takes the next for a duplicate of the second. The repeats belong on
one line with 76, in its units.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,93000,,1,11
P1,2025-10-15,93000,76,1,11
P1,2025-10-15,93000,76,1,11
                    ^^ L1040
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,93000,,1,11
P1,2025-10-15,93000,76,2,11
```

## Source
A Medicare contractor's note on 76.

## Payers
Information for all: some payers take the lines as they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.dialect import RemoveLine, SetValue
from superbill.charges.model import Claim, Part, ServiceLine
from superbill.rules.base import Draft, Fix, Related, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._lines import charged


@rule(
    id="L1040",
    lines=3,
    name="repeats-on-many-lines",
    severity="information",
    scope="claim",
    modifiers=("76",),
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """76 on the third line of one service."""
    seen: dict[tuple[object, ...], list[int]] = {}
    for number, line in enumerate(claim.lines):
        if not line.code or line.setting == "facility" or not charged(line):
            continue
        rest = tuple(sorted(modifier for modifier in line.mods if modifier != "76"))
        key = (line.code, rest, line.place, line.since, line.until, line.provider)
        seen.setdefault(key, []).append(number)
    for numbers in seen.values():
        repeats = [number for number in numbers if claim.lines[number].has("76")]
        if len(numbers) < 3 or len(repeats) < 2:
            continue
        first = repeats[0]
        for number in repeats[max(1, 2 - (len(numbers) - len(repeats))) :]:
            line = claim.lines[number]
            yield say(
                line.slot("76"),
                f"{line.code}-76: one of {len(numbers)} such lines of the day, and from the third on they are denied as "
                "duplicates. Count the repeats as units on one line with 76.",
                line=number,
                related=[Related(first, claim.lines[first].slot("76"), "the line for all repeats")],
                fixes=_merge(line, claim.lines[first], first) if len(repeats) == 2 else [],
            )


def _merge(line: ServiceLine, kept: ServiceLine, at: int) -> list[Fix]:
    """Move the units of a line to another; not where charges would have to be added up too."""
    if line.units is None or kept.units is None or line.charge is not None or kept.charge is not None:
        return []
    total = line.units + kept.units
    return [
        Fix(
            f"Merge into the other line with 76, {total} units",
            (RemoveLine(),),
            also=((at, SetValue(Part("units"), str(total))),),
        )
    ]

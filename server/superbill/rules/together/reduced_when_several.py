"""Several tests of one day of which Medicare pays the second and further ones less.

## What it does
Says on the second line of a day, under a Medicare profile, that such lines are cut: imaging of one family (indicator 4),
therapy (5), heart and vessel tests (6), eye tests (7), same provider. Readings alone (26) of heart and eye tests are not
cut and not counted.

## Why it matters
Nothing is wrong with the lines. It explains a payment below the fee schedule, so that nobody appeals it or adds 51.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,71250,,1,11
P1,2025-10-15,74176,,1,11
              ^^^^^ L1036
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,71250,,1,11
P2,2025-10-15,74176,,1,11
```

## Source
CMS PFS relative value file, multiple-procedure indicators 4 to 7 and the imaging family; the file's record layout.

## Payers
Medicare; off unless switched on, since it speaks of ordinary lines. Others have reductions of their own.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import Claim, Part, ServiceLine
from superbill.rules.base import Draft, Related, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._lines import charged

_CUTS = {
    "4": "the technical part of all but the highest is paid at half, the reading 5 percent less",
    "5": "the practice expense of all but the highest is paid at half",
    "6": "the technical part of all but the highest is paid 25 percent less",
    "7": "the technical part of all but the highest is paid 20 percent less",
}
_TECHNICAL = ("6", "7")


@rule(
    id="L1036",
    lines=2,
    name="paid-less-when-several",
    severity="hint",
    scope="claim",
    editions=(FEES,),
    status="off",
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """Two lines that share a reduction."""
    if not know.profile.medicare:
        return
    seen: dict[tuple[str, str, str], list[tuple[int, ServiceLine]]] = {}
    for number, line in enumerate(claim.lines):
        row = know.row(line) if line.code else None
        if row is None or row.multiple not in _CUTS or line.setting == "facility" or not charged(line):
            continue
        if line.component == "26" and row.multiple in _TECHNICAL:
            continue
        family = row.imaging_family if row.multiple == "4" else ""
        seen.setdefault((row.multiple, family, line.provider), []).append((number, line))
    for (cut, _, _), lines in seen.items():
        if len(lines) > 1:
            number, line = lines[1]
            yield say(
                Part("code"),
                f"{line.code}: one of {len(lines)} lines of the day that {know.profile.name} cuts together: {_CUTS[cut]}. "
                "Nothing is to be done.",
                line=number,
                related=[Related(at, Part("code"), "cut together") for at, _ in lines if at != number],
            )

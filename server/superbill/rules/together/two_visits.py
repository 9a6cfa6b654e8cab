"""Two visits of one day that exclude each other.

## What it does
Speaks when one provider, named on both lines, bills for one patient and day: two new-patient visits of one kind; two
initial visits of one kind; two daily visits of one kind; an initial and a subsequent daily visit of one kind; or a
same-day admission and discharge (99234-99236) beside initial, subsequent or discharge care. Silent when 25, 27, 59 or an
X modifier stands on one of them, when the two lines are equal (L1001), and where the file names no provider: two
specialists may well see one patient on one day.

## Why it matters
These codes stand for all visits of their kind in a day. The second is denied; work of both visits goes into one level.

## Example
```csv
patient,npi,dos,cpt,mod,units,pos
P1,1234567893,2025-10-15,99222,,1,21
P1,1234567893,2025-10-15,99232,,1,21
                         ^^^^^ L1034
```

## Instead
```csv
patient,npi,dos,cpt,mod,units,pos
P1,1234567893,2025-10-15,99223,,1,21
```

## Source
NCCI Policy Manual 2026 chapter XI, pages 29 and 30.

## Payers
Medicare counts physicians of one group and specialty as one; a file does not show that, so only one provider is looked
at.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import MANUAL
from superbill.charges.model import Claim, Part, ServiceLine
from superbill.rules.base import Draft, Related, rule, say
from superbill.rules.fixes import remove_line
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._lines import charged, one_day
from superbill.rules.together._pairs import never

#: Kinds of visits: name, what it is in its setting, first and last code.
_KINDS = (
    ("office", "new", "99202", "99205"),
    ("home", "new", "99341", "99345"),
    ("preventive", "new", "99381", "99387"),
    ("hospital", "initial", "99221", "99223"),
    ("hospital", "subsequent", "99231", "99233"),
    ("hospital", "same-day", "99234", "99236"),
    ("hospital", "discharge", "99238", "99239"),
    ("nursing facility", "initial", "99304", "99306"),
    ("nursing facility", "subsequent", "99307", "99310"),
    ("nursing facility", "discharge", "99315", "99316"),
    ("newborn critical care", "initial", "99468", "99468"),
    ("newborn critical care", "subsequent", "99469", "99469"),
    ("infant critical care", "initial", "99471", "99471"),
    ("infant critical care", "subsequent", "99472", "99472"),
    ("child critical care", "initial", "99475", "99475"),
    ("child critical care", "subsequent", "99476", "99476"),
    ("newborn intensive care", "initial", "99477", "99477"),
    ("newborn intensive care", "subsequent", "99478", "99480"),
)
_PARTED = ("25", "27", "59", "XE", "XS", "XP", "XU")


@rule(
    id="L1034",
    lines=2,
    absence=True,
    name="two-visits-of-one-kind",
    severity="warning",
    scope="claim",
    codes=("visits",),
    editions=(MANUAL,),
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """Two visits that stand for the same day's work."""
    visits = [
        (number, line, kind)
        for number, line in enumerate(claim.lines)
        if line.provider and charged(line) and line.setting != "facility" and (kind := _kind(line.code))
    ]
    for place, (number, line, kind) in enumerate(visits):
        for first, earlier, before in visits[:place]:
            if earlier.provider != line.provider or not one_day(earlier, line) or _equal(earlier, line):
                continue
            if line.has(*_PARTED) or earlier.has(*_PARTED):
                continue
            why = _why(before, kind)
            if why and not never(claim, know, number, first):
                yield say(
                    Part("code"),
                    f"{line.code} with {earlier.code} by one provider on one day: {why}. Bill one visit at the level "
                    "that both together reach.",
                    line=number,
                    related=[Related(first, Part("code"), "the other visit")],
                    fixes=[remove_line(f"Remove the {line.code} line")],
                )
                break


def _kind(code: str) -> tuple[str, str] | None:
    for setting, role, low, high in _KINDS:
        if low <= code <= high and len(code) == 5:
            return setting, role
    return None


def _equal(one: ServiceLine, other: ServiceLine) -> bool:
    """Whether L1001 speaks about the two."""
    return (one.code, set(one.mods), one.place, one.units, one.charge) == (
        other.code, set(other.mods), other.place, other.units, other.charge,
    )  # fmt: skip


def _why(one: tuple[str, str], other: tuple[str, str]) -> str:
    if one[0] != other[0]:
        return ""
    roles = {one[1], other[1]}
    if roles == {"new"}:
        return f"only one new-patient {one[0]} visit fits in a day"
    if len(roles) == 1:
        return f"the {one[0]} codes for {one[1]} care stand for the whole day"
    if roles == {"initial", "subsequent"}:
        return f"initial and subsequent {one[0]} care of one day are one visit"
    if "same-day" in roles:
        return "admission and discharge of one day are one code, which takes the other in"
    return ""

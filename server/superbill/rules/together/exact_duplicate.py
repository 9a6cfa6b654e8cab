"""A line that repeats another line of the same day in everything.

## What it does
Speaks about the second of two lines of one claim that agree in code, modifiers, place, dates, units, charge and
provider. Silent when a modifier says that the service was repeated, distinct or bilateral (76, 77, 91, 27, 50, 58, 59,
78, 79, XE, XP, XS, XU), on facility claims, and for codes that are merely cited in a note. A second line with 76 that
carries the remaining units is no duplicate.

## Why it matters
Payers deny the second of two equal lines as a duplicate without looking further. If it was done twice, a modifier must
say so; if it was entered twice, the line must go.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,93000,,1,11
P1,2025-10-15,93000,,1,11
              ^^^^^ L1001
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,93000,,1,11
P1,2025-10-15,93000,76,1,11
```

## Source
Duplicate claim logic as Medicare contractors publish it.

## Payers
Nearly all payers. Some want repeated tests as units on one line instead of 76.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Claim, Part
from superbill.rules.base import Draft, Related, rule, say
from superbill.rules.fixes import add, remove_line
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._lines import DISTINCT, REPEAT, charged

_TOLD_APART = (*DISTINCT, *REPEAT, "27", "50", "58", "78", "79")


@rule(id="L1001", lines=2, twice=True, absence=True, name="exact-duplicate-line", severity="warning", scope="claim")
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """Two lines that agree in everything."""
    if len(claim.lines) < 2:
        return
    seen: dict[tuple[object, ...], int] = {}
    for number, line in enumerate(claim.lines):
        # Two limited CTs of a day have a rule of their own (L1021).
        if not line.code or line.code == "76380" or line.setting == "facility" or not charged(line):
            continue
        if line.has(*_TOLD_APART):
            continue
        key = (
            line.code, tuple(sorted(line.mods)), line.place, line.since, line.until, line.units, line.charge,
            line.provider,
        )  # fmt: skip
        first = seen.setdefault(key, number)
        if first != number:
            repeat = ["91"] if know.is_lab(line.code) else ["76", "77"]
            yield say(
                Part("code"),
                f"{line.code}: this line repeats another line of the day in everything, and payers deny it as a "
                "duplicate. Remove it, or add the modifier that says why it was done twice.",
                line=number,
                related=[Related(first, Part("code"), "the same line")],
                fixes=[
                    remove_line(),
                    *(add(modifier, because=_WHY[modifier]) for modifier in repeat),
                    add("59", because="a separate site or session, if the note says so"),
                ],
            )


_WHY = {
    "76": "done again by the same physician",
    "77": "done again by another physician",
    "91": "test repeated on the same day for a new result",
}

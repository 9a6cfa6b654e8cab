"""A modifier of procedures on a visit.

## What it does
Speaks when a visit carries a modifier that is meant for procedures: 50, 51, 58, 59, XE, XS, XP, XU, 62, 66,
76 to 79, an assistant's, LT or RT. Silent where the fee schedule's own indicator forbids the modifier, since
another rule says so.

## Why it matters
A visit is set apart by 25, or by 24 in the days after surgery. Payers do not read these others on a visit,
and the line is bundled or rejected.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,99213,59,1,11
                 ^^ K591
2025-10-15,99214,RT,1,11
                 ^^ K591
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,99213,25,1,11
2025-10-15,99214,24,1,11
```

## Source
NCCI Policy Manual 2026 chapter I, page 17, for 59; contractors for the sides; else common coding practice.

## Payers
Payers differ. 59 is left alone on federally qualified health center visits and on facility claims, where it
marks a second visit of the day.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, Fix, rule, say
from superbill.rules.fit._claim import by_facility
from superbill.rules.fit._surgeons import ASSISTANTS
from superbill.rules.fixes import remove, swap
from superbill.rules.knowledge import Knowledge

_DISTINCT = ("59", "XE", "XS", "XP", "XU")
_SAME_DAY = (*_DISTINCT, "76", "77")
_AFTER_SURGERY = ("58", "78", "79")
_SIDES = ("50", "LT", "RT")
_ALL = (*_SAME_DAY, *_AFTER_SURGERY, *_SIDES, "51", "62", "66", *ASSISTANTS)


@rule(id="K591", name="procedure-modifier-on-visit", severity="warning", modifiers=_ALL, codes=("visits",))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """A procedure's modifier on a visit, where no indicator speaks."""
    for modifier in line.mods:
        if modifier not in _ALL or _spoken_for(line, modifier, know):
            continue
        better = "25" if modifier in _SAME_DAY else "24" if modifier in _AFTER_SURGERY else ""
        if better:
            why = {
                "25": "separate from the other services of the day",
                "24": "unrelated to an earlier operation",
            }[better]
            advice = f"Use {better} if the visit was {why}, else remove {modifier}."
        else:
            advice = f"Remove {modifier}."
        fixes: list[Fix] = [remove(line, modifier, preferred=modifier in ("LT", "RT", "51"))]
        if better and not line.has(better):
            fixes.insert(0, swap(line, modifier, better))
        yield say(
            line.slot(modifier),
            f"{line.code}-{modifier}: {modifier} is for procedures, and this is a visit. {advice}",
            fixes=fixes,
        )


def _spoken_for(line: ServiceLine, modifier: str, know: Knowledge) -> bool:
    """Whether another rule speaks of the modifier already, or it has a meaning on this code."""
    if modifier in _DISTINCT and (by_facility(line) or "G0466" <= line.code <= "G0470"):
        return True
    row = know.row(line)
    if row is None:
        return False
    if modifier == "50":
        return row.bilateral in ("0", "2", "9")
    if modifier in ("LT", "RT"):
        return row.bilateral == "2" and line.has("LT") and line.has("RT")
    if modifier == "62":
        return row.cosurgeon in ("0", "9")
    if modifier == "66":
        return row.team in ("0", "9")
    return modifier in ASSISTANTS and row.assistant in ("1", "9")

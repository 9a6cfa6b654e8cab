"""3-D rendering beside a study that already contains it.

## What it does
Speaks when 76376 or 76377 stands beside a study that takes the 3-D in. CT angiography and MR angiography outside the
head: no modifier helps (CCMI 0). MR angiography of the head, CT colonography, cardiac CT and MR, breast CT, MR and
tomosynthesis, nuclear medicine: the 3-D counts only where it was made from a third study (CCMI 1), so the rule is
silent when the 3-D line carries 59, XS, XE or XU and there is another base study.

## Why it matters
The rendering of these studies is part of their own code, and Medicare denies 76376 and 76377 beside them.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,71275,26,1,22
P1,2025-10-15,76377,26,1,22
              ^^^^^ L1017
P2,2025-10-15,78452,26,1,22
P2,2025-10-15,74177,26,1,22
P2,2025-10-15,76377,26,1,22
              ^^^^^ L1017
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,71275,26,1,22
P2,2025-10-15,78452,26,1,22
P2,2025-10-15,74177,26,1,22
P2,2025-10-15,76377,26 59,1,22
```

## Source
NCCI PTP practitioner 2024 Q3; for nuclear medicine NCCI Policy Manual 2026 chapter IX, page 11. 70471-70473, new in
2026, are taken for CT angiography by kinship and give a warning only.

## Payers
An error for Medicare where no modifier helps and the table covers the day, else a warning. A warning for payers that
only borrow the edits.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import PAIRS
from superbill.charges.model import Claim, Part, ServiceLine
from superbill.rules.base import Draft, Related, rule, say
from superbill.rules.fixes import remove_line
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._lines import RENDERED, in_force, meet
from superbill.rules.together._pairs import told

_NEVER = ("cta", "mra")
_THIRD_STUDY = ("mra-head", "cardiac-breast-imaging", "ct-other", "nuclear")
_BY_KINSHIP = ("70471", "70472", "70473")


@rule(
    id="L1017",
    lines=2,
    name="render3d-already-included",
    severity="error",
    scope="claim",
    codes=RENDERED,
    editions=(PAIRS,),
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """76376 or 76377 beside a study that contains the 3-D."""
    for number, line in enumerate(claim.lines):
        if line.code not in RENDERED:
            continue
        others = [
            (at, other)
            for at, other in enumerate(claim.lines)
            if other.code and other.code not in RENDERED and meet(line, other) and in_force(other, know)
        ]
        never = next(((at, other) for at, other in others if know.in_any(other.code, *_NEVER)), None)
        if never:
            if not told(claim, know, number, never[0]):
                yield _never(number, line, *never, know)
            continue
        third = next(((at, other) for at, other in others if know.in_any(other.code, *_THIRD_STUDY)), None)
        if third:
            base = any(
                know.in_set(other.code, "render3d-base") and not know.in_any(other.code, *_THIRD_STUDY)
                for _, other in others
            )
            if not (base and line.has("59", "XS", "XE", "XU")):
                yield _third(number, line, *third, base)


def _never(number: int, line: ServiceLine, at: int, other: ServiceLine, know: Knowledge) -> Draft:
    tabled = line.since is not None and other.code not in _BY_KINSHIP
    return say(
        Part("code"),
        f"{line.code} with {other.code} on one day: the angiogram contains its 3-D images, and no modifier separates "
        f"them. Remove {line.code}.",
        line=number,
        related=[Related(at, Part("code"), f"{other.code} takes the 3-D in")],
        fixes=[remove_line(f"Remove the {line.code} line")],
        severity=None if tabled and know.profile.medicare else "warning",
        payer=tabled,
    )


def _third(number: int, line: ServiceLine, at: int, other: ServiceLine, base: bool) -> Draft:
    if base:
        advice = (
            "If it belongs to the other study of this day, put 59 or XS on it and say so in the report; else remove it"
        )
    else:
        todo = f"Bill that study too, or remove {line.code}" if line.has("59", "XS", "XE", "XU") else "Remove it"
        advice = f"It counts only where it was made from a third study, and none is on this claim. {todo}"
    return say(
        Part("code"),
        f"{line.code} with {other.code} on one day: the study takes its own 3-D in. {advice}.",
        line=number,
        related=[Related(at, Part("code"), f"{other.code} takes the 3-D in")],
        fixes=[remove_line(f"Remove the {line.code} line")],
        severity="warning",
    )

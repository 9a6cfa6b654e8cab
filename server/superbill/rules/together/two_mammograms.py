"""A screening and a diagnostic mammogram of one day, not marked as Medicare wants.

## What it does
Speaks when 77067 stands on one claim with 77065 or 77066: about the diagnostic line when it has no GG, and about the
screening line when it has neither 59 nor XU.

## Why it matters
The two are rarely done on one day. When they are, Medicare pays both only if the claim shows that the screening led to
the diagnostic study: GG on the one, 59 or XU on the other.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,77067,26,1,22
              ^^^^^ L1041
P1,2025-10-15,77066,26,1,22
              ^^^^^ L1041
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,77067,26 59,1,22
P1,2025-10-15,77066,26 GG,1,22
```

## Source
NCCI Policy Manual 2026 chapter IX, page 7.

## Payers
Medicare only; off for other payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import MANUAL
from superbill.charges.dialect import AddModifiers
from superbill.charges.model import Claim, Part, ServiceLine
from superbill.rules.base import Draft, Fix, Related, rule, say
from superbill.rules.fixes import add
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._lines import meet

_SCREENING = ("59", "XU")


@rule(
    id="L1041",
    lines=2,
    absence=True,
    name="two-mammograms-unmarked",
    severity="warning",
    scope="claim",
    codes=("77067",),
    editions=(MANUAL,),
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """Screening and diagnostic mammogram without GG and 59 or XU."""
    if not know.profile.medicare:
        return
    screenings = [(number, line) for number, line in enumerate(claim.lines) if line.code == "77067"]
    diagnostics = [
        (number, line)
        for number, line in enumerate(claim.lines)
        if know.in_set(line.code, "mammography-diagnostic") and any(meet(line, other) for _, other in screenings)
    ]
    if not diagnostics:
        return
    first, diagnostic = diagnostics[0]
    for number, line in screenings:
        if not line.has(*_SCREENING):
            also = () if diagnostic.has("GG") else ((first, AddModifiers(("GG",))),)
            yield say(
                Part("code"),
                f"77067 with {diagnostic.code} on one day: Medicare wants the screening marked 59 or XU, and GG on the "
                f"diagnostic study. Add 59 or XU{' here' if not also else ', and GG there'}.",
                line=number,
                related=[Related(first, Part("code"), "the diagnostic mammogram")],
                fixes=[_both("59", also, "GG", diagnostic), _both("XU", also, "GG", diagnostic)],
            )
    for number, line in diagnostics:
        if not line.has("GG"):
            yield say(
                Part("code"),
                f"{line.code} with a screening mammogram on one day: Medicare wants GG on the diagnostic study. Add GG.",
                line=number,
                related=[Related(screenings[0][0], Part("code"), "the screening mammogram")],
                fixes=[add("GG")],
            )


def _both(here: str, also: tuple[tuple[int, AddModifiers], ...], there: str, other: ServiceLine) -> Fix:
    title = f"Add modifier {here}" + (f", and {there} to {other.code}" if also else "")
    return Fix(title, (AddModifiers((here,)),), also=also)

"""The add-on for complex visits beside a visit with modifier 25.

## What it does
With a Medicare profile and from 2024-01-01, speaks about G2211 when the office visit of the same provider and day carries
25. It is a warning when a procedure stands on the claim too, else information. From 2025-01-01 it is silent when the
claim has a preventive service, a vaccine or its administration.

## Why it matters
Medicare denies G2211 beside a visit with 25. Since 2025 there is one exception: the 25 is there because of a
preventive service under Part B.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,99214,25,1,11
P1,2025-10-15,20610,RT,1,11
P1,2025-10-15,G2211,,1,11
              ^^^^^ K661
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,99214,25,1,11
P1,2025-10-15,G0439,,1,11
P1,2025-10-15,G2211,,1,11
```

## Source
CMS fee schedule rules for 2024 and 2025; CMS Transmittal 13015 on the exception, as restated in the trade press. Its list
of preventive services was not at hand, so ours is drawn wide.

## Payers
Medicare profiles only; some other payers do not pay G2211 at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from superbill.charges.model import Claim, Part, ServiceLine
from superbill.rules.base import Draft, Related, rule, say
from superbill.rules.fit._claim import same_provider
from superbill.rules.fixes import remove_line
from superbill.rules.knowledge import PACKAGED, Knowledge

_SINCE = date(2024, 1, 1)
_EXCEPTION_SINCE = date(2025, 1, 1)


@rule(id="K661", lines=2, name="complexity-beside-25", severity="warning", scope="claim", codes=("G2211",))
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """G2211 beside an office visit with 25, and nothing preventive."""
    if not know.profile.medicare:
        return
    for number, line in enumerate(claim.lines):
        if line.code != "G2211" or line.since is None or line.since < _SINCE or line.purpose == "cited":
            continue
        mine = [(at, other) for at, other in enumerate(claim.lines) if same_provider(line, other) and at != number]
        visits = [(at, other) for at, other in mine if know.in_set(other.code, "visits-office")]
        marked = [at for at, visit in visits if visit.has("25")]
        if not marked or len(marked) < len(visits):
            continue
        if line.since >= _EXCEPTION_SINCE and any(_preventive(other, know) for _, other in mine):
            continue
        procedure = any(_packaged(other, know) for _, other in mine)
        code = claim.lines[marked[0]].code
        but = " except beside a preventive service" if line.since >= _EXCEPTION_SINCE else ""
        yield say(
            Part("code"),
            f"G2211: {know.profile.name} does not pay it when the visit carries 25{but}, and {code} does. "
            f"Leave G2211 off, or check that 25 belongs on {code}.",
            line=number,
            related=[Related(marked[0], claim.lines[marked[0]].slot("25"), "the visit with 25")],
            fixes=[remove_line("Remove the G2211 line")],
            severity=None if procedure else "information",
        )


def _preventive(line: ServiceLine, know: Knowledge) -> bool:
    return know.in_set(line.code, "medicare-preventive") or line.has("33", "PT")


def _packaged(line: ServiceLine, know: Knowledge) -> bool:
    row = know.plain_row(line.code, line.since)
    return row is not None and row.global_days in PACKAGED

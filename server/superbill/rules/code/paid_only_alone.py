"""A service that Medicare pays only when nothing else is paid that day.

## What it does
Speaks, under a Medicare profile, when one of the eight status T codes (36591, 36592, 36598, 94760, 94761,
96523, G0117, G0118) stands on a claim beside another service that the fee schedule pays, by the same
provider. Two status T codes do not set each other off, nor does a line marked GY or GZ.

## Why it matters
Beside any other paid service the status T code is bundled: no money, and the patient must not be charged.
Drawing from a port on the day of a visit is the usual case.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,99213,,1,11
P1,2025-10-15,36591,,1,11
              ^^^^^ C312
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,36591,,1,11
P2,2025-10-15,99213,,1,11
```

## Source
CMS PFS relative value file, status T.

## Payers
Medicare. Other payers decide for themselves.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import Claim, Part, ServiceLine
from superbill.rules.base import Draft, Related, rule, say
from superbill.rules.fixes import remove_line
from superbill.rules.knowledge import Knowledge

#: Fee schedule statuses under which a service can be paid.
_PAYABLE = frozenset({"A", "C", "R"})


@rule(
    id="C312",
    lines=2,
    name="paid-only-alone",
    severity="warning",
    scope="claim",
    codes=("status-t",),
    editions=(FEES,),
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """Status T beside a payable line of the same provider."""
    if not know.profile.medicare:
        return
    payable = [(number, line) for number, line in enumerate(claim.lines) if _payable(line, know)]
    for number, line in enumerate(claim.lines):
        if not know.in_set(line.code, "status-t"):
            continue
        for other, beside in payable:
            if line.provider and beside.provider and line.provider != beside.provider:
                continue
            yield say(
                Part("code"),
                f"{line.code}: {know.profile.name} pays it only when nothing else is paid that day (status "
                f"T), and {beside.code} is on this claim. Leave it off unless {beside.code} is denied.",
                line=number,
                related=[Related(other, Part("code"), f"{beside.code}, payable the same day")],
                fixes=[remove_line(f"Remove the {line.code} line")],
            )
            break


def _payable(line: ServiceLine, know: Knowledge) -> bool:
    row = know.row(line)
    return (
        row is not None
        and row.status in _PAYABLE
        and not know.in_set(line.code, "status-t")
        and not line.has("GY", "GZ")
    )

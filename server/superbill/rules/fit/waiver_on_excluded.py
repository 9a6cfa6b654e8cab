"""GA or GZ on a service that Medicare does not cover at all.

## What it does
With a Medicare profile, notes GA or GZ on a code that the fee schedule marks as not covered (status N).

## Why it matters
GA and GZ say that a covered service is expected to be denied as not medically necessary. For one that is never covered the
notice is voluntary: GY says so, and GX that a notice was given all the same. With GZ the patient may not be
billed, although the patient would owe it.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,99397,GZ,1,11
                 ^^ K670
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,99397,GY,,1,11
2025-10-15,99397,GX,GY,1,11
```

## Source
CMS HCPCS file, meaning of GA, GX, GY and GZ, as contractors explain them; CMS PFS relative value file, status N. The other
way round, GY on a code that is payable, is not reported: whether a payable code falls under an exclusion depends on the
case.

## Payers
Medicare profiles only.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import swap
from superbill.rules.knowledge import Knowledge


@rule(id="K670", name="waiver-on-excluded-service", severity="information", modifiers=("GA", "GZ"), editions=(FEES,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """GA or GZ on status N under Medicare."""
    row = know.row(line)
    if not know.profile.medicare or row is None or row.status != "N" or line.has("GY"):
        return
    if line.has("GA") and line.has("GZ"):
        return
    modifier = "GA" if line.has("GA") else "GZ"
    yield say(
        line.slot(modifier),
        f"{line.code}-{modifier}: {know.profile.name} does not cover the code at all (status N), and {modifier} is for covered "
        "services that may be denied as not medically necessary. GY fits, with GX when a notice was given.",
        fixes=[swap(line, modifier, "GY")],
    )

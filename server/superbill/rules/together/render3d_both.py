"""Both 3-D rendering codes on one day.

## What it does
Speaks when 76376 and 76377 stand on one claim (same patient and day), whatever modifiers they carry.

## Why it matters
The two describe the same work with and without an independent workstation. The edit between them cannot be bypassed:
76377 is paid, 76376 is denied, even when two studies were rendered.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,74177,26,1,22
P1,2025-10-15,76377,26,1,22
P1,2025-10-15,76376,26,1,22
              ^^^^^ L1016
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,74177,26,1,22
P1,2025-10-15,76377,26,1,22
```

## Source
NCCI PTP practitioner 2024 Q3: column 1 76377, column 2 76376, modifier indicator 0.

## Payers
An error for Medicare on dates that the pair table covers; a warning for other dates, and for payers that only borrow
the edits.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import PAIRS
from superbill.charges.model import Claim, Part
from superbill.rules.base import Draft, Related, rule, say
from superbill.rules.fixes import remove_line
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._pairs import told


@rule(
    id="L1016",
    lines=2,
    name="render3d-both-codes",
    severity="error",
    scope="claim",
    codes=("76376",),
    editions=(PAIRS,),
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """76376 and 76377 on one claim."""
    better = [number for number, line in enumerate(claim.lines) if line.code == "76377"]
    if not better:
        return
    for number, line in enumerate(claim.lines):
        if line.code == "76376" and not told(claim, know, number, better[0]):
            yield say(
                Part("code"),
                "76376 with 76377 on one day: they are the same work, and no modifier separates them. Keep 76377 only "
                "if the note states an independent workstation, else keep 76376.",
                line=number,
                related=[Related(better[0], Part("code"), "76377, the other 3-D code of this day")],
                fixes=[remove_line("Remove the 76376 line")],
            )

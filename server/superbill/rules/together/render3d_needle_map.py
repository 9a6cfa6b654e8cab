"""3-D rendering beside needle guidance only.

## What it does
Speaks when 76376 or 76377 stands beside imaging used to guide a needle or biopsy and no diagnostic CT, MR or ultrasound
study is on the claim that the 3-D could belong to.

## Why it matters
A 3-D map of where needles or biopsies went is not 3-D rendering for Medicare, whatever guided them. The table of pairs
denies some of the guidance codes beside 3-D; the manual goes further and rules the 3-D out.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,76942,26,1,22
P1,2025-10-15,76376,26,1,22
              ^^^^^ L1019
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,76942,26,1,22
```

## Source
NCCI Policy Manual 2026 chapter IX, page 11.

## Payers
Medicare's rule; a warning for all, since only the note shows what the 3-D was for.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import MANUAL
from superbill.charges.model import Claim, Part
from superbill.rules.base import Draft, Related, rule, say
from superbill.rules.fixes import remove_line
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._lines import RENDERED, meet

_STUDIES = (
    "render3d-base", "render3d-other-base", "ct", "cta", "ct-other", "mr", "mra", "mra-head",
    "cardiac-breast-imaging", "nuclear",
)  # fmt: skip


@rule(
    id="L1019",
    lines=2,
    name="render3d-as-needle-map",
    severity="warning",
    scope="claim",
    codes=RENDERED,
    editions=(MANUAL,),
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """76376 or 76377 with needle guidance and no diagnostic study."""
    if any(line.code and know.in_any(line.code, *_STUDIES) for line in claim.lines):
        return
    for number, line in enumerate(claim.lines):
        if line.code not in RENDERED:
            continue
        for at, other in enumerate(claim.lines):
            if know.in_set(other.code, "image-guidance") and meet(line, other):
                yield say(
                    Part("code"),
                    f"{line.code} with {other.code} and no diagnostic study: a chart of where needles went is not "
                    "billed as 3-D rendering. Remove it, unless it belongs to a study on another claim.",
                    line=number,
                    related=[Related(at, Part("code"), "needle guidance")],
                    fixes=[remove_line(f"Remove the {line.code} line")],
                )
                break

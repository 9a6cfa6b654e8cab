"""3-D rendering without a study to render.

## What it does
Speaks when a claim carries 76376 or 76377 and no CT, MR, ultrasound or other study that 3-D images can be made from.
Any component of such a study will do, also one by another provider. Silent beside imaging guidance, which has a rule of
its own (L1019), and for codes cited in a note (N1307).

## Why it matters
3-D rendering is done on another study of the patient, and payers deny it when they find none. The study may stand on
another claim; then nothing is wrong.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,76377,26,1,22
              ^^^^^ L1015
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,74177,26,1,22
P1,2025-10-15,76377,26,1,22
```

## Source
An instruction of CPT and payers' denials. Medicare's add-on table does not list the two codes, and no CMS text was
found.

## Payers
A warning for all, since the base study may be on another claim.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Claim, Part
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._lines import RENDERED, charged, has_tomographic_study


@rule(id="L1015", name="render3d-without-base-study", severity="warning", scope="claim", codes=RENDERED)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """76376 or 76377 and nothing to render."""
    if has_tomographic_study(claim.lines, know):
        return
    for number, line in enumerate(claim.lines):
        if line.code in RENDERED and charged(line):
            yield say(
                Part("code"),
                f"{line.code}: 3-D rendering is of a CT, MR, ultrasound or like study, and this claim has none. Check "
                "that the study is billed, here or on another claim.",
                line=number,
            )

"""Surgery and aftercare on two lines, by one provider.

## What it does
Speaks when one claim has a code once with 54 and once with 55, on the same side and by the same provider.

## Why it matters
The two shares make up the whole package. One line without either modifier says the same; two lines look like
a split that did not happen.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,27447,"54 RT",1,21
P1,2025-10-15,27447,"55 RT",1,21
                     ^^ K582
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,27447,RT,1,21
```

## Source
The make-up of the surgical package; no CMS text says it in terms.

## Payers
The same everywhere, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Claim
from superbill.rules.base import Draft, Related, rule, say
from superbill.rules.fit._claim import same_provider
from superbill.rules.knowledge import Knowledge


@rule(id="K582", lines=2, name="split-care-rejoined", severity="warning", scope="claim", modifiers=("55",))
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """54 and 55 on two lines of one code."""
    surgery = [number for number, line in enumerate(claim.lines) if line.has("54") and not line.has("55")]
    for number, line in enumerate(claim.lines):
        if not line.has("55") or line.has("54") or not line.code:
            continue
        for other in surgery:
            twin = claim.lines[other]
            sides = {*line.mods} & {"LT", "RT", "50"}, {*twin.mods} & {"LT", "RT", "50"}
            if twin.code == line.code and sides[0] == sides[1] and same_provider(line, twin):
                yield say(
                    line.slot("55"),
                    f"{line.code}-55: another line of this claim has the operation with 54, and together "
                    "they are the whole package. Bill one line without 54 and 55, or correct the provider "
                    "of one.",
                    line=number,
                    related=[Related(other, twin.slot("54"), "the operation")],
                )
                break

"""Two limited CTs on one day and nothing that tells them apart.

## What it does
Speaks when 76380 stands twice on a claim for the same component, provider and day, and none of the later lines carries
76, 77, 59 or an X modifier. From three a day on the unit limit speaks instead (U903).

## Why it matters
Slices taken again because the first were poor, or to see more, belong to the same study: one unit. A second study needs a
reason in the note and a modifier on the line, else it is denied as a duplicate.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,76380,26,1,22
P1,2025-10-15,76380,26,1,22
              ^^^^^ L1021
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,76380,26,1,22
P1,2025-10-15,76380,26 76,1,22
```

## Source
NCCI Policy Manual 2026 chapter IX, page 5; MUE practitioner 2024 Q3: 2 a day, indicator 3.

## Payers
The same for all payers, as far as known.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Claim, Part
from superbill.rules.base import Draft, Related, rule, say
from superbill.rules.fixes import add, remove_line
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._lines import DISTINCT, REPEAT, charged, meet


@rule(
    id="L1021", lines=2, absence=True, name="limited-ct-twice", severity="information", scope="claim", codes=("76380",)
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """76380 twice without a modifier that says why."""
    lines = [(number, line) for number, line in enumerate(claim.lines) if line.code == "76380" and charged(line)]
    if len(lines) < 2 or sum(line.units or 1 for _, line in lines) > 2 * len({x.component for _, x in lines}):
        return
    for place, (number, line) in enumerate(lines):
        if line.has(*DISTINCT, *REPEAT):
            continue
        for first, earlier in lines[:place]:
            if earlier.component == line.component and meet(earlier, line) and not earlier.has(*DISTINCT, *REPEAT):
                yield say(
                    Part("code"),
                    "76380 twice on one day: slices taken again in one encounter are one study. If it was needed again "
                    "later that day, add 76 or 77 and give the reason in the note; else remove this line.",
                    line=number,
                    related=[Related(first, Part("code"), "the first limited CT")],
                    fixes=[
                        add("76", because="done again by the same physician"),
                        add("77", because="done again by another physician"),
                        remove_line(),
                    ],
                )
                break

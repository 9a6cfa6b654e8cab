"""3-D rendering billed for another component than its base study.

## What it does
Speaks when every CT, MR or ultrasound study on the claim that the 3-D can belong to is billed for one component (with
26, with TC, or plain), and 76376 or 76377 for another, same provider and same place. Silent where a plain line stands in
a facility place, since that is another rule's.

## Why it matters
Whoever bills the reading only of the study will rarely own the equipment for the 3-D. One of the two lines is usually
missing its modifier.

## Example
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,74177,26,1,11
P1,2025-10-15,76376,,1,11
              ^^^^^ L1018
```

## Instead
```csv
patient,dos,cpt,mod,units,pos
P1,2025-10-15,74177,26,1,11
P1,2025-10-15,76376,26,1,11
```

## Source
How the two components fit together; no CMS text is special to these codes.

## Payers
A warning for all.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Claim, Part, ServiceLine
from superbill.rules.base import Draft, Fix, Related, rule, say
from superbill.rules.fixes import add, remove, swap
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._lines import RENDERED, charged, meet

_NAMES = {"": "as a whole", "26": "with 26", "TC": "with TC"}


@rule(
    id="L1018",
    lines=2,
    absence=True,
    name="render3d-component-mismatch",
    severity="warning",
    scope="claim",
    codes=RENDERED,
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """Base study and 3-D billed for different components."""
    for number, line in enumerate(claim.lines):
        if line.code not in RENDERED or not charged(line) or not line.place:
            continue
        bases = [
            (at, other)
            for at, other in enumerate(claim.lines)
            if know.in_set(other.code, "render3d-base") and other.place == line.place and meet(line, other)
        ]
        components = {other.component for _, other in bases}
        if len(components) != 1 or line.component in components:
            continue
        base = bases[0][1]
        if know.facility(line.place) and "" in (line.component, base.component):
            continue
        yield say(
            line.slot(line.component) if line.component else Part("code"),
            f"{line.code} is billed {_NAMES[line.component]}, its base study {base.code} {_NAMES[base.component]}. "
            "Bill both for the part that was done.",
            line=number,
            related=[Related(bases[0][0], Part("code"), f"base study, billed {_NAMES[base.component]}")],
            fixes=[_match(line, base.component)],
        )


def _match(line: ServiceLine, component: str) -> Fix:
    """Make the 3-D line what the base study is."""
    if not line.component:
        return add(component, first=True, because="as on the base study")
    if not component:
        return remove(line, line.component, preferred=False)
    return swap(line, line.component, component)

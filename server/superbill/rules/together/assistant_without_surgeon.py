"""An assistant at surgery, and no surgeon for the operation among the patient's lines.

## What it does
Speaks about a line with 80, 81, 82 or AS when the claim holds lines of another provider for the same day, but none that
bills the same code as the surgeon. Silent where all lines are the assistant's own: the surgeon then bills elsewhere.

## Why it matters
Payers look for the surgeon's claim first. A code that differs from the surgeon's is denied.

## Example
```csv
patient,npi,dos,cpt,mod,units,pos
P1,1234567893,2025-10-15,27447,RT,1,21
P1,1111111112,2025-10-15,27446,80 RT,1,21
                               ^^ L1038
```

## Instead
```csv
patient,npi,dos,cpt,mod,units,pos
P1,1234567893,2025-10-15,27447,RT,1,21
P1,1111111112,2025-10-15,27447,80 RT,1,21
```

## Source
How the lines of surgeon and assistant fit together; no CMS text was found.

## Payers
Information for all.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Claim
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._lines import one_day

_ASSISTANT = ("80", "81", "82", "AS")


@rule(
    id="L1038",
    lines=2,
    name="assistant-without-surgeon",
    severity="information",
    scope="claim",
    modifiers=_ASSISTANT,
)
def check(claim: Claim, know: Knowledge) -> Iterator[Draft]:
    """80, 81, 82 or AS and nobody who did the operation."""
    for number, line in enumerate(claim.lines):
        if not line.code or not line.provider or not line.has(*_ASSISTANT):
            continue
        others = [other for other in claim.lines if one_day(line, other) and not other.has(*_ASSISTANT)]
        if not any(
            other.provider and other.provider != line.provider and know.is_procedure(other.code, other.since)
            for other in others
        ):
            continue
        if any(other.code == line.code for other in others):
            continue
        modifier = next(one for one in _ASSISTANT if line.has(one))
        yield say(
            line.slot(modifier),
            f"{line.code}-{modifier}: none of the patient's lines of this day bills {line.code} as the surgeon. Check the "
            "code against the surgeon's claim.",
            line=number,
        )

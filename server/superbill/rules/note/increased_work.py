"""22, and the note does not say how much more work there was, or why.

## What it does
Speaks when a note bills 22 and tells neither why the work was greater (dense adhesions, scarring, earlier operations,
obesity, bleeding, unusual anatomy, difficult, complex, large tumor ...) nor how much (additional time, longer than usual,
twice the time, percent, effort increased ..., or any
duration): a warning. When one of the two is there, the other is asked for as
information.

## Why it matters
22 asks for more than the fee, and payers decide by the operative note. "Difficult" alone is rarely enough; a figure
beside the usual one is what they look for.

## Example
```md
# Hernia repair
CPT: 49505-22-LT
           ^^ N1342

## Procedure
The left groin was prepped and incised. The hernia was reduced and repaired with mesh. He tolerated it well.
```

## Instead
```md
# Hernia repair
CPT: 49505-22-LT

## Procedure
The left groin was prepped and incised. Dense adhesions from two earlier repairs were divided, which took 70 minutes
more than the usual 45. The hernia was reduced and repaired with mesh. He tolerated it well.
```

## Source
Payer policies on 22, which ask for the reason and the extent of the added work.

## Payers
Most payers ask for the operative note and a short letter. Some pay nothing more for obesity alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Note
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.note._note import carriers, is_draft, listed, placeholder, unstated

_MEASURE = "how much greater it was, in time or effort"
_WANTED = {"why the work was greater than usual": ("extra-work-reason",), _MEASURE: ("extra-work-measure",)}


@rule(id="N1342", name="increased-work-not-explained", severity="warning", scope="note", modifiers=("22",))
def check(note: Note, know: Knowledge) -> Iterator[Draft]:
    """22 billed, reason or measure of the added work not stated."""
    missing = unstated(note, _WANTED)
    if note.values("minutes"):
        missing = [what for what in missing if what != _MEASURE]
    if not missing or not is_draft(note):
        return
    for number, line, modifier in carriers(note, "22"):
        yield say(
            line.slot(modifier),
            f"{line.code}-22: not stated in the note: {listed(missing)}. Add it, or take 22 off.",
            line=number,
            severity=None if len(missing) == len(_WANTED) else "information",
            fixes=[placeholder("the added work", f"Surgeon to state: {listed(missing)}")],
        )
        return

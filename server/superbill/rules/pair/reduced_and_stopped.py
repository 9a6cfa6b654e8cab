"""Two modifiers for a procedure that was not finished.

## What it does
Speaks when a line carries 52 and 53, 73 and 74, or 53 and one of 73 and 74.

## Why it matters
52 is less than usual, by choice; 53 is stopped for the patient's safety; 73 and 74 are a facility's, stopped
before or after anesthesia. They are priced differently and only one can be true.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,45378,52,53,1,22
                    ^^ X709
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,45378,53,,1,22
```

## Source
The meaning of the CPT modifiers; contractor pages on 73 and 74.

## Payers
The same for all payers.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.pair._beside import beside, keep_one, named

_EXCLUDED = (("52", "53"), ("73", "74"), ("53", "73"), ("53", "74"))


@rule(id="X709", name="reduced-and-stopped", severity="error", modifiers=("52", "53", "73", "74"))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """52 beside 53, or two of 53, 73 and 74."""
    found = beside(line, know, "52", "53", "73", "74")
    clash = [m for m in found if any(m in pair and pair[0] in found and pair[1] in found for pair in _EXCLUDED)]
    if not clash:
        return
    yield say(
        line.slot(clash[-1]),
        f"{line.code}-{clash[-1]}: {named(clash)} tell different stories of a procedure that was not "
        "finished. Keep the one that happened.",
        fixes=keep_one(line, clash),
    )

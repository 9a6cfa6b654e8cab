"""The trip of an ambulance line not in the first place.

## What it does
Speaks when an ambulance line has another modifier before its origin and destination. On these lines two
letters that can be a trip are the trip, also where they are an ordinary modifier elsewhere.

## Why it matters
Contractors read the trip from the first modifier. With another one there, the line may come back as if it had
none.

## Example
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,A0427,GA,RH,1,41
                    ^^ O804
```

## Instead
```csv
dos,cpt,mod1,mod2,units,pos
2025-10-15,A0427,RH,GA,1,41
```

## Source
Medicare contractor instructions on ambulance claims (First Coast).

## Payers
Medicare contractors; other payers mostly follow.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, rule
from superbill.rules.knowledge import Knowledge
from superbill.rules.order._sorting import complain


@rule(id="O804", name="ambulance-trip-not-first", severity="warning", codes=("ambulance",))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Another modifier before the trip."""
    if len(line.modifiers) > 1:
        yield from complain(
            line,
            know,
            "O804",
            "{modifier} is the trip, which is read from the first place, and {beyond} stands before it.",
        )

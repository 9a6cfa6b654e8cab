"""An ambulance line that does not say where the trip began and ended.

## What it does
Speaks when a charge line bills A0425-A0436 and none of its modifiers is an origin and a destination, such as
RH for from home to the hospital. It is silent where M405 finds a wrong pair, in notes and bare code lists,
and in files that have no column for modifiers.

## Why it matters
Coverage of an ambulance trip hangs on where it began and ended. Medicare contractors return a line without
the two letters as unprocessable.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,A0427,,1,41
           ^^^^^ M404
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,A0427,RH,1,41
```

## Source
Medicare contractor instructions on ambulance claims (First Coast); CMS HCPCS file for the codes.

## Payers
An error for Medicare, a warning for other payers, who mostly want the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.knowledge import Knowledge
from superbill.rules.modifier._known import meant_as_trip, trip


@rule(id="M404", name="ambulance-trip-missing", severity="error", codes=("ambulance",))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """No origin and destination on an ambulance line of a charge file."""
    bare = line.written.date is None and line.written.units is None
    if bare or not line.room or trip(line, know) or any(meant_as_trip(line, m, know) for m in line.mods):
        return
    medicare = know.profile.medicare
    who = "Medicare returns" if medicare else "most payers return"
    yield say(
        Part("code"),
        f"{line.code}: where the trip began and ended is missing, and {who} the line without it. Add the two "
        "letters, such as RH for home to hospital.",
        severity=None if medicare else "warning",
        payer=True,
    )

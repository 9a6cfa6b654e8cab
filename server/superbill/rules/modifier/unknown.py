"""A modifier that does not exist.

## What it does
Speaks when a modifier is neither one of CPT's nor in CMS's HCPCS file, nor an ambulance trip, nor withdrawn
by CPT. State-defined modifiers (the U series and the other Medicaid ones) are in the file and count as known.
On transport codes any two letters are left to M405.

## Why it matters
A payer's system drops the line, or the whole claim, when it meets a modifier that it cannot look up. Most
often a character was mistyped, or a note got into the column.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,99213,Z5,1,11
                 ^^ M401
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,99213,25,1,11
2025-10-15,99213,U1,1,11
```

## Source
CMS HCPCS Level II file, October 2025; the CPT modifier numbers.

## Payers
The same for all payers under HIPAA. Workers' compensation schemes of some states have modifiers of their own:
add those to the workspace.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import HCPCS
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, rule, say
from superbill.rules.fixes import write
from superbill.rules.knowledge import Knowledge
from superbill.rules.modifier._known import RETIRED, meant_as_trip
from superbill.rules.modifier._near import near


@rule(id="M401", name="modifier-unknown", severity="error", editions=(HCPCS,))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """Not in the catalog, no trip, not retired."""
    if not line.code:
        return
    for slot, modifier in enumerate(line.modifiers):
        if not modifier or modifier in know.modifier_codes or modifier in RETIRED:
            continue
        if meant_as_trip(line, modifier, know):
            continue
        on = line.since or know.today
        part = Part("modifier", slot)
        meant = near(modifier, on, know)
        yield say(
            part,
            f"{line.code}-{modifier}: no such modifier in CPT or HCPCS, so the line will be rejected. "
            + (f"Was {' or '.join(meant)} meant?" if meant else "Check what was meant."),
            fixes=[write(part, other, f"Replace {modifier} with {other}", preferred=False) for other in meant],
            severity=None if know.edition(HCPCS, on).covers(on) else "warning",
        )

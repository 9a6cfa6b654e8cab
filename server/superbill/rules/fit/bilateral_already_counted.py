"""Both sides billed on a code that covers both sides already.

## What it does
Speaks when the fee schedule gives the code the bilateral indicator 2 and the line says both sides once more:
with 50, with LT and RT together, or with 2 units.

## Why it matters
The price of the code is for both sides. Medicare pays it once, and a line that counts it twice is cut or
denied.

## Example
```csv
dos,cpt,mod,units,pos
2025-10-15,77067,50,1,11
                 ^^ K521
2025-10-15,92133,"LT RT",1,11
                     ^^ K521
2025-10-15,76519,,2,11
                  ^ K521
```

## Instead
```csv
dos,cpt,mod,units,pos
2025-10-15,77067,,1,11
2025-10-15,92133,,1,11
2025-10-15,76519,,1,11
```

## Source
CMS PFS relative value file, bilateral surgery indicator 2; NCCI Policy Manual 2026 chapter I, pages 31 and
34.

## Payers
Most payers follow the Medicare indicator. With a profile marked `strict` the finding is an error. When a unit
limit of 1 is known for the code, 2 units are left to the rules on units.
"""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.store import FEES
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Draft, Severity, rule, say
from superbill.rules.fixes import remove, units
from superbill.rules.knowledge import Knowledge


@rule(id="K521", name="bilateral-already-counted", severity="warning", editions=(FEES,), objects=("50", "LT", "RT"))
def check(line: ServiceLine, know: Knowledge) -> Iterator[Draft]:
    """50, LT with RT, or 2 units with bilateral indicator 2 in the row of the part billed."""
    both = line.has("LT") and line.has("RT")
    if not (both or line.units == 2 or line.has("50")):
        return
    row = know.row(line)
    if row is None or row.bilateral != "2":
        return
    severity: Severity | None = "error" if know.profile.strict else None
    covered = "the code covers both sides already (bilateral indicator 2)"
    if line.has("50"):
        message = f"{line.code}-50: {covered}, so it is paid once. Remove 50."
        yield say(line.slot("50"), message, fixes=[remove(line, "50")], severity=severity, payer=know.profile.strict)
    elif both:
        later = max(line.slot("LT"), line.slot("RT"))
        message = f"{line.code}-LT-RT: {covered}, so it is paid once. Remove LT and RT."
        yield say(later, message, fixes=[remove(line, "LT", "RT")], severity=severity, payer=know.profile.strict)
    elif not know.is_visit(line.code):
        limit = know.unit_limit(line.code, line.since)
        if limit is None or limit.value >= 2:
            message = f"{line.code}: {covered}, so 2 units are both sides twice. Set units to 1."
            yield say(Part("units"), message, fixes=[units(1)], severity=severity, payer=know.profile.strict)

"""What the rules on visits beside procedures share."""

from __future__ import annotations

from superbill.charges.model import Claim, ServiceLine
from superbill.rules.fit._claim import same_provider
from superbill.rules.knowledge import Knowledge


def packages_beside(claim: Claim, visit: ServiceLine, know: Knowledge) -> list[tuple[int, str]]:
    """The claim's other lines by the visit's provider that are no visits: number, global days ("" unknown).

    Assistants' lines and aftercare lines are left out: nobody decides on an operation by assisting at it.
    """
    found = []
    for number, line in enumerate(claim.lines):
        if line is visit or not line.code or know.is_visit(line.code) or not same_provider(line, visit):
            continue
        if line.has("55", "80", "81", "82", "AS"):
            continue
        row = know.plain_row(line.code, line.since)
        found.append((number, row.global_days if row else "" if not know.is_lab(line.code) else "XXX"))
    return found

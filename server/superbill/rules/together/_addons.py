"""Add-on codes: whether what they are added to is in view."""

from __future__ import annotations

from collections.abc import Iterator

from superbill.catalog.model import AddOn
from superbill.catalog.store import ADDONS
from superbill.charges.model import Claim, ServiceLine
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._lines import charged

#: May be billed alone when a partner of the same specialty billed the first hour.
_PARTNER = "99292"
#: Fee schedule statuses of what is never a primary service: bundled, measures, bundled supplies.
_NO_SERVICE = frozenset({"B", "M", "P"})


def without_primary(claim: Claim, know: Knowledge, type: str) -> Iterator[tuple[int, ServiceLine, AddOn]]:
    """Each add-on line of a type whose claim holds none of the primary codes listed for it.

    Silent where the table may be too old to tell: it has no such list for the day, or a code beside it is younger.
    """
    there = {line.code for line in claim.lines}
    for number, line in enumerate(claim.lines):
        added = know.addon(line.code, line.since)
        if added is None or added.type != type or line.code == _PARTNER or not judged(line):
            continue
        if not there.isdisjoint(added.primaries):
            continue
        if not know.covers(ADDONS, line) and (
            know.in_set(line.code, "addons-longer-list") or any(_perhaps_newer(other, know) for other in claim.lines)
        ):
            continue
        yield number, line, added


def judged(line: ServiceLine) -> bool:
    """Whether a line is one whose primary can be expected beside it: charged, and on no facility claim."""
    return charged(line) and line.setting != "facility"


def stands_alone(line: ServiceLine, know: Knowledge) -> bool:
    """Whether a line bills something that can be billed by itself, as far as known."""
    if not line.code or know.is_addon(line.code, line.since):
        return not line.code
    row = know.row(line)
    return not line.code.endswith("F") and (row is None or row.status not in _NO_SERVICE)


def _perhaps_newer(line: ServiceLine, know: Knowledge) -> bool:
    """Whether a code may be younger than the add-on table, so that the table could not name it."""
    code = line.code
    if not code or know.addon(code, line.since) or code in know.catalog.primaries or know.unit_limit(code, line.since):
        return not code
    known = know.hcpcs(code, line.since)
    since, until = known.since if known else None, know.edition(ADDONS, line.since).until
    return since is None or until is None or since > until

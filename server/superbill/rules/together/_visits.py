"""Visits beside procedures: which visits and procedures of a claim meet in one package."""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Claim, ServiceLine
from superbill.rules.knowledge import Knowledge
from superbill.rules.together._lines import meet
from superbill.rules.together._pairs import never

#: Modifiers on a visit that say why it is not in the package: unrelated, separate, decision, critical care.
_VISIT_APART = ("24", "25", "57", "FT")
#: Modifiers on a procedure with which its package is another's or begins another day.
_NO_PACKAGE = ("55", "56", "80", "81", "82", "AS", "TC", "53", "73", "74")


def visits_with(
    claim: Claim, know: Knowledge, *days: str
) -> Iterator[tuple[int, ServiceLine, list[tuple[int, ServiceLine]]]]:
    """Each visit without a modifier that parts it, with the procedures of those global days that it meets.

    Left out are procedures beside which, by the imported table of pairs, no modifier saves the visit.
    """
    for number, visit in enumerate(claim.lines):
        if not know.in_set(visit.code, "visits-face-to-face") or visit.has(*_VISIT_APART):
            continue
        if visit.setting == "facility":
            continue
        procedures = [
            (at, line)
            for at, line in enumerate(claim.lines)
            if not line.has(*_NO_PACKAGE)
            and meet(visit, line)
            and _packaged(line, know, days)
            and not never(claim, know, number, at)
        ]
        if procedures:
            yield number, visit, procedures


def _packaged(line: ServiceLine, know: Knowledge, days: tuple[str, ...]) -> bool:
    row = know.row(line) if line.code else None
    return row is not None and row.global_days in days and row.status in ("A", "R", "C")

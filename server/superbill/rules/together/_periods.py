"""Operations and the days after them that their price includes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from superbill.charges.model import Patient, ServiceLine
from superbill.rules.knowledge import Knowledge

#: Global days whose package goes on after the day of the operation, and for how long.
AFTERCARE = {"010": 10, "090": 90}
#: Modifiers with which a line is not the operation itself with all that belongs to it: the operation alone or the care
#: alone, assistants, an operation stopped, a return to the operating room.
_NOT_WHOLE = ("54", "55", "56", "80", "81", "82", "AS", "TC", "53", "73", "74", "78")
_PAYABLE = ("A", "R", "C")


class Operation(NamedTuple):
    """An operation with days of aftercare: its line by number, its last day and the last day of its package."""

    number: int
    line: ServiceLine
    done: date
    until: date
    days: int


def operations(patient: Patient, know: Knowledge) -> list[Operation]:
    """The patient's operations with days of aftercare, those that say who did them and when."""
    found = []
    for number, line in enumerate(patient.lines):
        days = AFTERCARE.get(global_days(line, know), 0)
        done = line.until if line.until and line.since and line.until > line.since else line.since
        if not days or done is None or not line.provider or line.has(*_NOT_WHOLE) or line.setting == "facility":
            continue
        found.append(Operation(number, line, done, done + timedelta(days), days))
    return found


def within(line: ServiceLine, known: list[Operation]) -> Iterator[Operation]:
    """The operations, latest first, by the provider of a line in whose days of aftercare it was done."""
    day = line.since
    if day is None or line.setting == "facility":
        return
    for one in sorted(known, key=lambda one: one.done, reverse=True):
        if one.line.provider == line.provider and one.done < day <= one.until:
            yield one


def global_days(line: ServiceLine, know: Knowledge) -> str:
    """The global days of a line that the fee schedule pays; "" for the others."""
    row = know.row(line) if line.code else None
    return row.global_days if row is not None and row.status in _PAYABLE else ""

"""Walk over the records of a stretch of the document, and over the findings that touch it."""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Record
from superbill.engine import baseline
from superbill.engine.analysis import Analysis, Located
from superbill.engine.records import Place, after
from superbill.text.document import Position

#: Records below a stretch that are passed in search of the one that comments in it speak of.
_BELOW = 16


def records_between(analysis: Analysis, start: Position, end: Position) -> Iterator[tuple[Record, Place]]:
    """The records that a stretch touches (both ends inclusive), in order, and where each begins."""
    for record, place in _records_from(analysis, start):
        if place > (end.line, end.column):
            return
        yield record, place


def findings_between(analysis: Analysis, start: Position, end: Position) -> Iterator[Located]:
    """The findings that touch a stretch (both ends inclusive), taken from the records it touches; those that a baseline
    accepts are left out. What is said of a comment stands on the record below it, so the next one is looked at too."""
    budget: dict[str, int] | None = None
    beyond = 0
    for record, place in _records_from(analysis, start):
        if budget is None:
            budget = analysis.budget_before(place)
        if place > (end.line, end.column):
            beyond += 1
        if beyond > _BELOW:
            return
        for located in analysis.findings_of(record, place):
            known = budget and not baseline.beyond(budget, baseline.key(located.finding))
            if not known and located.start <= end and start <= located.end:
                yield located
        if beyond and record.signature is not None:
            return


def _records_from(analysis: Analysis, start: Position) -> Iterator[tuple[Record, Place]]:
    """The records from the one at a position on, and where each begins."""
    spot = analysis.records.at((start.line, start.column))
    if spot is None:
        return
    place = spot.start
    for record in analysis.records.following(spot):
        yield record, place
        place = after(place, record.height, record.width)

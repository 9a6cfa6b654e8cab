"""Walk over the records of a stretch of the document."""

from __future__ import annotations

from collections.abc import Iterator

from superbill.charges.model import Record
from superbill.engine.analysis import Analysis
from superbill.engine.records import Place, after
from superbill.text.document import Position


def records_between(analysis: Analysis, start: Position, end: Position) -> Iterator[tuple[Record, Place]]:
    """The records that a stretch touches (both ends inclusive), in order, and where each begins."""
    spot = analysis.records.at((start.line, start.column))
    if spot is None:
        return
    place = spot.start
    for record in analysis.records.following(spot):
        if place > (end.line, end.column):
            return
        yield record, place
        place = after(place, record.height, record.width)

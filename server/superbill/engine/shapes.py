"""The pattern of the segment or row under a cursor, with the places of its elements in it."""

from __future__ import annotations

from dataclasses import dataclass

from superbill.charges.dialect import Slot
from superbill.engine.analysis import Analysis
from superbill.engine.query import record_at
from superbill.text.document import Position

_MOST_VALUES = 12


@dataclass(frozen=True, slots=True)
class Pattern:
    """A segment as text ("SV1*SV101-1:SV101-2*..."), what it is for, where each element stands in the text (offsets, end
    exclusive) with what it is for, and which one the cursor is in."""

    text: str
    title: str
    elements: tuple[tuple[int, int, str], ...]
    active: int


def pattern_at(analysis: Analysis, position: Position) -> Pattern | None:
    """The pattern around a position; None where the format has none."""
    found = record_at(analysis, position)
    if found is None or analysis.dialect is None:
        return None
    record, _, offset = found
    shape = analysis.dialect.shape(record, offset)
    if shape is None:
        return None
    text = ""
    elements = []
    for piece in shape.pieces:
        if isinstance(piece, Slot):
            elements.append((len(text), len(text) + len(piece.name), _words(piece)))
            text += piece.name
        else:
            text += piece
    return Pattern(text, shape.title, tuple(elements), shape.active)


def _words(slot: Slot) -> str:
    if not slot.values:
        return slot.title
    listed = [f"`{value}` {meaning}" for value, meaning in list(slot.values.items())[:_MOST_VALUES]]
    more = ", ..." if len(slot.values) > _MOST_VALUES else ""
    return f"{slot.title}: {', '.join(listed)}{more}"

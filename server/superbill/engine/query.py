"""What stands under a cursor: one question that hover, completion and code actions share."""

from __future__ import annotations

from dataclasses import dataclass

from superbill.charges.dialect import Field, Placed
from superbill.charges.model import Part, Record, ServiceLine
from superbill.engine.analysis import Analysis, Group, Held, locate
from superbill.engine.records import Place
from superbill.text.document import Position


@dataclass(frozen=True, slots=True)
class Spot:
    """A record under the cursor, the part of it, and the line that the part belongs to.

    `text` is the part as written; `start` and `end` are its positions in the document (end exclusive).
    `others` are the other lines of the same claim or note.
    """

    record: Record
    place: Place
    part: Part
    text: str
    start: Position
    end: Position
    line: ServiceLine | None
    others: tuple[ServiceLine, ...] = ()
    code_part: Placed | None = None


def record_at(analysis: Analysis, position: Position) -> tuple[Record, Place, int] | None:
    """The record at a position, where it begins, and the offset of the position in its text; None where there is none."""
    found = analysis.records.at((position.line, position.column))
    if found is None or analysis.dialect is None:
        return None
    record = analysis.records.get(found)
    offset = offset_in(record, found.start, position)
    return (record, found.start, offset) if offset is not None else None


def spot_at(analysis: Analysis, position: Position, *, typing: bool = False) -> Spot | None:
    """The part under a position. With `typing`, the cursor may stand just behind it, and empty fields count."""
    found = record_at(analysis, position)
    if found is None or analysis.dialect is None:
        return None
    record, begin, offset = found
    best: Placed | None = None
    for placed in analysis.dialect.parts(record):
        if placed.part.name == "line":
            continue
        inside = placed.start <= offset < placed.end or (typing and placed.start <= offset <= placed.end)
        if inside and (best is None or placed.end - placed.start <= best.end - best.start):
            best = placed
    if best is None:
        return None
    held: Held = record.content
    item = best.part.item
    line = held.lines[item] if 0 <= item < len(held.lines) else None
    others = tuple(_others(analysis, record, item)) if line is not None else ()
    return Spot(
        record=record,
        place=begin,
        part=best.part,
        text=record.text[best.start : best.end],
        start=locate(record, begin, best.start),
        end=locate(record, begin, best.end),
        line=line,
        others=others,
    )


@dataclass(frozen=True, slots=True)
class FieldSpot:
    """A field of the format under the cursor, its value as written, and its positions in the document."""

    field: Field
    text: str
    start: Position
    end: Position


def field_at(analysis: Analysis, position: Position) -> FieldSpot | None:
    """The field of the format at a position; None where the format names none."""
    found = record_at(analysis, position)
    if found is None or analysis.dialect is None:
        return None
    record, begin, offset = found
    field = analysis.dialect.field(record, offset)
    if field is None:
        return None
    start, end = locate(record, begin, field.start), locate(record, begin, field.end)
    return FieldSpot(field, record.text[field.start : field.end], start, end)


def offset_in(record: Record, place: Place, position: Position) -> int | None:
    """The offset in a record's text of a position in the document; None when it lies outside."""
    if position.line == place[0]:
        offset = position.column - place[1]
    else:
        from superbill.text.lines import split_lines

        lines = split_lines(record.text)
        row = position.line - place[0]
        if not 0 <= row < len(lines):
            return None
        offset = sum(map(len, lines[:row])) + position.column
    return offset if 0 <= offset <= len(record.text) else None


def _others(analysis: Analysis, record: Record, item: int) -> list[ServiceLine]:
    group: Group | None = analysis.group_of(record)
    if group is None or len(group.members) > 400:
        return []
    found = []
    for member in group.members:
        held: Held = member.content
        for number, line in enumerate(held.lines):
            if held.billed[number] and not (member is record and number == item):
                found.append(line)
    return found

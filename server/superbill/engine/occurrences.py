"""Where else a code or modifier stands: in the claim, in the document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from superbill.charges.model import Part, Record
from superbill.engine.analysis import Analysis, Held, locate
from superbill.engine.query import Spot
from superbill.engine.records import Place
from superbill.text.document import Position

#: A claim of more records than this is not searched: it is a column that says the same in every row.
_MOST = 400


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where a code or modifier stands (code points, end exclusive)."""

    start: Position
    end: Position


def in_claim(analysis: Analysis, spot: Spot) -> list[Occurrence]:
    """The same code, or the same modifier, wherever it stands in the claim or note of a spot, in order of the text."""
    group = analysis.group_of(spot.record)
    members = list(group.members) if group is not None and len(group.members) <= _MOST else [spot.record]
    wanted = spot.text.strip().upper()
    found: list[Occurrence] = []
    for record in members:
        found += _in_record(analysis, record, analysis.records.where(record), spot.part.name, wanted)
    return sorted(found, key=lambda one: one.start)


def of_code(analysis: Analysis, code: str) -> Iterator[Occurrence]:
    """Every place in the document where a code stands as a code, in the order of the text."""
    for block, top in zip(analysis.records.blocks, analysis.records.tops(), strict=True):
        for record, inner in zip(block.records, block.starts, strict=True):
            held: Held = record.content
            if any(line.code == code for line in held.lines):
                place = (top[0] + inner[0], inner[1] if inner[0] else top[1] + inner[1])
                yield from _in_record(analysis, record, place, "code", code)


def _in_record(analysis: Analysis, record: Record, place: Place, name: str, wanted: str) -> Iterator[Occurrence]:
    if wanted not in record.text.upper():
        return
    for part, (start, end) in analysis.spans(record).items():
        if part.name == name and record.text[start:end].strip().upper() == wanted:
            yield Occurrence(locate(record, place, start), locate(record, place, end))


def code_at(spot: Spot | None) -> str:
    """The code that a spot is, or belongs to; "" where there is none."""
    if spot is None:
        return ""
    if spot.line is not None and spot.line.code:
        return spot.line.code
    return spot.text.strip().upper() if spot.part.name == "code" else ""


def around(analysis: Analysis, spot: Spot) -> list[Occurrence]:
    """What encloses a spot, from the smallest: itself, its service line, its record, its claim where that is one stretch."""
    record, place = spot.record, spot.place
    spans = analysis.spans(record)
    found = [Occurrence(spot.start, spot.end)]

    def add(start: Position, end: Position) -> None:
        last = found[-1]
        if start <= last.start and last.end <= end and (start, end) != (last.start, last.end):
            found.append(Occurrence(start, end))

    line = spans.get(Part("line", 0, spot.part.item))
    if line is not None:
        add(locate(record, place, line[0]), locate(record, place, line[1]))
    add(*_extent(record, place))
    group = analysis.group_of(record)
    if group is not None and 1 < len(group.members) <= _MOST:
        members = sorted(group.members, key=analysis.records.where)
        first, last = (analysis.records.where(one) for one in (members[0], members[-1]))
        between = list(islice(analysis.records.behind(members[0]), len(members) - 1))
        if between == members[1:]:
            add(Position(*first), _extent(members[-1], last)[1])
    return found


def _extent(record: Record, place: Place) -> tuple[Position, Position]:
    """A record without the line end behind it."""
    return Position(*place), locate(record, place, len(record.text.rstrip("\r\n")))

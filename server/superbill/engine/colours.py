"""What each piece of a charge file is, for editors that colour by meaning: codes, modifiers, amounts, separators."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from superbill.charges.model import PartName
from superbill.engine.analysis import Analysis, locate
from superbill.engine.walk import records_between
from superbill.text.document import Position

#: Pieces coloured in one answer, at most: more is no page that anybody reads.
MOST = 5_000

_OF_PART: dict[PartName, str] = {
    "code": "function", "modifier": "decorator", "units": "number", "charge": "number", "total": "number",
    "number": "number", "date": "string", "date_to": "string", "place": "enumMember", "qualifier": "enumMember",
    "basis": "enumMember", "setting": "enumMember", "form": "enumMember", "system": "enumMember", "diagnosis": "type",
    "pointer": "type", "claim": "variable", "patient": "variable", "provider": "variable", "payer": "variable",
    "header": "property", "note": "string", "procedure": "function",
}  # fmt: skip
_OF_MARK = {"segment": "keyword", "separator": "operator"}
#: In these formats the editor colours text and structure itself; only what is ours is added.
_PLAIN = frozenset({"prose", "fhir", "yaml"})


class Piece(NamedTuple):
    """One coloured piece: where it stands (code points, one line, end exclusive), and its kind as the protocol
    names it, which every colour theme knows."""

    start: Position
    length: int
    kind: str


def pieces(analysis: Analysis, start: Position, end: Position) -> Iterator[Piece]:
    """The pieces of the records that a stretch touches, in order, none over another; at most `MOST`."""
    dialect = analysis.dialect
    if dialect is None:
        return
    count = 0
    plain = dialect.name in _PLAIN
    for record, place in records_between(analysis, start, end):
        found = [
            (placed.start, placed.end, _OF_PART[placed.part.name])
            for placed in dialect.parts(record)
            if placed.part.name in (("code", "modifier") if plain else _OF_PART) and placed.end > placed.start
        ]
        found += [(mark.start, mark.end, _OF_MARK[mark.kind]) for mark in dialect.marks(record)]
        found.sort(key=lambda one: (one[0], -one[1]))
        reached = 0
        for first, last, kind in found:
            if first < reached:
                continue
            reached = last
            if "\n" in record.text[first:last] or "\r" in record.text[first:last]:
                continue  # a value wrapped over lines
            yield Piece(locate(record, place, first), last - first, kind)
            count += 1
            if count == MOST:
                return

"""Places in a text, counted as an editor counts them."""

from __future__ import annotations

from superbill.text.document import Document, Position
from superbill.text.encoding import PositionEncoding


def place_of(text: str, needle: str, within: int, encoding: PositionEncoding) -> tuple[int, int]:
    """Line and column of a needle in a text, `within` characters further on, in an encoding's units."""
    document = Document(text, encoding)
    offset = text.index(needle) + within
    for number, line in enumerate(document.lines):
        if offset < len(line):
            return document.encode(Position(number, offset))
        offset -= len(line)
    raise ValueError("past the end")

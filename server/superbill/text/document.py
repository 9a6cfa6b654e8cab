"""The text as the editor has it, kept as lines, edited in place.

pygls keeps one string and splits it anew at every access; a keystroke then costs the whole file. Here an edit
replaces the lines that it touches in one slice assignment and answers which those were, so that everything above
can do as little.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from superbill.text.encoding import PositionEncoding, from_code_points, to_code_points
from superbill.text.lines import body_length, split_lines


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a document: line and column from 0, the column in code points."""

    line: int
    column: int


class Change(NamedTuple):
    """What one edit did to the lines.

    Lines `first` .. `first + removed` (exclusive) gave way to `first` .. `first + inserted`. Within them the text
    before `start` (a column on line `first`) and the last `kept` code points of the last line are as they were; those
    moved by `shift` columns.
    """

    first: int
    removed: int
    inserted: int
    start: int
    kept: int
    shift: int = 0


class Document:
    """Lines of text with positions in the encoding that the client asked for.

    Lines end at `\\n`, `\\r\\n` and `\\r` and nowhere else. Requests past the end are clamped as the protocol says:
    a line past the last one is the end of the text, a column past the end of a line is the end of that line.
    """

    __slots__ = ("_text", "encoding", "lines", "version")

    def __init__(self, text: str, encoding: PositionEncoding = "utf-16", version: int | None = None) -> None:
        self.lines: list[str] = split_lines(text)
        self.encoding: PositionEncoding = encoding
        self.version = version
        self._text: str | None = text

    @property
    def text(self) -> str:
        """The whole text. Joined on demand and kept until the next edit."""
        if self._text is None:
            self._text = "".join(self.lines)
        return self._text

    def replace_all(self, text: str) -> None:
        """Put `text` in place of everything."""
        self.lines = split_lines(text)
        self._text = text

    def edit(self, start_line: int, start_column: int, end_line: int, end_column: int, text: str) -> Change:
        """Replace a range (columns in the client's units, end exclusive) and say which lines that touched."""
        start = self.decode(start_line, start_column)
        end = self.decode(end_line, end_column)
        if end < start:
            start, end = end, start
        return self.splice(start, end, text)

    def splice(self, start: Position, end: Position, text: str) -> Change:
        """Replace the text between two positions (code points, end exclusive; both must lie in the document)."""
        lines = self.lines
        first, last = start.line, end.line
        self._text = None
        if first == last and "\n" not in text and "\r" not in text:
            line = lines[first]
            kept = len(line) - end.column
            shift = len(text) - (end.column - start.column)
            if start.column or text or body_length(line) > end.column:
                # The line keeps its end and gains none: typing, the case that must cost nothing.
                lines[first] = "".join((line[: start.column], text, line[end.column :]))
                return Change(first, 1, 1, start.column, kept, shift)
        head = lines[first][: start.column]
        tail = lines[last][end.column :]
        kept = len(tail)
        # A line end of two characters may come about at either border: `\r` before the edit, `\n` after it.
        if not head and first > 0 and lines[first - 1].endswith("\r") and (text or tail).startswith("\n"):
            first -= 1
            head = lines[first]
        joined = "".join((head, text, tail))
        if joined.endswith("\r") and last + 1 < len(lines) and lines[last + 1].startswith("\n"):
            last += 1
            joined += lines[last]
            kept += len(lines[last])
        fresh = split_lines(joined)
        if not fresh[-1] and last + 1 < len(lines):
            fresh.pop()  # `joined` ended with a line end, and the next line is there already
        shift = len(fresh[-1]) - len(lines[last])
        lines[first : last + 1] = fresh
        return Change(first, last + 1 - first, len(fresh), len(head), kept, shift)

    def decode(self, line: int, column: int) -> Position:
        """A position in code points for one in the client's units, clamped into the document."""
        lines = self.lines
        if line < 0:
            return Position(0, 0)
        if line >= len(lines):
            return Position(len(lines) - 1, len(lines[-1]))
        text = lines[line]
        return Position(line, min(to_code_points(text, column, self.encoding), body_length(text)))

    def encode(self, position: Position) -> tuple[int, int]:
        """Line and column in the client's units for a position in code points."""
        line = self.lines[position.line]
        if line.isascii():
            return position.line, min(position.column, len(line))
        return position.line, from_code_points(line, position.column, self.encoding)

    def slice(self, start: Position, end: Position) -> str:
        """The text between two positions."""
        if start.line == end.line:
            return self.lines[start.line][start.column : end.column]
        middle = self.lines[start.line + 1 : end.line]
        return "".join([self.lines[start.line][start.column :], *middle, self.lines[end.line][: end.column]])


def advance(start: Position, text: str) -> Position:
    """The position that lies `text` after `start`."""
    lines: Sequence[str] = split_lines(text)
    if len(lines) == 1:
        return Position(start.line, start.column + len(text))
    return Position(start.line + len(lines) - 1, len(lines[-1]))

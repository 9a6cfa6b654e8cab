"""Where the resources of a document begin and end, without reading them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

#: The key under which a Bundle holds a resource.
RESOURCE = re.compile(r'"resource"\s*:\s*(?=\{)')
_OPEN_KEY = re.compile(r'"resource"\s*:\s*$')
_MARK = re.compile(r'"(?:[^"\\\r\n]|\\.)*"?|[{}\[\]]')
#: Longer resources are cut, and said to be too long.
LONGEST = 1 << 20
MOST_LINES = 1 << 14


class Extent(NamedTuple):
    """Where a stretch ends, how many lines were looked at, and whether it is whole."""

    line: int
    column: int
    reach: int
    whole: bool

    def cut(self, lines: Sequence[str], line: int, column: int) -> tuple[str, int, int]:
        """The text from a place to this end, and how many lines and then columns it goes on for."""
        if self.line == line:
            return lines[line][column : self.column], 0, self.column - column
        text = "".join([lines[line][column:], *lines[line + 1 : self.line], lines[self.line][: self.column]])
        return text, self.line - line, self.column


def next_resource(lines: Sequence[str], line: int, column: int, bundle: bool) -> tuple[int, int, bool]:
    """Where the next resource begins, at or behind a place and on this line; (line end, False) when none does.

    In a Bundle resources stand under the key `resource`, else wherever a bracket opens.
    """
    text = lines[line]
    if bundle:
        found = RESOURCE.search(text, column)
        at = found.end() if found else -1
    else:
        at = text.find("{", column)
    if at >= 0:
        return line, at, True
    if line + 1 < len(lines):
        return line + 1, 0, False
    return line, len(text), False


def opens_below(text: str) -> bool:
    """Whether a line ends with the key of a resource, whose bracket opens on a later line."""
    return _OPEN_KEY.search(text.rstrip()) is not None


def resource(lines: Sequence[str], line: int, column: int, bundle: bool) -> Extent:
    """The end of the resource that begins at a bracket.

    In a Bundle it ends at the next resource at the latest, so that a bracket that is missing harms one only.
    """
    depth = 0
    size = 0
    for number in range(line, min(line + MOST_LINES, len(lines))):
        text = lines[number]
        start = column if number == line else 0
        stop = len(text)
        if bundle:
            boundary = RESOURCE.search(text, start + 1)
            if boundary:
                stop = boundary.start()
        for match in _MARK.finditer(text, start, stop):
            mark = match.group()
            if mark in "{[":
                depth += 1
            elif mark in "}]":
                depth -= 1
                if depth <= 0:
                    return Extent(number, match.end(), number - line + 1, True)
        if stop < len(text):
            return Extent(number, stop, number - line + 1, False)
        size += len(text) - start
        if size > LONGEST:
            return _cut(lines, number, line)
    return _cut(lines, min(line + MOST_LINES, len(lines)) - 1, line)


def _cut(lines: Sequence[str], number: int, line: int) -> Extent:
    if number + 1 < len(lines):
        return Extent(number + 1, 0, number - line + 2, False)
    return Extent(number, len(lines[number]), number - line + 1, False)

"""Columns as the client counts them, and columns as Python counts them.

A client and a server agree at start on what one unit of a column is: a byte of UTF-8, a unit of UTF-16, or a code
point (UTF-32). Superbill works in code points and converts at its border. A line in ASCII needs no conversion, and
asking a string whether it is ASCII costs nothing, so that is asked first.
"""

from __future__ import annotations

import sys
from typing import Literal

PositionEncoding = Literal["utf-8", "utf-16", "utf-32"]

_LONG = 1 << 16
_SIZES_TELL = sys.implementation.name == "cpython"


def _one_unit_each(line: str) -> bool:
    """Whether a long line certainly holds no character outside the basic plane, without looking at it.

    CPython stores a string with 1, 2 or 4 bytes a character, by its widest one, so its size answers.
    """
    return _SIZES_TELL and len(line) > _LONG and line.__sizeof__() < 3 * len(line)


def to_code_points(line: str, column: int, encoding: PositionEncoding) -> int:
    """Turn a column in the client's units into code points; past the end it is the line's length.

    A column inside a character (a byte of a longer sequence, half a surrogate pair) is moved to its start.
    """
    if column <= 0:
        return 0
    if encoding == "utf-32" or line.isascii():
        return min(column, len(line))
    if encoding == "utf-16" and _one_unit_each(line):
        return min(column, len(line))
    # One code point takes at least one unit, so nothing after `column` code points can matter.
    prefix = line[:column]
    if encoding == "utf-16":
        units = prefix.encode("utf-16-le", "surrogatepass")
        if len(units) == 2 * len(prefix):  # nothing outside the basic plane
            return len(prefix)
        return len(units[: 2 * column].decode("utf-16-le", "ignore"))
    return len(prefix.encode("utf-8", "surrogatepass")[:column].decode("utf-8", "ignore"))


def from_code_points(line: str, column: int, encoding: PositionEncoding) -> int:
    """Turn a column in code points into the client's units; past the end it is the line's length."""
    column = min(max(column, 0), len(line))
    if encoding == "utf-32" or line.isascii():
        return column
    if encoding == "utf-16" and _one_unit_each(line):
        return column
    prefix = line[:column]
    if encoding == "utf-16":
        return len(prefix.encode("utf-16-le", "surrogatepass")) // 2
    return len(prefix.encode("utf-8", "surrogatepass"))

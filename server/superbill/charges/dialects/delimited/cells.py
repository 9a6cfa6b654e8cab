"""Cut a row into cells, and tell where each stands. Quotes double inside quotes, as in RFC 4180."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from superbill.charges.dialect import MAX_RECORD

#: Lines that a quoted cell may reach over.
_MAX_LINES = 64


class Cell(NamedTuple):
    """One cell: its value with quotes taken off, and the span of the value in the row (inside the quotes)."""

    value: str
    start: int
    end: int
    quoted: bool


class Row(NamedTuple):
    """The text of one row, the number of line ends it crosses, lines looked at, and whether a quote stays open."""

    text: str
    height: int
    width: int
    reach: int
    unclosed: bool


def body(text: str) -> str:
    """A row without its line end."""
    if text.endswith("\n"):
        return text[:-2] if text.endswith("\r\n") else text[:-1]
    return text[:-1] if text.endswith("\r") else text


def read_row(lines: Sequence[str], line: int, separator: str) -> Row:
    """The row that begins on `line`. A quoted cell may hold line ends; one that never closes ends with its line."""
    text = lines[line]
    last = line + 1 == len(lines)
    if '"' not in text or not _open(text, separator):
        return Row(text, 0 if last else 1, len(text) if last else 0, 1, False)
    gathered = [text]
    size = len(text)
    for ahead in range(line + 1, min(line + _MAX_LINES, len(lines))):
        more = lines[ahead]
        gathered.append(more)
        size += len(more)
        if size > MAX_RECORD:
            break
        if '"' in more and not _open("".join(gathered), separator):
            last = ahead + 1 == len(lines)
            count = ahead - line
            return Row("".join(gathered), count if last else count + 1, len(more) if last else 0, count + 1, False)
    return Row(text, 0 if last else 1, len(text) if last else 0, _MAX_LINES, True)


def _open(text: str, separator: str) -> bool:
    """Whether a quoted cell is still open at the end of `text`."""
    index, size = 0, len(text)
    while index < size:
        start = index
        while start < size and text[start] == " ":
            start += 1
        if start < size and text[start] == '"':
            index = start + 1
            while True:
                quote = text.find('"', index)
                if quote < 0:
                    return True
                if quote + 1 < size and text[quote + 1] == '"':
                    index = quote + 2
                    continue
                index = quote + 1
                break
        found = text.find(separator, index)
        if found < 0:
            return False
        index = found + 1
    return False


def split(text: str, separator: str) -> list[str]:
    """The values of a row's cells. `text` has no line end."""
    if '"' not in text:
        return text.split(separator)
    return [cell.value for cell in cells(text, separator)]


def cells(text: str, separator: str) -> list[Cell]:
    """The cells of a row with their spans. `text` has no line end."""
    result: list[Cell] = []
    index, size = 0, len(text)
    while True:
        start = index
        while start < size and text[start] == " ":
            start += 1
        if start < size and text[start] == '"':
            first = start + 1
            quote = first
            while True:
                quote = text.find('"', quote)
                if quote < 0:
                    break
                if text[quote + 1 : quote + 2] == '"':
                    quote += 2
                    continue
                break
            if quote >= 0:
                found = text.find(separator, quote + 1)
                end = size if found < 0 else found
                result.append(Cell(text[first:quote].replace('""', '"'), first, quote, True))
                if found < 0:
                    return result
                index = end + 1
                continue
        found = text.find(separator, index)
        end = size if found < 0 else found
        result.append(Cell(text[index:end], index, end, False))
        if found < 0:
            return result
        index = found + 1

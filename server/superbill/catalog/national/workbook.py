"""The rows of a workbook (.xlsx), read as a stream with the standard library: a table of CMS's has one sheet of plain
texts, and reading it needs neither a tree in memory nor a package."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from typing import IO
from xml.parsers import expat

_CHUNK = 1 << 18
_SHEET = re.compile(rb'<(?:\w+:)?sheet\s[^>]*?r:id="([^"]+)"')
_TARGET = re.compile(rb"<Relationship\s[^>]*>")


class NotAWorkbook(Exception):
    """The file is packed like a workbook and is none, or is damaged."""


def numbered(stream: IO[bytes], report: Callable[[int], None] | None = None) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of the first sheet, each with its number from 1, as lists of texts, gaps filled with "". `report` is
    told of bytes read.

    Raises NotAWorkbook.
    """
    try:
        with zipfile.ZipFile(stream) as book:
            names = set(book.namelist())
            texts = _Strings()
            if "xl/sharedStrings.xml" in names:
                for _ in _parse(book, "xl/sharedStrings.xml", texts, report):
                    pass
            sheet = _Sheet(texts.found)
            for _ in _parse(book, _first_sheet(book, names), sheet, report):
                found, sheet.found = sheet.found, []
                yield from found
    except KeyError:
        raise NotAWorkbook("cannot be read as a workbook (it has no sheet)") from None
    except (expat.ExpatError, zipfile.BadZipFile, ValueError, IndexError) as error:
        raise NotAWorkbook(f"cannot be read as a workbook ({error})") from None


def _first_sheet(book: zipfile.ZipFile, names: set[str]) -> str:
    """The part of the package that holds the first sheet."""
    match = _SHEET.search(book.read("xl/workbook.xml"))
    if match and "xl/_rels/workbook.xml.rels" in names:
        for relation in _TARGET.findall(book.read("xl/_rels/workbook.xml.rels")):
            if b'Id="%s"' % match.group(1) in relation:
                target = re.search(rb'Target="([^"]+)"', relation)
                if target:
                    path = target.group(1).decode().lstrip("/")
                    return path if path.startswith("xl/") else f"xl/{path}"
    return "xl/worksheets/sheet1.xml"


def _parse(
    book: zipfile.ZipFile, name: str, handler: _Strings | _Sheet, report: Callable[[int], None] | None
) -> Iterator[None]:
    """Feed one part to a handler, which collects; yield after each chunk."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.data
    with book.open(name) as part:
        while chunk := part.read(_CHUNK):
            parser.Parse(chunk)
            if report:
                report(len(chunk))
            yield
        parser.Parse(b"", True)
    yield


class _Strings:
    """Collects the texts that cells refer to by number."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._parts: list[str] = []
        self._inside = False
        self._phonetic = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._phonetic += 1
        self._inside = name == "t" and not self._phonetic

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        self._inside = False
        if name == "si":
            self.found.append("".join(self._parts))
        elif name == "rPh":
            self._phonetic -= 1

    def data(self, text: str) -> None:
        if self._inside:
            self._parts.append(text)


class _Sheet:
    """Collects rows of cells."""

    def __init__(self, strings: list[str]) -> None:
        self.found: list[tuple[int, list[str]]] = []
        self._number = 0
        self._strings = strings
        self._columns: dict[str, int] = {}
        self._row: list[str] = []
        self._at = 0
        self._shared = False
        self._inside = False
        self._parts: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c" or name.endswith(":c"):
            self._shared = attributes.get("t") == "s"
            place = attributes.get("r")
            self._at = self._column(place) if place else len(self._row)
            self._parts = []
        elif name == "v" or name == "t" or name.endswith((":v", ":t")):
            self._inside = True
        elif name == "row" or name.endswith(":row"):
            self._row = []
            number = attributes.get("r", "")
            self._number = int(number) if number.isdigit() else self._number + 1

    def end(self, name: str) -> None:
        if name == "c" or name.endswith(":c"):
            if self._parts:
                text = "".join(self._parts)
                if self._shared:
                    text = self._strings[int(text)]
                row = self._row
                if self._at >= len(row):
                    row.extend([""] * (self._at - len(row)))
                    row.append(text)
        elif name == "row" or name.endswith(":row"):
            self.found.append((self._number, self._row))
        else:
            self._inside = False

    def data(self, text: str) -> None:
        if self._inside:
            self._parts.append(text)

    def _column(self, place: str) -> int:
        letters = place.rstrip("0123456789")
        known = self._columns.get(letters)
        if known is None:
            known = 0
            for letter in letters:
                known = known * 26 + ord(letter) - 64
            if not 0 < known <= 16_384:
                raise ValueError(f"no column is called {letters[:8]!r}")
            known -= 1
            self._columns[letters] = known
        return known

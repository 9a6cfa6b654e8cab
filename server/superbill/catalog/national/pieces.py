"""The files that a user names, taken apart into pieces: a text or a workbook, by itself or inside zip files.

What a piece is, is told by its bytes, never by its name; names are kept, because some editions stand only there.
"""

from __future__ import annotations

import csv
import io
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from superbill.catalog.national import workbook

_HEAD = 65_536
_ZIP = b"PK\x03\x04"
_UTF_8 = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
#: A zip file may hold zip files, as CMS's releases do; deeper than this nobody packs.
_DEEPEST = 3
#: Larger than any table published so far, by an order of magnitude.
_LARGEST = 4 << 30
_IN_MEMORY = 64 << 20
_CHUNK = 1 << 20

Report = Callable[[int], None]


class TableError(Exception):
    """An import that cannot be done. The text says which file, what is wrong and, where known, what to do."""


@dataclass(frozen=True)
class Piece:
    """One text or workbook. `inside` are its names within zip files, outermost first; `form` is "text" or "book"."""

    path: Path
    inside: tuple[str, ...]
    form: str
    size: int
    head: bytes = field(repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """All names that it goes by, the innermost first, without folders."""
        return (*(name.rpartition("/")[2] for name in reversed(self.inside)), self.path.name)

    @property
    def name(self) -> str:
        """How it is called in messages: the file, and what in it."""
        return " > ".join((self.path.name, *self.inside))

    @property
    def text(self) -> str:
        """The beginning of a text; "" for a workbook."""
        return decode(self.head) if self.form == "text" else ""

    @property
    def encoding(self) -> str:
        """How its bytes are letters: CMS writes the Windows code page, spreadsheet programs UTF-8 and UTF-16 with a mark in
        front."""
        if self.head.startswith(_UTF_16):
            return "utf-16"
        return "utf-8-sig" if self.head.startswith(_UTF_8) else "cp1252"

    def breaks_off(self) -> int:
        """The line in whose middle a plain text ends; 0 where it ends with a line, as CMS's files do, or is packed (then
        a checksum says whether it is whole)."""
        if self.inside or self.form != "text" or not self.size:
            return 0
        count, last = 0, b""
        with self.path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                count += chunk.count(b"\n")
                last = chunk[-4:]
        return 0 if last.rstrip(b"\0\x1a ").endswith((b"\n", b"\r")) else count + 1

    def heading(self, count: int = 16) -> list[list[str]]:
        """The first rows by cells: of a workbook, or of a text with commas or tabs."""
        if self.form == "book":
            rows = []
            for number, row in enumerate(self.rows()):
                if number >= count:
                    break
                rows.append(row)
            return rows
        return [row for _, (_, row) in zip(range(count), _cells(io.StringIO(self.text, newline="")), strict=False)]

    @contextmanager
    def open(self, report: Report | None = None) -> Iterator[IO[bytes]]:
        """Its bytes. `report` is told how many have been read, as they are. Raises TableError."""
        try:
            with _unpacked(self.path, self.inside) as stream:
                yield _Counted(stream, report) if report else stream  # type: ignore[misc]
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise TableError(f"{self.name}: {_damage(error)}; download it again") from None
        except (NotImplementedError, RuntimeError) as error:
            raise TableError(f"{self.name}: cannot be unpacked ({error})") from None

    def lines(self, report: Report | None = None) -> Iterator[str]:
        """The lines of a text, without their ends."""
        with self.open(report) as stream:
            for line in io.TextIOWrapper(_readable(stream), encoding=self.encoding, errors="replace", newline=None):
                yield line.rstrip("\n\x1a")

    def rows(self, report: Report | None = None) -> Iterator[list[str]]:
        """The rows of a table, cell by cell: of the first sheet of a workbook, or of a text with commas or tabs."""
        return (row for _, row in self.numbered(report))

    def numbered(self, report: Report | None = None) -> Iterator[tuple[int, list[str]]]:
        """The rows of a table, each with its number in the sheet or the line of the text on which it ends, from 1."""
        if self.form == "book":
            with self.open() as stream, _seekable(stream, self.size) as whole:
                try:
                    yield from workbook.numbered(whole, report)
                except workbook.NotAWorkbook as error:
                    raise TableError(f"{self.name}: {error}") from None
            return
        with self.open(report) as stream:
            try:
                yield from _cells(
                    io.TextIOWrapper(_readable(stream), encoding=self.encoding, errors="replace", newline="")
                )
            except csv.Error as error:
                raise TableError(f"{self.name}: cannot be read as a table ({error})") from None


def _damage(error: Exception) -> str:
    """What is wrong with a packed file."""
    cut = isinstance(error, EOFError) or "not a zip file" in str(error)
    if cut or "Bad CRC" in str(error):
        return f"the file is {'cut off or ' if cut else ''}damaged"
    return f"the file is damaged ({error})"


def decode(data: bytes) -> str:
    """Text of CMS's files: the Windows code page, with or without a mark of UTF-8 in front; or UTF-16 with its mark."""
    if data.startswith(_UTF_16):
        return data[: len(data) & ~1].decode("utf-16", "replace")
    return data.removeprefix(_UTF_8).decode("cp1252", "replace")


def pieces(path: Path) -> Iterator[Piece]:
    """The pieces of a file. Raises TableError when it cannot be read."""
    try:
        yield from _pieces(path, ())
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise TableError(f"{path.name}: {_damage(error)}; download it again") from None
    except (NotImplementedError, RuntimeError) as error:
        raise TableError(f"{path.name}: cannot be unpacked ({error})") from None
    except OSError as error:
        raise TableError(f"{path}: {error.strerror or type(error).__name__}") from None


def _pieces(path: Path, inside: tuple[str, ...]) -> Iterator[Piece]:
    with _unpacked(path, inside) as stream:
        head = stream.read(_HEAD)
        if not head.startswith(_ZIP):
            size = path.stat().st_size if not inside else -1
            text = b"\0" not in head or head.startswith(_UTF_16)
            yield Piece(path, inside, "text" if text else "other", size, head)
            return
        with _seekable(stream, _IN_MEMORY, head) as whole, zipfile.ZipFile(whole) as archive:
            names = [info for info in archive.infolist() if not info.is_dir()]
            if any(info.filename == "xl/workbook.xml" for info in names):
                yield Piece(path, inside, "book", sum(info.file_size for info in names), head)
                return
            for info in names:
                if info.file_size > _LARGEST:
                    raise TableError(f"{path.name} > {info.filename}: {info.file_size >> 30} GB is no table of CMS's")
                if info.filename.startswith("__MACOSX/") or info.filename.rpartition("/")[2].startswith("."):
                    continue
                for piece in _inner(path, inside, info.filename):
                    yield (
                        piece
                        if piece.size >= 0
                        else Piece(piece.path, piece.inside, piece.form, info.file_size, piece.head)
                    )


def _inner(path: Path, inside: tuple[str, ...], name: str) -> Iterator[Piece]:
    if len(inside) < _DEEPEST:
        yield from _pieces(path, (*inside, name))


@contextmanager
def _unpacked(path: Path, inside: tuple[str, ...]) -> Iterator[IO[bytes]]:
    """The bytes of a file, or of what lies in it."""
    with path.open("rb") as stream:
        if not inside:
            yield stream
            return
        with zipfile.ZipFile(stream) as archive, archive.open(inside[0]) as member:
            if len(inside) == 1:
                yield member
                return
            with _seekable(member, _IN_MEMORY) as whole, _deeper(whole, inside[1:]) as found:
                yield found


@contextmanager
def _deeper(stream: IO[bytes], inside: tuple[str, ...]) -> Iterator[IO[bytes]]:
    with zipfile.ZipFile(stream) as archive, archive.open(inside[0]) as member:
        if len(inside) == 1:
            yield member
        else:
            with _seekable(member, _IN_MEMORY) as whole, _deeper(whole, inside[1:]) as found:
                yield found


@contextmanager
def _seekable(stream: IO[bytes], size: int, head: bytes = b"") -> Iterator[IO[bytes]]:
    """A stream that can go back: itself when it is a plain file, else a copy, on disk when it is large."""
    if not isinstance(stream, zipfile.ZipExtFile | _Counted):
        stream.seek(0)
        yield stream
        return
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        copy.write(head)
        while chunk := stream.read(_CHUNK):
            copy.write(chunk)
        copy.seek(0)
        yield copy


def _cells(stream: io.TextIOBase) -> Iterator[tuple[int, list[str]]]:
    """Rows of a text and their lines: cells between tabs if its beginning has one, else between commas."""
    first = stream.read(4096)
    separator = "\t" if "\t" in first else ","
    rest = _Rejoined(first, stream)
    reader = csv.reader(rest, delimiter=separator, quoting=csv.QUOTE_NONE if separator == "\t" else csv.QUOTE_MINIMAL)
    for row in reader:
        if row != ["\x1a"]:  # the mark of an end, of old systems
            yield reader.line_num, row


class _Rejoined:
    """The lines of a text whose beginning was read already."""

    def __init__(self, first: str, rest: io.TextIOBase) -> None:
        self._first = io.StringIO(first + rest.readline(), newline="")
        self._rest = rest

    def __iter__(self) -> Iterator[str]:
        yield from self._first
        yield from self._rest


class _Counted(io.RawIOBase):
    """A stream that tells how much of it was read."""

    def __init__(self, stream: IO[bytes], report: Report) -> None:
        self._stream = stream
        self._report = report

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._report(len(data))
        return data

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._report(len(data))
        return len(data)


def _readable(stream: IO[bytes]) -> io.BufferedReader:
    if isinstance(stream, io.RawIOBase):
        return io.BufferedReader(stream, _CHUNK)
    return stream  # type: ignore[return-value]

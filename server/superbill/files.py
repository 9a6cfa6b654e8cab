"""Which files a check reads, and how their bytes become text."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from superbill.config import FILE_NAME
from superbill.engine.settings import excludes

SUFFIXES = frozenset(
    {
        ".csv", ".tsv", ".tab", ".psv", ".txt", ".md", ".markdown", ".837", ".837i", ".837p", ".x12", ".edi", ".hl7", ".dft",
        ".json", ".ndjson", ".jsonl", ".yaml", ".yml",
    }
)  # fmt: skip
_SKIPPED = frozenset({".git", "node_modules", ".venv", "__pycache__"})
_LARGEST = 2 << 30


class Unreadable(Exception):
    """A file that cannot be read as text. The message says why."""


def expand(path: Path, exclude: tuple[str, ...]) -> Iterator[Path]:
    """The files that a path stands for: itself, or the charge files and notes below it, sorted."""
    if path.is_file():
        yield path
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if name not in _SKIPPED and not name.startswith("."))
        for name in sorted(names):
            found = Path(folder, name)
            if found.suffix.lower() in SUFFIXES and found.name != FILE_NAME and not excludes(found.as_posix(), exclude):
                yield found


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a file, and how its bytes made it: `encoding`, and the byte order `mark` in front."""

    text: str
    encoding: str
    mark: bytes = b""

    def encode(self, text: str) -> bytes:
        """The bytes of another text, written as this one was. Raises UnicodeEncodeError."""
        return self.mark + text.encode(self.encoding)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises Unreadable."""
    try:
        if path.stat().st_size > _LARGEST:
            raise Unreadable("larger than 2 GB; split it")
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(error.strerror or type(error).__name__) from None


def read_text(path: Path) -> str:
    """The text of a file. Raises Unreadable."""
    return decode(read_bytes(path))


def decode(data: bytes) -> str:
    """Text from bytes. Raises Unreadable."""
    return recognise(data).text


def recognise(data: bytes) -> Text:
    """Text from bytes, and how they made it: UTF-8 with or without a mark, UTF-16 with one, else the Windows code page of old exports. Bytes
    that are no text in it become U+FFFD. Raises Unreadable for what is no text at all."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return Text(data[2:].decode(encoding, "replace"), encoding, mark)
    if b"\0" in data[:4096]:
        raise Unreadable("binary, not text")
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    try:
        return Text(data[len(mark) :].decode("utf-8"), "utf-8", mark)
    except UnicodeDecodeError:
        return Text(data.decode("cp1252", "replace"), "cp1252")

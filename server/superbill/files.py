"""Which files a check reads, and how their bytes become text."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

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
            if found.suffix.lower() in SUFFIXES and not excludes(found.as_posix(), exclude):
                yield found


def read_text(path: Path) -> str:
    """The text of a file. Raises Unreadable."""
    try:
        if path.stat().st_size > _LARGEST:
            raise Unreadable("larger than 2 GB; split it")
        return decode(path.read_bytes())
    except OSError as error:
        raise Unreadable(error.strerror or type(error).__name__) from None


def decode(data: bytes) -> str:
    """Text from bytes: UTF-8 with or without a mark, UTF-16 with one, else the Windows code page of old exports."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:4096]:
        raise Unreadable("binary, not text")
    try:
        return data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")

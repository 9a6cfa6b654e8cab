"""What is installed: one small file beside the tables, replaced in one step. What it does not list is not there."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from superbill.catalog.model import Edition

#: Raised when the tables are laid out anew: older ones are then to be imported again.
FORMAT = 1
NAME = "manifest.json"
_NO_FACTS: Mapping[str, Any] = {}


class SourceFile(NamedTuple):
    """A file that an edition was read from: its name (and what in it), its size in bytes, its SHA-256."""

    name: str
    size: int
    sha256: str
    part: str = ""


class Installed(NamedTuple):
    """One installed edition: what it is, its window, its rows by table, its database file, where it came from."""

    kind: str
    id: str
    name: str
    title: str
    since: date | None
    until: date | None
    rows: dict[str, int]
    file: str
    size: int
    sha256: str
    imported: str
    sources: tuple[SourceFile, ...]
    whole: bool = True
    notes: tuple[str, ...] = ()
    facts: Mapping[str, Any] = _NO_FACTS

    @property
    def edition(self) -> Edition:
        """The edition as rules and cards name it."""
        return Edition(self.id, self.name, self.title, self.since, self.until, self.kind, self.whole)

    @property
    def plain(self) -> dict[str, Any]:
        """The edition as JSON holds it."""
        data = self._asdict()
        data["since"] = self.since.isoformat() if self.since else None
        data["until"] = self.until.isoformat() if self.until else None
        data["sources"] = [source._asdict() for source in self.sources]
        data["facts"] = dict(self.facts)
        return data

    @property
    def total(self) -> int:
        """All its rows."""
        return sum(self.rows.values())


def read(folder: Path) -> tuple[Installed, ...]:
    """What is installed in a folder; nothing when there is no manifest or it is of another format."""
    try:
        data = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if data.get("format") != FORMAT:
            return ()
        return tuple(installed(one) for one in data["editions"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()


def stamp(folder: Path) -> tuple[int, int, int] | None:
    """What the manifest looks like from outside; it differs after every change. None when there is none."""
    try:
        state = (folder / NAME).stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size, state.st_ino


def write(folder: Path, editions: Iterable[Installed]) -> None:
    """Replace the manifest in one step, on disk before this returns. Raises OSError; then the old one stands."""
    listed = [one.plain for one in sorted(editions, key=lambda edition: (edition.kind, edition.id))]
    part = folder / f"{NAME}.{os.getpid()}.part"
    try:
        with part.open("w", encoding="utf-8") as stream:
            json.dump({"format": FORMAT, "editions": listed}, stream, indent=1)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(folder / NAME)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on disk, where the system knows how."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def locked(folder: Path) -> Iterator[bool]:
    """Hold the folder against another import. Yields False when somebody else does; a lock dies with its process."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+b") as stream:
        try:
            _lock(stream.fileno())
        except OSError:
            yield False
            return
        yield True


def _lock(handle: int) -> None:
    try:
        import fcntl
    except ImportError:
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def installed(data: dict[str, Any]) -> Installed:
    """An edition from what JSON holds of it. Raises KeyError, TypeError, ValueError."""
    data = dict(data)
    data["since"] = date.fromisoformat(data["since"]) if data["since"] else None
    data["until"] = date.fromisoformat(data["until"]) if data["until"] else None
    data["sources"] = tuple(SourceFile(**one) for one in data["sources"])
    data["notes"] = tuple(data.get("notes", ()))
    return Installed(**data)

"""The installed tables as look-ups see them: read off the manifest at once, opened when first asked."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote

from superbill.catalog.national import manifest
from superbill.catalog.national.manifest import Installed


class Tables:
    """The editions in one folder. Not to be shared between threads."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self.stamp = manifest.stamp(folder) if folder else None
        listed = manifest.read(folder) if folder and self.stamp else ()
        #: What can be asked. A database that somebody deleted by hand is as good as not installed.
        self.installed = tuple(one for one in listed if folder and (folder / one.file).exists())
        self._open: dict[str, sqlite3.Connection] = {}

    def of(self, kind: str) -> tuple[Installed, ...]:
        """The installed editions of a kind."""
        return tuple(one for one in self.installed if one.kind == kind)

    def stale(self) -> bool:
        """Whether something was imported or removed since."""
        return self.folder is not None and manifest.stamp(self.folder) != self.stamp

    def db(self, one: Installed) -> sqlite3.Connection:
        """The database of an edition. Raises sqlite3.Error when it cannot be opened."""
        known = self._open.get(one.id)
        if known is None:
            assert self.folder is not None
            known = self._open[one.id] = open_table(self.folder / one.file)
        return known

    def close(self) -> None:
        """Close what was opened."""
        for db in self._open.values():
            db.close()
        self._open.clear()


def open_table(path: Path) -> sqlite3.Connection:
    """Open an installed database for reading: it never changes, so nothing is locked, and its pages are mapped."""
    db = sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    db.execute("PRAGMA mmap_size=268435456")
    db.execute("PRAGMA cache_size=-256")  # kilobytes: the pages are mapped, and need not be kept twice
    return db

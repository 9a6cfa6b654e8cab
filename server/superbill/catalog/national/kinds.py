"""Which tables can be imported: a registry, one entry per kind of table, each with its reader."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from importlib import import_module
from typing import Any

from superbill.catalog.national.pieces import Piece, TableError
from superbill.catalog.national.release import Release

#: The modules of `superbill.catalog.sources` that import something, in the order in which they are asked.
_READERS = ("pairs", "fees", "hcpcs", "units", "addons", "addendum", "places", "descriptors")


@dataclass(frozen=True)
class Seen:
    """What a reader takes a piece for.

    `kind` is the id of the kind, or several with a bar between where only the user can tell which. `release` is None where neither name nor content says which edition it is; then the
    user must. `part` tells the parts of one edition apart ("f1"). `rank` chooses among pieces that hold the same part
    of the same edition, lowest first: a zip file has the same table as text and as workbook. `why` is set instead of
    all that when the piece is known for what it is and still cannot be imported.
    """

    kind: str
    release: Release | None = None
    part: str = ""
    rank: int = 0
    why: str = ""


@dataclass
class Job:
    """What a reader is given to build an edition: an empty database, which edition it is, the pieces, somebody to tell
    of the bytes read, and the database of the same edition as it is installed, where parts are added to it."""

    db: sqlite3.Connection
    release: Release
    pieces: Sequence[Piece]
    report: Callable[[int], None]
    earlier: sqlite3.Connection | None = None


@dataclass
class Left:
    """The rows that a reader left out: by reason how many, and the line of the first, from 1 (0 where none is known).
    `unfit` counts those that are not of the table's layout: many of them mean that the columns are not where they should be."""

    counts: dict[str, int] = field(default_factory=dict)
    first: dict[str, int] = field(default_factory=dict)
    unfit: int = 0

    def row(self, why: str, line: int = 0, *, fits: bool = False, times: int = 1) -> None:
        """Leave a row out. `fits` says that it is of the layout, and left out for what it says."""
        self.first.setdefault(why, line)
        self.counts[why] = self.counts.get(why, 0) + times
        self.unfit += 0 if fits else times

    def notes(self) -> list[str]:
        """What to tell of it, a sentence for each reason."""
        return [
            f"{count:,} row{'s' if count > 1 else ''} left out"
            + (f" ({'the first in ' if count > 1 else ''}line {self.first[why]:,})" if self.first[why] else "")
            + f": {why}"
            for why, count in self.counts.items()
        ]


@dataclass
class Built:
    """What a reader has put into the database: rows by table, what was left out, and what else is worth saying. `begin`
    holds the first characters of its codes. `since` is set where the rows themselves tell the first day that the table
    speaks for."""

    rows: dict[str, int]
    left: Left = field(default_factory=Left)
    notes: list[str] = field(default_factory=list)
    since: date | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    begin: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Kind:
    """One kind of table.

    `recognise` says whether a piece is one. `named` makes an edition of what the user calls it (`2024q3`); it raises
    ValueError. `build` fills the database of one edition. `least` is the number of rows below which a file is no whole
    table, and `begin` are characters with which codes of a whole one begin: CMS's tables are sorted by code, and one that
    was cut off lacks the last. `parts` says that an edition may come as several files, which are added to each other.
    """

    id: str
    title: str
    least: int
    recognise: Callable[[Piece], Seen | None]
    named: Callable[[str], Release]
    build: Callable[[Job], Built]
    parts: bool = False
    begin: str = ""


@lru_cache(maxsize=1)
def kinds() -> dict[str, Kind]:
    """All kinds by id."""
    found: dict[str, Kind] = {}
    for name in _READERS:
        for kind in import_module(f"superbill.catalog.sources.{name}").KINDS:
            found[kind.id] = kind
    return found


def recognise(piece: Piece) -> Seen | None:
    """What a piece is, by asking one reader after the other; None when it is nothing that is known."""
    if piece.form == "other":
        return None
    asked = []
    for kind in kinds().values():
        if kind.recognise in asked:
            continue
        asked.append(kind.recognise)
        seen = kind.recognise(piece)
        if seen is not None:
            return seen
    return None


def kind(id: str) -> Kind:
    """One kind by id. Raises TableError."""
    try:
        return kinds()[id]
    except KeyError:
        raise TableError(f"{id}: there is no such table; there are {', '.join(kinds())}") from None

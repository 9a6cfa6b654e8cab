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
class Built:
    """What a reader has put into the database: rows by table, what was left out and why (with how often), and what
    else is worth saying. `since` is set where the rows themselves tell the first day that the table speaks for."""

    rows: dict[str, int]
    skipped: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    since: date | None = None
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """One kind of table.

    `recognise` says whether a piece is one. `named` makes an edition of what the user calls it (`2024q3`); it raises
    ValueError. `build` fills the database of one edition. `least` is the number of rows below which a file is no whole
    table. `parts` says that an edition may come as several files, which are added to each other.
    """

    id: str
    title: str
    least: int
    recognise: Callable[[Piece], Seen | None]
    named: Callable[[str], Release]
    build: Callable[[Job], Built]
    parts: bool = False


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

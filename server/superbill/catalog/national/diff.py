"""What changed from one edition of a table to another: what was added, what ended, which values are others."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from superbill.catalog.model import Edition
from superbill.catalog.national.manifest import Installed
from superbill.catalog.national.pieces import TableError
from superbill.catalog.national.tables import open_table
from superbill.catalog.pairs import PairTable
from superbill.catalog.tables import Table

#: Columns whose content is not told, only that it changed.
_TEXTS = ("text",)


@dataclass(frozen=True)
class Change:
    """One difference. `what` is added, ended or changed; `key` names the code, or the codes of a pair; `values` are those
    that changed: (name, before, after)."""

    what: str
    key: str
    values: tuple[tuple[str, str, str], ...] = ()


def changes(folder: Path, old: Installed, new: Installed) -> Iterator[Change]:
    """The differences between two editions of one kind, by code. Raises TableError."""
    if old.kind != new.kind:
        raise TableError(f"{old.id} and {new.id} are different tables, which cannot be compared")
    with closing(open_table(folder / old.file)) as before, closing(open_table(folder / new.file)) as after:
        if old.kind.startswith("ptp-"):
            yield from _pairs(_pair_table(old, before), _pair_table(new, after), old, new)
            return
        for table, keys, columns in _tables(after):
            yield from _rows(table, keys, columns, before, after)


def _tables(db: sqlite3.Connection) -> Iterator[tuple[str, list[str], list[str]]]:
    """The tables with a key of their own: name, columns of the key, other columns."""
    names = db.execute("SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'finder%' ORDER BY name")
    for (name,) in names.fetchall():
        if name in ("meta", "found"):
            continue
        columns = [(row[1], row[5]) for row in db.execute(f"PRAGMA table_info({name})")]
        keys = [column for column, key in columns if key]
        if keys:
            yield name, keys, [column for column, key in columns if not key]


def _rows(
    table: str,
    keys: list[str],
    columns: list[str],
    before: sqlite3.Connection,
    after: sqlite3.Connection,
) -> Iterator[Change]:
    sql = f"SELECT {', '.join([*keys, *columns])} FROM {table}"
    size = len(keys)
    try:
        old = {row[:size]: row[size:] for row in before.execute(sql)}
    except sqlite3.OperationalError:
        raise TableError("the editions are laid out differently; import the older one again") from None
    new = {row[:size]: row[size:] for row in after.execute(sql)}
    until = columns.index("until") if "until" in columns else -1
    for key in sorted(old.keys() | new.keys()):
        name = "-".join(str(part) for part in key if part)
        was, now = old.get(key), new.get(key)
        if was is None:
            yield Change("added", name)
        elif now is None:
            yield Change("ended", name)
        elif was != now:
            values = [
                (column, "" if column in _TEXTS else str(a or ""), "" if column in _TEXTS else str(b or ""))
                for column, a, b in zip(columns, was, now, strict=True)
                if a != b
            ]
            ended = until >= 0 and now[until] and not was[until]
            yield Change("ended" if ended else "changed", name, tuple(values))


def _pair_table(one: Installed, db: sqlite3.Connection) -> PairTable:
    edition: Edition = one.edition
    return PairTable(Table(edition, lambda: db))


def _pairs(before: PairTable, after: PairTable, old: Installed, new: Installed) -> Iterator[Change]:
    """Pairs by the last day that each edition speaks for."""
    for code in sorted({*before.codes(), *after.codes()}):
        was = dict(before.partners(code, 1, old.until))
        now = dict(after.partners(code, 1, new.until))
        if was == now:
            continue
        for other in sorted(was.keys() | now.keys()):
            name = f"{code}/{other}"
            if other not in was:
                yield Change("added", name, (("indicator", "", now[other]),))
            elif other not in now:
                yield Change("ended", name, (("indicator", was[other], ""),))
            elif was[other] != now[other]:
                yield Change("changed", name, (("indicator", was[other], now[other]),))

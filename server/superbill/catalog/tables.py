"""One edition of a published table, and all editions of one kind: which of them speaks for a day of service.

The bundled catalog holds an edition of most kinds, for the codes that have an entry; imported ones stand beside it, and one
of the same id takes its place.
"""

from __future__ import annotations

import sqlite3
import sys
from array import array
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from superbill.catalog.model import AddOn, Descriptor, Edition, FeeRow, HcpcsCode, Modifier, Outpatient, UnitLimit

_KEPT = 100_000
_T = TypeVar("_T")


class Table:
    """One edition of one table: look-ups by code, answered from its database and kept.

    `connect` opens the database; it is called when the first look-up comes.
    """

    def __init__(self, edition: Edition, connect: Callable[[], sqlite3.Connection], *, bundled: bool = False) -> None:
        self.edition = edition
        self.bundled = bundled
        self._connect = connect
        self._db: sqlite3.Connection | None = None
        self._kept: dict[str, Any] = {}

    @property
    def db(self) -> sqlite3.Connection:
        """Its database, opened when first needed."""
        if self._db is None:
            self._db = self._connect()
        return self._db

    def ask(self, code: str, read: Callable[[Table, str], _T]) -> _T:
        """What `read` finds for a code, from memory where it was asked before. One reader per kind of table."""
        kept = self._kept
        try:
            return kept[code]  # type: ignore[no-any-return]
        except KeyError:
            if len(kept) > _KEPT:
                kept.clear()
            value = kept[code] = read(self, code)
            return value


def fees(table: Table, code: str) -> Mapping[str, FeeRow]:
    """Fee schedule rows of a code by component; empty when there is none."""
    rows = table.db.execute("SELECT * FROM fee WHERE code=?", (code,))
    return {r[1]: FeeRow(*(*r[1:13], bool(r[13]), bool(r[14]))) for r in rows}


def unit_limit(table: Table, code: str) -> UnitLimit | None:
    """The unit limit of a code."""
    row = table.db.execute("SELECT value, indicator FROM unit_limit WHERE code=?", (code,)).fetchone()
    return UnitLimit(*row) if row else None


def unit_phrase(table: Table, code: str) -> str:
    """What the publisher's file says of where a unit limit comes from, to be read and never shown; "" where it says nothing,
    and for bundled limits, which are carried without it."""
    try:
        row = table.db.execute("SELECT reason FROM unit_limit WHERE code=?", (code,)).fetchone()
    except sqlite3.OperationalError:
        return ""
    return str(row[0] or "") if row else ""


def addon(table: Table, code: str) -> AddOn | None:
    """What a code is an add-on to."""
    row = table.db.execute("SELECT type, primaries FROM addon WHERE code=?", (code,)).fetchone()
    return AddOn(row[0], tuple(row[1].split())) if row else None


def hcpcs(table: Table, code: str) -> HcpcsCode | None:
    """The dates of a HCPCS Level II code."""
    row = table.db.execute("SELECT since, until, successors FROM hcpcs WHERE code=?", (code,)).fetchone()
    return HcpcsCode(code, day(row[0]), day(row[1]), tuple(row[2].split())) if row else None


def descriptor(table: Table, code: str) -> Descriptor | None:
    """The licensed descriptors of a code."""
    held = dict(table.db.execute("SELECT form, text FROM descriptor WHERE code=?", (code,)).fetchall())
    if not held:
        return None
    notice = table.db.execute("SELECT text FROM notice").fetchone()[0]
    return Descriptor(
        held.get("long", ""), held.get("medium", ""), held.get("short", ""), held.get("consumer", ""), notice
    )


def opps(table: Table, code: str) -> Outpatient | None:
    """The outpatient status of a code."""
    row = table.db.execute("SELECT status, apc FROM opps WHERE code=?", (code,)).fetchone()
    return Outpatient(*row) if row else None


def day(text: str | None) -> date | None:
    """A day as the databases write it."""
    return date.fromisoformat(text) if text else None


class Timeline:
    """The editions of one kind, and which one speaks for a day.

    Of those whose window holds the day it is the one that ends first: each release holds what came before it, and the one of
    the day itself is the word of the day. Without a day it is the one that ends last; outside all windows the nearest.
    """

    def __init__(self, tables: Sequence[Table]) -> None:
        self.tables = tuple(sorted(tables, key=lambda table: (_end(table), _begin(table), not table.bundled)))
        #: The table, when there is but one: the everyday case, and no day needs to be looked at.
        self.only = self.tables[0] if len(self.tables) == 1 else None
        self._at: dict[date | None, Table] = {}

    def at(self, on: date | None) -> Table | None:
        """The table that speaks for a day; None when there is none at all."""
        if self.only is not None:
            return self.only
        known = self._at.get(on)
        if known is None and self.tables:
            if len(self._at) > _KEPT:
                self._at.clear()
            known = self._at[on] = self._find(on)
        return known

    def _find(self, on: date | None) -> Table:
        if on is None:
            return self.tables[-1]
        covering = [table for table in self.tables if table.edition.covers(on)]
        if covering:
            end = _end(covering[0])
            return max((table for table in covering if _end(table) == end), key=lambda t: (not t.bundled, _begin(t)))
        return min(reversed(self.tables), key=lambda table: _gap(table, on))


def _end(table: Table) -> date:
    return table.edition.until or date.max


def _begin(table: Table) -> date:
    return table.edition.since or date.min


def _gap(table: Table, on: date) -> timedelta:
    return _begin(table) - on if on < _begin(table) else on - _end(table)


def rows_of(blob: bytes) -> array[int]:
    """The packed rows of a code: in each the number of the other code, and in the lower 16 bits that of its term."""
    rows = array("I")
    rows.frombytes(blob)
    if sys.byteorder == "big":
        rows.byteswap()
    return rows


def overlay(modifiers: dict[str, Modifier], table: Table) -> None:
    """Bring modifiers up to an imported HCPCS file: those that are new, in CMS's words; last days of those that ended."""
    for code, since, until, text in table.db.execute("SELECT code, since, until, text FROM modifier ORDER BY code"):
        known = modifiers.get(code)
        if known is None:
            modifiers[code] = Modifier(
                code=code,
                name=text if len(text) <= 90 else f"{text[:88].rstrip()} …",
                meaning=text,
                when=f"The words are CMS's, of {table.edition.name}; Superbill has no entry for it.",
                who="see CMS",
                fits="not known here",
                order="information",
                family="hcpcs",
                since=day(since),
                until=day(until),
                sources=(table.edition.id,),
            )
        elif any(source.startswith("hcpcs-") for source in known.sources) and known.until != day(until):
            modifiers[code] = known._replace(until=day(until), sources=(*known.sources, table.edition.id))

"""Look-ups in a table of code pairs (NCCI PTP), as `catalog/sources/pairs.py` packs it.

A question costs one read per code, and a search by halves in a sorted array; nothing is unpacked but what is found.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from superbill.catalog.model import CodePair
from superbill.catalog.tables import Table, day, rows_of

#: Rows that are kept, over all codes.
_MOST_ROWS = 50_000
_NONE = array("I")
#: The number of a code, -1 when the table does not name it; its rows by column 1; the numbers of the codes in them.
_Entry = tuple[int, "array[int]", "frozenset[int]"]


class PairTable:
    """The pairs of one edition."""

    def __init__(self, table: Table) -> None:
        self.edition = table.edition
        self._table = table
        self._codes: dict[str, _Entry] = {}
        self._kept = 0
        self._terms: list[tuple[date | None, date | None, str]] | None = None
        self._on: date | None = None
        self._force: dict[int, str] = {}
        self._made: dict[object, Any] = {}

    def among(self, codes: Collection[str], on: date | None) -> list[CodePair]:
        """The pairs in force on a day between some codes, each code once."""
        entries = self._codes
        known = {}
        for code in codes:
            entry = entries.get(code) or self._entry(code)
            known[entry[0]] = code, entry
        known.pop(-1, None)
        found: list[CodePair] = []
        for first, (number, rows, seconds) in known.values():
            for other in seconds.intersection(known):
                if other != number:
                    pair = self._find(first, known[other][0], rows, other, on)
                    if pair is not None:
                        found.append(pair)
        return found

    def partners(self, code: str, column: int, on: date | None) -> list[tuple[str, str]]:
        """The (other code, indicator) of all pairs in force in which a code stands in column 1 or 2."""
        return [(other, indicator) for other, indicator, _ in self.terms(code, column, on)]

    def terms(self, code: str, column: int, on: date | None) -> list[tuple[str, str, int]]:
        """As `partners`, with the number that `phrase` takes."""
        number = self._entry(code)[0]
        if number < 0:
            return []
        name = "first" if column == 1 else "second"
        row = self._table.db.execute(f"SELECT {name} FROM pair WHERE number=?", (number,)).fetchone()
        force, names = self._in_force(on), self._names
        return [
            (names[one >> 16], force[one & 0xFFFF], one & 0xFFFF) for one in rows_of(row[0]) if one & 0xFFFF in force
        ]

    def phrase(self, term: int) -> str:
        """What the publisher's file says of why a pair stands; "" where it says nothing. To be read, never shown."""
        row = self._table.db.execute("SELECT reason FROM term WHERE number=?", (term,)).fetchone()
        return str(row[0] or "") if row else ""

    def codes(self) -> list[str]:
        """Every code that the table names."""
        return self._names

    def kept(self, key: object, make: Callable[[], Any]) -> Any:
        """What was made of this table before under a key, else what `make` makes now."""
        if key not in self._made:
            if len(self._made) > 2_000:
                self._made.clear()
            self._made[key] = make()
        return self._made[key]

    def named(self, code: str) -> bool:
        """Whether the table has any row with a code, in force or not."""
        return self._entry(code)[0] >= 0

    @property
    def _names(self) -> list[str]:
        """Codes by number. Kept by the table, since only hover and look-up ask for it."""
        return self._table.ask("", _names)

    def _entry(self, code: str) -> _Entry:
        """What is kept of a code."""
        known = self._codes.get(code)
        if known is None:
            row = self._table.db.execute(
                "SELECT number, first FROM code JOIN pair USING(number) WHERE code=?", (code,)
            ).fetchone()
            rows = rows_of(row[1]) if row else _NONE
            known = (row[0] if row else -1, rows, frozenset([one >> 16 for one in rows]))
            self._kept += len(rows) + 8
            if self._kept > _MOST_ROWS:
                self._codes.clear()
                self._kept = len(rows) + 8
            self._codes[code] = known
        return known

    def _find(self, first: str, second: str, rows: array[int], other: int, on: date | None) -> CodePair | None:
        """The row of two codes that is in force on a day."""
        force = self._in_force(on)
        at = bisect_left(rows, other << 16)
        while at < len(rows) and rows[at] >> 16 == other:
            term = rows[at] & 0xFFFF
            if term in force:
                since, until, indicator = self._every[term]
                return CodePair(first, second, indicator, since, until)
            at += 1
        return None

    @property
    def _every(self) -> list[tuple[date | None, date | None, str]]:
        """Windows and indicators by the number of their combination."""
        if self._terms is None:
            rows = self._table.db.execute("SELECT since, until, indicator FROM term ORDER BY number")
            self._terms = [(_written(since), _written(until), indicator) for since, until, indicator in rows]
        return self._terms

    def _in_force(self, on: date | None) -> dict[int, str]:
        """The combinations in force on a day, and their indicators. Outside the window of the table it is the nearest
        day of that; without a day its last."""
        edition = self.edition
        if on is None or (edition.until and on > edition.until):
            on = edition.until or date.max
        elif edition.since and on < edition.since:
            on = edition.since
        if on != self._on:
            self._on = on
            self._force = {
                number: indicator
                for number, (since, until, indicator) in enumerate(self._every)
                if (since is None or since <= on) and (until is None or on <= until)
            }
        return self._force


def _names(table: Table, _: str) -> list[str]:
    return [code for (code,) in table.db.execute("SELECT code FROM code ORDER BY number")]


def _written(text: str) -> date | None:
    return day(f"{text[:4]}-{text[4:6]}-{text[6:]}") if text else None

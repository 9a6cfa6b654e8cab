"""What users brought, as the catalog asks for it: briefs by code, and words that find codes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from superbill.catalog.model import Brief, ModifierUse, Relation
from superbill.catalog.own.model import OwnBrief

#: Raised when the database of briefs is laid out anew: an older one is then not read.
FORMAT = "1"


def finder() -> str:
    """The statement that makes the index of words in a database."""
    return (
        "CREATE VIRTUAL TABLE IF NOT EXISTS finder USING fts5(code UNINDEXED, title, keywords, context, "
        "prefix='1 2 3', tokenize=\"unicode61 tokenchars '_'\")"
    )


class Shelf:
    """Codes that can be found by words: a database with an index made by `finder`, or none."""

    def __init__(self, db: sqlite3.Connection | None) -> None:
        self._db = db

    def match(self, expression: str, limit: int) -> list[tuple[str, float]]:
        """Codes that match an expression of the full-text search, best first, with their rank (lower is better)."""
        rows = self._ask(
            "SELECT code, bm25(finder, 0.0, 8.0, 6.0, 1.5) AS score FROM finder WHERE finder MATCH ? "
            "ORDER BY score, code LIMIT ?",
            expression,
            limit,
        )
        return [(row[0], float(row[1])) for row in rows]

    def knows(self, word: str, prefix: bool = False) -> bool:
        """Whether a word of letters and digits stands in the index; with `prefix`, one that begins so."""
        return bool(self._ask("SELECT 1 FROM finder WHERE finder MATCH ? LIMIT 1", f'"{word}"' + "*" * prefix))

    def _ask(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        if self._db is None:
            return []
        try:
            return self._db.execute(sql, values).fetchall()
        except sqlite3.Error:  # deleted or damaged by hand, or an expression that cannot be read: as good as none
            return []

    def close(self) -> None:
        """Close the database."""
        if self._db is not None:
            self._db.close()
            self._db = None


def shelf_of(rows: Iterable[tuple[str, str, str, str]]) -> Shelf:
    """A shelf in memory: code, title, keywords and context of each, brought to the form of the search."""
    db = sqlite3.connect(":memory:", check_same_thread=False)
    db.execute(finder())
    db.executemany("INSERT INTO finder(code, title, keywords, context) VALUES(?,?,?,?)", rows)
    return Shelf(db)


class Briefs(Shelf):
    """Read access to the user's own briefs; there may be none. Not to be shared between threads."""

    def __init__(self, path: Path | None) -> None:
        super().__init__(None)
        self.path = path
        self.stamp = _stamp(path)
        if path is not None and self.stamp:
            try:
                self._db = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, check_same_thread=False)
                known = self._db.execute("SELECT value FROM meta WHERE key='format'").fetchone()
                if not known or known[0] != FORMAT:
                    self.close()
            except sqlite3.Error:
                self.close()

    def stale(self) -> bool:
        """Whether the briefs were changed since this was opened."""
        return _stamp(self.path) != self.stamp

    def brief(self, code: str) -> OwnBrief | None:
        """The brief of a code, or None."""
        rows = self._ask("SELECT entry FROM brief WHERE code=?", code)
        return _brief(json.loads(rows[0][0])) if rows else None

    def title(self, code: str) -> str:
        """The title that a brief gives a code, or ""."""
        rows = self._ask("SELECT title FROM brief WHERE code=?", code)
        return str(rows[0][0]) if rows else ""

    def listed(self) -> list[tuple[str, str, str]]:
        """All briefs: code, document, when it was imported."""
        return [(row[0], row[1], row[2]) for row in self._ask("SELECT code, source, added FROM brief ORDER BY code")]

    def codes_from(self, prefix: str, limit: int) -> list[tuple[str, str]]:
        """Codes that begin with `prefix`, and their titles."""
        return [
            (row[0], row[1])
            for row in self._ask(
                "SELECT code, title FROM brief WHERE code >= ? AND code < ? ORDER BY code LIMIT ?",
                prefix,
                prefix + "\x7f",
                limit,
            )
        ]


def _stamp(path: Path | None) -> tuple[int, int, int] | None:
    try:
        state = path.stat() if path is not None else None
    except OSError:
        return None
    return (state.st_mtime_ns, state.st_size, state.st_ino) if state else None


def _brief(data: dict[str, Any]) -> OwnBrief:
    brief: dict[str, Any] = data.pop("brief")
    for name in ("modifiers", "never"):
        brief[name] = tuple(ModifierUse(**use) for use in brief[name])
    for name in ("related", "conflicts"):
        brief[name] = tuple(Relation(**{**one, "codes": tuple(one["codes"])}) for one in brief[name])
    for name in ("documentation", "unknown", "sources"):
        brief[name] = tuple(brief[name])
    brief["payers"] = tuple((payer, note) for payer, note in brief["payers"])
    extra = tuple((heading, text) for heading, text in data.pop("extra"))
    return OwnBrief(**data, extra=extra, brief=Brief(**brief))

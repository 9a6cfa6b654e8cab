"""Find codes and modifiers by number or by words.

Words are brought to one form by the synonyms of `data/synonyms.yaml`; a word that the index does not know is taken
for a typing error and replaced by its nearest neighbour. What matches every word comes first.
"""

from __future__ import annotations

import re
import sqlite3

from superbill.catalog import words
from superbill.catalog.model import Hit
from superbill.catalog.store import Catalog

_NUMBER = re.compile(r"[A-Za-z]?\d[0-9A-Za-z]*")
_WEIGHTS = "bm25(finder, 0, 0, 8.0, 6.0, 1.5, 1.0)"
_ALL = 1000.0


def search(catalog: Catalog, query: str, limit: int = 20, *, typing: bool = False, kind: str = "") -> list[Hit]:
    """The best answers to `query`, best first.

    `typing` takes the last word for one that is still being typed. `kind` narrows to "procedure" or "modifier".
    """
    query = query.strip()
    hits: dict[tuple[str, str], Hit] = {}
    if _NUMBER.fullmatch(query) and len(query) <= 5:
        for hit in _by_number(catalog, query.upper(), limit, kind):
            hits[hit.kind, hit.code] = hit
    tokens = words.words(query)
    if tokens and len(hits) < limit:
        for hit in _by_words(catalog, tokens, limit, typing, kind):
            hits.setdefault((hit.kind, hit.code), hit)
    return list(hits.values())[:limit]


def _by_number(catalog: Catalog, start: str, limit: int, kind: str) -> list[Hit]:
    hits = []
    if kind != "modifier":
        for place, (code, title) in enumerate(catalog.codes_from(start, limit)):
            hits.append(Hit("procedure", code, title, (2 if code == start else 1.5) * _ALL - place))
    modifier = catalog.modifier(start)
    if modifier and kind != "procedure":
        hits.insert(0, Hit("modifier", start, modifier.name, 2 * _ALL))
    return hits


def _by_words(catalog: Catalog, tokens: list[str], limit: int, typing: bool, kind: str) -> list[Hit]:
    def lookup(word: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        rows = catalog.query("SELECT term, target FROM synonym WHERE first=?", word)
        return [(tuple(term.split()), tuple(target.split())) for term, target in rows]

    open_word = tokens[-1] if typing else ""
    known = [_known(catalog, word, lookup, prefix=word is open_word) for word in tokens]
    forms = words.canonical(known, lookup)
    terms = []
    for index, form in enumerate(forms):
        term = f'"{form}"'
        if index == len(forms) - 1 and open_word:
            term = f'("{open_word}"* OR {term})'
        terms.append(term)
    if not terms:
        return []
    found = _match(catalog, " AND ".join(terms), limit, kind)
    hits = [Hit(row[0], row[1], _name(catalog, row[0], row[1]), _ALL - row[2]) for row in found]
    if len(hits) < limit and len(terms) > 1:
        have = {(hit.kind, hit.code) for hit in hits}
        for row in _match(catalog, " OR ".join(terms), limit * 2, kind):
            if (row[0], row[1]) not in have:
                hits.append(Hit(row[0], row[1], _name(catalog, row[0], row[1]), -row[2]))
    return hits


def _match(catalog: Catalog, expression: str, limit: int, kind: str) -> list[tuple[str, str, float]]:
    narrowed = "AND kind = ?" if kind else ""
    values = [expression, *([kind] if kind else []), limit]
    sql = (
        f"SELECT kind, code, {_WEIGHTS} AS rank FROM finder WHERE finder MATCH ? {narrowed} ORDER BY rank, code LIMIT ?"
    )
    try:
        return [(str(r[0]), str(r[1]), float(r[2])) for r in catalog.query(sql, *values)]
    except sqlite3.OperationalError:  # an expression that FTS5 cannot read: no answer, never a failure
        return []


def _known(catalog: Catalog, word: str, lookup: object, *, prefix: bool) -> str:
    """`word` itself when the index or the synonyms know it, else the nearest word that they know."""
    if len(word) < 4 or word.isdigit():
        return word
    if catalog.query(
        "SELECT 1 FROM vocabulary WHERE term=? UNION SELECT 1 FROM synonym WHERE first=? LIMIT 1", word, word
    ):
        return word
    if prefix and catalog.query("SELECT 1 FROM vocabulary WHERE term >= ? AND term < ? LIMIT 1", word, word + "\x7f"):
        return word
    from difflib import get_close_matches

    near = catalog.query("SELECT term FROM vocabulary WHERE length(term) BETWEEN ? AND ?", len(word) - 2, len(word) + 2)
    firsts = catalog.query("SELECT DISTINCT first FROM synonym")
    pool = [row[0] for row in near if row[0][0] == word[0] or row[0][1:2] == word[1:2]] + [row[0] for row in firsts]
    best = get_close_matches(word, pool, 1, 0.74)
    return best[0] if best else word


def _name(catalog: Catalog, kind: str, code: str) -> str:
    if kind == "procedure":
        return catalog.title(code)
    modifier = catalog.modifier(code)
    return modifier.name if modifier else ""

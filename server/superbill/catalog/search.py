"""Find codes and modifiers by number or by words.

Words are brought to one form by the synonyms of `data/synonyms.yaml`; a word that neither they nor the index know is
taken for a typing error and replaced by its nearest neighbour. What matches every word comes first, then what matches
all but the words that often stand in no entry (left, with ...), then what matches any.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from functools import lru_cache, partial

from superbill.catalog import words
from superbill.catalog.model import Hit
from superbill.catalog.shapes import FIRST_MODIFIER
from superbill.catalog.store import Catalog

_NUMBER = re.compile(r"[A-Za-z]?\d[0-9A-Za-z]{0,4}|[A-Za-z]{2}")
_WEIGHTS = "bm25(finder, 8.0, 6.0, 1.5, 1.0)"
_ALL = 1000.0
#: So many answers of our own come before most codes that are only known by an imported file; the best of those go before
#: answers that do not have all words.
_OWN_FIRST, _BETTER = 5, 2
_LONGEST_QUERY = 12  # words; what follows is not read
_LONGEST_WORD = 24  # letters; what is longer is no typing error

#: Words that a query may hold and the right entry may not: they raise what has them and bar nothing.
_OPTIONAL = frozenset(["left", "right", "with_contrast", "without_contrast", "code", "cpt", "hcpcs", "modifier"])


def search(catalog: Catalog, query: str, limit: int = 20, *, typing: bool = False, kind: str = "") -> list[Hit]:
    """The best answers to `query`, best first.

    `typing` takes the last word for one that is still being typed. `kind` narrows to "procedure" or "modifier".
    """
    query = query.strip()
    hits: dict[tuple[str, str], Hit] = {}
    if _NUMBER.fullmatch(query):
        for hit in _by_number(catalog, query.upper(), limit, kind):
            hits[hit.kind, hit.code] = hit
    elif catalog.team.codes and kind != "modifier" and len(query) > 1:  # a team's codes may have any shape
        for code in sorted(code for code in catalog.team.codes if code.startswith(query.upper())):
            hits["procedure", code] = Hit("procedure", code, catalog.title(code), 1.5 * _ALL)
    tokens = words.words(query)[:_LONGEST_QUERY]
    if tokens and len(hits) < limit:
        for hit in _by_words(catalog, tokens, limit, typing, kind):
            hits.setdefault((hit.kind, hit.code), hit)
        if kind != "modifier" and catalog.kinds:
            _add_imported(catalog, hits, tokens, limit, typing)
    return list(hits.values())[:limit]


def _add_imported(
    catalog: Catalog, hits: dict[tuple[str, str], Hit], tokens: list[str], limit: int, typing: bool
) -> None:
    """Put Level II codes whose imported text has all words among the answers of our own."""
    terms = [f'"{word}"' for word in tokens if word not in words.FILLERS and word.isalnum()]
    if not terms:
        return
    if typing:
        terms[-1] += "*"
    found = catalog.find_level_two(" AND ".join(terms), max(limit // 2, 1))
    own = list(hits.values())
    strong = sum(hit.score >= _ALL / 2 for hit in own[:_OWN_FIRST])
    ordered = [*own[:strong], *_imported(found[:_BETTER], own, strong), *own[strong:_OWN_FIRST]]
    ordered += [*_imported(found[_BETTER:], own, _OWN_FIRST), *own[_OWN_FIRST:]]
    hits.clear()
    for hit in ordered:
        hits.setdefault((hit.kind, hit.code), hit)


def _imported(found: list[tuple[str, str]], own: list[Hit], place: int) -> list[Hit]:
    """Hits of an imported file, with the score of the answer of our own in whose place they stand."""
    score = own[place].score if place < len(own) else 0.0
    return [Hit("procedure", code, text, score) for code, text in found]


def _by_number(catalog: Catalog, start: str, limit: int, kind: str) -> list[Hit]:
    hits = []
    if kind != "modifier":
        for place, (code, title) in enumerate(catalog.codes_from(start, limit)):
            hits.append(Hit("procedure", code, title, (2 if code == start else 1.5) * _ALL - place))
    modifier = catalog.modifier(start)
    if modifier and kind != "procedure":
        hits.insert(0, Hit("modifier", start, modifier.name, 2 * _ALL))
    return hits


def canonical(catalog: Catalog, *texts: str) -> str:
    """Texts in the form in which the search asks for them: words brought to one form by the synonyms."""
    tokens: list[str] = []
    for text in texts:
        tokens += words.canonical(words.words(text), partial(_synonyms, catalog))
    return " ".join(tokens)


def _synonyms(catalog: Catalog, word: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    rows = catalog.query("SELECT term, target FROM synonym WHERE first=?", word)
    return [(tuple(term.split()), tuple(target.split())) for term, target in rows]


def _by_words(catalog: Catalog, tokens: list[str], limit: int, typing: bool, kind: str) -> list[Hit]:
    open_word = tokens[-1] if typing else ""
    known = [*(_known(catalog, word) for word in tokens[:-1]), _known(catalog, tokens[-1], prefix=typing)]
    forms = words.canonical(known, partial(_synonyms, catalog))
    terms = {form: f'"{form}"' for form in words.content(forms)}
    if open_word:
        terms[forms[-1]] = f'("{open_word}"* OR "{forms[-1]}")'
    hits: dict[tuple[str, str], Hit] = {}
    for base, expression in _expressions(terms):
        for which, code, rank in _match(catalog, expression, limit + len(hits), kind):
            if (which, code) not in hits:
                hits[which, code] = Hit(which, code, _name(catalog, which, code), base - rank)
        if len(hits) >= limit:
            break
    return list(hits.values())


def _expressions(terms: dict[str, str]) -> Iterator[tuple[float, str]]:
    """What to ask the index, strictest first, with the score that an answer begins with."""
    every = " AND ".join(terms.values())
    some = " OR ".join(terms.values())
    required = " AND ".join(term for form, term in terms.items() if form not in _OPTIONAL | words.FILLERS)
    yield _ALL, every
    if required and required != every:
        yield _ALL / 2, f"{required} AND ({some})"
    if some != every:
        yield 0.0, some


def _match(catalog: Catalog, expression: str, limit: int, kind: str) -> list[tuple[str, str, float]]:
    narrowed = {"procedure": "AND finder.rowid < ?", "modifier": "AND finder.rowid >= ?"}.get(kind, "")
    values = [expression, *([FIRST_MODIFIER] if kind else []), limit]
    sql = (
        f"SELECT id, code, {_WEIGHTS} AS score FROM finder JOIN found ON found.id = finder.rowid "
        f"WHERE finder MATCH ? {narrowed} ORDER BY score, code LIMIT ?"
    )
    try:
        rows = catalog.query(sql, *values)
    except sqlite3.OperationalError:  # an expression that FTS5 cannot read: no answer, never a failure
        return []
    found = [("modifier" if r[0] >= FIRST_MODIFIER else "procedure", str(r[1]), float(r[2])) for r in rows]
    if kind != "modifier" and catalog.shelves:
        found += [
            ("procedure", code, rank) for shelf in catalog.shelves for code, rank in shelf.match(expression, limit)
        ]
        found.sort(key=lambda hit: hit[2])
    return found


def _known(catalog: Catalog, word: str, *, prefix: bool = False) -> str:
    """`word` itself when the index or the synonyms know it, else the nearest word that they know.

    Nearest is one slip away (a letter left out, added, changed, or two swapped), else a word that begins with the same
    letter and shares most of the others.
    """
    if not 4 <= len(word) <= _LONGEST_WORD or not word.isalpha() or word in words.FILLERS:
        return word
    if catalog.query(
        "SELECT 1 FROM vocabulary WHERE term=? UNION SELECT 1 FROM synonym WHERE first=? LIMIT 1", word, word
    ):
        return word
    if prefix and catalog.query("SELECT 1 FROM vocabulary WHERE term >= ? AND term < ? LIMIT 1", word, word + "\x7f"):
        return word
    if any(shelf.knows(word, prefix) for shelf in catalog.shelves):
        return word
    lexicon = _lexicon(catalog)
    if word in lexicon:
        return word
    slips = words.one_slip(word).intersection(lexicon)
    if slips:
        return max(slips, key=lambda near: (near[0] == word[0], lexicon[near], near))
    from difflib import get_close_matches

    pool = [near for near in lexicon if near[0] == word[0] and abs(len(near) - len(word)) < 4]
    best = get_close_matches(word, pool, 1, 0.74)
    return best[0] if best else word


@lru_cache(maxsize=2)
def _lexicon(catalog: Catalog) -> dict[str, int]:
    """Every word of the index and the synonyms that may be what was meant, and in how many entries it stands."""
    terms = catalog.query("SELECT term FROM synonym")
    found = {word: 0 for row in terms for word in row[0].split() if word.isalpha() and len(word) > 2}
    rows = catalog.query("SELECT term, doc FROM vocabulary WHERE length(term) > 2")
    return found | {row[0]: row[1] for row in rows if row[0].isalpha()}


def forget() -> None:
    """Let go of what is kept of a catalog that is no longer the one in use."""
    _lexicon.cache_clear()


def _name(catalog: Catalog, kind: str, code: str) -> str:
    if kind == "procedure":
        return catalog.label(code)
    modifier = catalog.modifier(code)
    return modifier.name if modifier else ""

"""What a person who writes catalog entries wants to be told before a reader is: `superbill catalog lint`.

Compiling finds what cannot be compiled. This looks further: order, twin titles, words that find nothing, modifiers
that a brief recommends and the fee schedule forbids.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from superbill.catalog.build import compile_catalog
from superbill.catalog.search import search
from superbill.catalog.store import Catalog
from superbill.catalog.yamlsource import Entry, SourceError, load_schema, read_entries

#: An entry is found well when its own words bring it among so many answers.
_AMONG = 5


def lint(source: Path) -> list[SourceError]:
    """All that is wrong with the catalog's source, in the order of its files. The first that cannot be compiled ends it."""
    try:
        entries = _entries(source, "codes")
        briefs = _entries(source, "briefs")
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder, "catalog.sqlite")
            compile_catalog(source, target)
            catalog = Catalog(target)
            found = [*_order(entries), *_twins(entries), *_words(entries, catalog), *_modifiers(briefs, catalog)]
            catalog.close()
    except SourceError as error:
        return [error]
    return sorted(found, key=lambda error: (error.path, error.line))


def _entries(source: Path, kind: str) -> list[Entry]:
    schema = load_schema(source / "schema" / f"{kind}.schema.json")
    found: list[Entry] = []
    for path in sorted((source / kind).glob("*.yaml")):
        found += read_entries(path, f"{source.name}/{path.relative_to(source).as_posix()}", schema)
    return found


def _order(entries: list[Entry]) -> Iterator[SourceError]:
    before: Entry | None = None
    for entry in entries:
        if before is not None and before.path == entry.path and before.data["code"] > entry.data["code"]:
            yield entry.error(f"{entry.data['code']} stands behind {before.data['code']}; entries are sorted by code")
        before = entry


def _twins(entries: list[Entry]) -> Iterator[SourceError]:
    titles: dict[str, Entry] = {}
    for entry in entries:
        title = entry.data["title"].lower()
        twin = titles.setdefault(title, entry)
        if twin is not entry:
            yield entry.error(f"{entry.data['code']} has the title of {twin.data['code']}; say what sets them apart")


def _words(entries: list[Entry], catalog: Catalog) -> Iterator[SourceError]:
    for entry in entries:
        code = entry.data["code"]
        for words in (entry.data["title"], " ".join(entry.data["keywords"][:2])):
            hits = search(catalog, words, _AMONG, kind="procedure")
            if code not in [hit.code for hit in hits]:
                first = hits[0].code if hits else "nothing"
                yield entry.error(
                    f"{code} is not found by {words!r}; {first} comes first. Choose words that are its own"
                )


def _modifiers(briefs: list[Entry], catalog: Catalog) -> Iterator[SourceError]:
    for entry in briefs:
        code = entry.data["code"]
        row = catalog.fees(code).get("")
        offered: list[dict[str, Any]] = entry.data["modifiers"]
        for use in offered:
            modifier = use["code"]
            if catalog.modifier(modifier) is None:
                yield entry.error(f"{modifier} is no modifier")
            elif row is not None and modifier in ("26", "TC") and row.pctc not in ("1", "6"):
                yield entry.error(f"{modifier} is offered for {code}, whose PC/TC indicator is {row.pctc}")
            elif row is not None and modifier in ("50", "LT", "RT") and row.bilateral not in ("1", "3"):
                yield entry.error(f"{modifier} is offered for {code}, whose bilateral indicator is {row.bilateral}")

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
_AMONG = 3


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
    """An entry must be found by its title, and by one of its keywords or by the first two together."""

    def first(words: str) -> list[str]:
        return [hit.code for hit in search(catalog, words, _AMONG, kind="procedure")]

    for entry in entries:
        code, title, keywords = entry.data["code"], entry.data["title"], entry.data["keywords"]
        hits = first(title)
        if code not in hits:
            better = hits[0] if hits else "nothing"
            yield entry.error(f"{code} is not found by its title; {better} comes first. Say what is its own")
        if not any(code in first(words) for words in (" ".join(keywords[:2]), *keywords)):
            yield entry.error(f"{code} is found by none of its keywords. Add one that is its own")


#: Modifiers that an indicator of the fee schedule rules out: field, its name, the values that leave room for them.
#: The meaning of the indicators is that of CMS's record layout of the PFS relative value file.
_ALLOWED = (
    (("26", "TC"), "pctc", "PC/TC", "16"),
    (("50", "LT", "RT"), "bilateral", "bilateral", "13"),
    (("51",), "multiple", "multiple-procedure", "123"),
    (("62",), "cosurgeon", "co-surgeon", "12"),
    (("66",), "team", "team", "12"),
    (("80", "81", "82", "AS"), "assistant", "assistant", "02"),
)


def _modifiers(briefs: list[Entry], catalog: Catalog) -> Iterator[SourceError]:
    for entry in briefs:
        code = entry.data["code"]
        row = catalog.fees(code).get("")
        offered: list[dict[str, Any]] = entry.data["modifiers"]
        for modifier in (use["code"] for use in offered):
            if catalog.modifier(modifier) is None:
                yield entry.error(f"{modifier} is no modifier")
            for modifiers, field, name, values in _ALLOWED:
                value = getattr(row, field) if row is not None else values
                if modifier in modifiers and value not in values:
                    yield entry.error(f"{modifier} is offered for {code}, whose {name} indicator is {value}")

"""Compile the catalog's source (YAML and facts) into one read-only SQLite database.

Runs when the package is built, and on first use in a checkout, where the result is kept by the content of the
source. It either gives a whole database or raises SourceError with file and line.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from superbill.catalog import facts, words
from superbill.catalog.families import family_paths
from superbill.catalog.shapes import FIRST_MODIFIER, FORMAT, parse_range
from superbill.catalog.yamlsource import Entry, SourceError, load_schema, read_entries

_TABLES = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE edition(id TEXT PRIMARY KEY, name TEXT, title TEXT, since TEXT, until TEXT) WITHOUT ROWID;
CREATE TABLE procedure(code TEXT PRIMARY KEY, title TEXT, service TEXT, entry TEXT) WITHOUT ROWID;
CREATE TABLE brief(code TEXT PRIMARY KEY, entry TEXT) WITHOUT ROWID;
CREATE TABLE fee(code TEXT, component TEXT, status TEXT, pctc TEXT, global_days TEXT, multiple TEXT, bilateral TEXT,
  assistant TEXT, cosurgeon TEXT, team TEXT, endoscopic_base TEXT, supervision TEXT, imaging_family TEXT,
  nonfacility_na INT, facility_na INT, PRIMARY KEY(code, component)) WITHOUT ROWID;
CREATE TABLE unit_limit(code TEXT PRIMARY KEY, value INT, indicator TEXT) WITHOUT ROWID;
CREATE TABLE addon(code TEXT PRIMARY KEY, type TEXT, primaries TEXT) WITHOUT ROWID;
CREATE TABLE hcpcs(code TEXT PRIMARY KEY, since TEXT, until TEXT, successors TEXT) WITHOUT ROWID;
CREATE TABLE modifier(code TEXT PRIMARY KEY, name TEXT, entry TEXT) WITHOUT ROWID;
CREATE TABLE place(code TEXT PRIMARY KEY, entry TEXT) WITHOUT ROWID;
CREATE TABLE site(id TEXT PRIMARY KEY, name TEXT, places TEXT) WITHOUT ROWID;
CREATE TABLE family(id TEXT PRIMARY KEY, parent TEXT, name TEXT) WITHOUT ROWID;
CREATE TABLE family_range(low TEXT, high TEXT, family TEXT);
CREATE TABLE codeset(id TEXT PRIMARY KEY, entry TEXT) WITHOUT ROWID;
CREATE TABLE payer(id TEXT PRIMARY KEY, entry TEXT) WITHOUT ROWID;
CREATE TABLE synonym(first TEXT, term TEXT, target TEXT, PRIMARY KEY(first, term)) WITHOUT ROWID;
CREATE TABLE found(id INTEGER PRIMARY KEY, code TEXT);
CREATE VIRTUAL TABLE finder USING fts5(title, keywords, context, spoken, content='',
  prefix='1 2 3', tokenize="unicode61 tokenchars '_'");
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(finder, row);
"""


def source_key(source: Path) -> str:
    """A name for the content of the catalog's source: the same content gives the same key."""
    digest = hashlib.blake2b(f"format {FORMAT}".encode(), digest_size=10)
    for path in _files(source):
        digest.update(path.relative_to(source).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(source: Path) -> list[Path]:
    names = [path for path in source.rglob("*") if path.suffix in (".yaml", ".tsv", ".json")]
    return sorted(path for path in names if path.relative_to(source).parts[0] != "examples")


def entry_codes(source: Path) -> set[str]:
    """The codes that have an entry in the source."""
    return {entry.data["code"] for entry in _Source(source).entries("codes/*.yaml", "codes")}


def compile_catalog(source: Path, target: Path) -> None:
    """Write the database for `source` to `target`, whole or not at all. Raises SourceError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=target.name, suffix=".part", dir=target.parent)
    os.close(handle)
    part = Path(name)
    try:
        connection = sqlite3.connect(part)
        try:
            _fill(connection, _Source(source))
            connection.execute("INSERT INTO meta VALUES('key', ?)", (source_key(source),))
            connection.commit()
            connection.execute("INSERT INTO finder(finder) VALUES('optimize')")
            connection.commit()
            connection.execute("VACUUM")
        finally:
            connection.close()
        part.chmod(0o644)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


class _Source:
    """The source folder: its files, their schemas."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def entries(self, pattern: str, schema: str) -> list[Entry]:
        rules = load_schema(self.folder / "schema" / f"{schema}.schema.json")
        found: list[Entry] = []
        for path in sorted(self.folder.glob(pattern)):
            found += read_entries(path, f"{self.folder.name}/{path.relative_to(self.folder).as_posix()}", rules)
        return found


def _unique(entries: Iterable[Entry], key: str = "code") -> list[Entry]:
    seen: dict[str, Entry] = {}
    for entry in entries:
        name = entry.data[key]
        if name in seen:
            raise entry.error(f"{name!r} stands twice; the first is at {seen[name].path}:{seen[name].line}")
        seen[name] = entry
    return list(seen.values())


def _dump(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _fill(db: sqlite3.Connection, source: _Source) -> None:
    db.executescript(_TABLES)
    put = db.executemany
    put(
        "INSERT INTO edition VALUES(?,?,?,?,?)",
        [
            (e.data["id"], e.data["name"], e.data["title"], e.data.get("since"), e.data.get("until"))
            for e in _unique(source.entries("editions.yaml", "editions"), "id")
        ],
    )
    _fill_families(db, _unique(source.entries("families.yaml", "families"), "id"))
    sites = {name: value for e in source.entries("sites.yaml", "sites") for name, value in e.data.items()}
    put("INSERT INTO site VALUES(?,?,?)", [(k, v["name"], " ".join(v["pos"])) for k, v in sites.items()])
    procedures = _unique(source.entries("codes/*.yaml", "codes"))
    for entry in procedures:
        for site in entry.data["sites"]:
            if site not in sites:
                raise entry.error(
                    f"{entry.data['code']}: {site!r} is no site; the sites are {', '.join(sorted(sites))}"
                )
    put(
        "INSERT INTO procedure VALUES(?,?,?,?)",
        [(e.data["code"], e.data["title"], e.data["service"], _dump(e.data)) for e in procedures],
    )
    known = {entry.data["code"] for entry in procedures}
    briefs = _unique(source.entries("briefs/*.yaml", "briefs"))
    for entry in briefs:
        if entry.data["code"] not in known:
            raise entry.error(f"a brief for {entry.data['code']}, which has no entry under codes/")
    put("INSERT INTO brief VALUES(?,?)", [(e.data["code"], _dump(e.data)) for e in briefs])
    modifier_files = [p for p in sorted((source.folder / "modifiers").glob("*.yaml")) if p.name != "ambulance.yaml"]
    modifiers = _unique(e for p in modifier_files for e in source.entries(f"modifiers/{p.name}", "modifiers"))
    put("INSERT INTO modifier VALUES(?,?,?)", [(e.data["code"], e.data["name"], _dump(e.data)) for e in modifiers])
    for entry in source.entries("modifiers/ambulance.yaml", "ambulance"):
        db.execute("INSERT INTO codeset VALUES('ambulance-letters', ?)", (_dump(entry.data),))
    put(
        "INSERT INTO place VALUES(?,?)",
        [(e.data["code"], _dump(e.data)) for e in _unique(source.entries("places.yaml", "places"))],
    )
    for entry in _unique(source.entries("codesets.yaml", "codesets"), "id"):
        for span in entry.data["codes"]:
            _range(entry, span)
        db.execute("INSERT INTO codeset VALUES(?,?)", (entry.data["id"], _dump(entry.data)))
    payers = {entry.data["id"]: entry for entry in _unique(source.entries("payers/*.yaml", "payers"), "id")}
    put("INSERT INTO payer VALUES(?,?)", [(id, _dump(_payer(entry, payers))) for id, entry in payers.items()])
    _fill_facts(db, source.folder / "facts")
    _fill_finder(db, source, procedures, modifiers)


def _payer(entry: Entry, payers: dict[str, Entry]) -> dict[str, Any]:
    """A payer profile with what it takes from its base: one step, and never which claims go to it."""
    own = entry.data
    whole = dict(own)
    if "base" in own:
        base = payers.get(own["base"])
        if base is None or "base" in base.data:
            raise entry.error(f"{own['id']}: {own['base']!r} is no payer profile that another can rest on")
        shared = {key: value for key, value in base.data.items() if key not in ("filing", "names", "about", "sources")}
        rules = {**base.data.get("rules", {}), **own.get("rules", {})}
        whole = {**shared, **own, "rules": rules, "own": sorted(own)}
    for key in ("medicare", "facility"):
        if key not in whole:
            raise entry.error(f"{own['id']}: {key!r} is missing, and there is no base to take it from")
    return whole


def _range(entry: Entry, span: str) -> tuple[str, str]:
    try:
        return parse_range(span)
    except ValueError as error:
        raise entry.error(str(error)) from None


def _fill_families(db: sqlite3.Connection, families: list[Entry]) -> None:
    known: set[str] = set()
    for entry in families:
        parent = entry.data.get("parent", "")
        if parent and parent not in known:
            raise entry.error(f"parent {parent!r} does not stand above {entry.data['id']!r}")
        known.add(entry.data["id"])
        db.execute("INSERT INTO family VALUES(?,?,?)", (entry.data["id"], parent, entry.data["name"]))
        for span in entry.data["codes"]:
            db.execute("INSERT INTO family_range VALUES(?,?,?)", (*_range(entry, span), entry.data["id"]))


def _fill_facts(db: sqlite3.Connection, folder: Path) -> None:
    for name, statement, read in (
        (facts.FEES, f"INSERT INTO fee VALUES({','.join('?' * 15)})", _fee_rows),
        (facts.UNITS, "INSERT INTO unit_limit VALUES(?,?,?)", _unit_rows),
        (facts.ADDONS, "INSERT INTO addon VALUES(?,?,?)", _addon_rows),
        (facts.HCPCS, "INSERT INTO hcpcs VALUES(?,?,?,?)", _hcpcs_rows),
    ):
        path = folder / name
        if not path.exists():
            continue
        try:
            db.executemany(statement, read(path))
        except (ValueError, TypeError, sqlite3.Error) as error:
            raise SourceError(f"data/facts/{name}", 1, f"cannot be read: {error}") from None


def _fee_rows(path: Path) -> list[tuple[Any, ...]]:
    names = facts._FEE_FIELDS
    return [(code, *(getattr(row, name) for name in names)) for code, row in facts.read_fees(path)]


def _unit_rows(path: Path) -> list[tuple[Any, ...]]:
    return [(code, limit.value, limit.indicator) for code, limit in facts.read_units(path)]


def _addon_rows(path: Path) -> list[tuple[Any, ...]]:
    return [(code, one.type, " ".join(one.primaries)) for code, one in facts.read_addons(path)]


def _hcpcs_rows(path: Path) -> list[tuple[Any, ...]]:
    return [
        (
            row.code,
            row.since.isoformat() if row.since else None,
            row.until.isoformat() if row.until else None,
            " ".join(row.successors),
        )
        for row in facts.read_hcpcs(path)
    ]


def _fill_finder(db: sqlite3.Connection, source: _Source, procedures: list[Entry], modifiers: list[Entry]) -> None:
    groups: list[list[str]] = []
    phrases: dict[str, str] = {}
    for entry in source.entries("synonyms.yaml", "synonyms"):
        groups += entry.data["words"]
        phrases.update(entry.data.get("phrases", {}))
    rows = words.synonym_rows(groups, phrases.items())
    db.executemany("INSERT INTO synonym VALUES(?,?,?)", rows)
    table: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for first, term, target in rows:
        table.setdefault(first, []).append((tuple(term.split()), tuple(target.split())))

    def canonical(*texts: str) -> str:
        tokens: list[str] = []
        for text in texts:
            tokens += words.canonical(words.words(text), lambda word: table.get(word, ()))
        return " ".join(tokens)

    def spoken(*texts: str) -> str:
        return " ".join(words.words(" ".join(texts)))

    def put(number: int, code: str, *texts: str) -> None:
        db.execute("INSERT INTO found VALUES(?,?)", (number, code))
        db.execute("INSERT INTO finder(rowid, title, keywords, context, spoken) VALUES(?,?,?,?,?)", (number, *texts))

    families = family_paths(db)
    for number, entry in enumerate(procedures):
        data = entry.data
        path = " ".join(families(data["code"]))
        put(
            number,
            data["code"],
            canonical(data["title"]),
            canonical(*data["keywords"]),
            canonical(path, data["service"], data.get("about", "")),
            spoken(data["title"], *data["keywords"]),
        )
    for number, entry in enumerate(modifiers, FIRST_MODIFIER):
        data = entry.data
        put(
            number,
            data["code"],
            canonical(data["name"]),
            canonical(data["family"].replace("-", " ")),
            canonical(data["meaning"]),
            spoken(data["name"], "modifier"),
        )

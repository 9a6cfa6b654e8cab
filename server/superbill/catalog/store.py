"""The catalog as everything above sees it: look-ups by code and date of service, answered from SQLite.

The database is opened read-only and memory-mapped, so several servers share its pages; what was asked once is kept.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from copy import copy
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from superbill.catalog import tables, where
from superbill.catalog.model import (
    AddOn,
    Brief,
    CodeSet,
    Descriptor,
    Edition,
    FeeRow,
    HcpcsCode,
    Modifier,
    ModifierUse,
    Outpatient,
    Place,
    Procedure,
    Profile,
    Relation,
    Site,
    UnitLimit,
    profile_in,
)
from superbill.catalog.national.tables import Tables
from superbill.catalog.own.model import NOBODY, OwnBrief, Team
from superbill.catalog.own.shelf import Briefs, Shelf, shelf_of
from superbill.catalog.shapes import FORMAT, parse_range
from superbill.catalog.tables import Table, Timeline, day

if TYPE_CHECKING:
    from superbill.catalog.pairs import PairTable

#: Kinds of published tables. Several editions of one may be loaded; the date of service picks one.
FEES, UNITS, HCPCS, ADDONS, PTP = "pfs", "mue-practitioner", "hcpcs", "aoc", "ptp-practitioner"
#: The same tables for hospital outpatient claims, and for suppliers. None of them is bundled.
HOSPITAL = {UNITS: "mue-hospital", PTP: "ptp-hospital"}
SUPPLIER_UNITS = "mue-dme"
#: Brought by licence holders; Medicare's outpatient status; places of service. None of them is bundled.
CPT, OPPS, PLACES = "cpt", "opps", "pos"
#: Editions that rules and briefs quote: the pairs that they name, and the manual. They are not tables to look up in.
PAIRS, MANUAL = "ncci-ptp-2024q3", "ncci-manual-2026"
#: The edition of each kind that the bundled catalog holds.
BUNDLED = {FEES: "pfs-2025d", UNITS: "ncci-mue-2024q3", HCPCS: "hcpcs-2025-10", ADDONS: "ncci-aoc-2024q3"}


class CatalogError(Exception):
    """The catalog cannot be opened. The text says why and what to do."""


def open_catalog(tables: Path | None = None) -> Catalog:
    """The bundled catalog with the imported tables of a folder, by default the user's own.

    In a checkout it is compiled first when its source has changed. Raises CatalogError when there is none or the source
    cannot be compiled.
    """
    own = tables / "own" if tables is not None else where.own()
    return Catalog(_bundled(), Tables(tables or where.tables()), own)


def open_bundled() -> Catalog:
    """The bundled catalog alone, whatever the user has imported. Raises CatalogError."""
    return Catalog(_bundled())


def _bundled() -> Path:
    """The database of the bundled catalog."""
    if not where.in_checkout():
        path = where.compiled()
        if not path.exists():
            raise CatalogError("the catalog is missing from this installation; install Superbill again")
        return path
    source = where.source()
    stamp = _stamp(source)
    cache = where.home() / "cache"
    index = cache / "sources.json"
    try:
        known = json.loads(index.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        known = {}
    key = known.get(stamp)
    if key and (cache / f"catalog-{key}.sqlite").exists():
        return cache / f"catalog-{key}.sqlite"
    return _compile(source, cache, index, stamp)


def _stamp(source: Path) -> str:
    """What the source folder looks like from outside: names, sizes and times. Saves reading it at every start."""
    import zlib

    seen: list[str] = []
    for folder, _, names in os.walk(source):
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name in names:
                    state = entry.stat()
                    seen.append(f"{folder}/{entry.name}:{state.st_size}:{state.st_mtime_ns}")
    seen.sort()
    text = "\n".join(seen).encode()
    return f"{FORMAT}-{len(seen)}-{len(text)}-{zlib.crc32(text):08x}-{zlib.adler32(text):08x}"


def _compile(source: Path, cache: Path, index: Path, stamp: str) -> Path:
    from superbill.catalog.build import compile_catalog, source_key
    from superbill.catalog.yamlsource import SourceError

    key = source_key(source)
    path = cache / f"catalog-{key}.sqlite"
    try:
        if not path.exists():
            compile_catalog(source, path)
    except SourceError as error:
        raise CatalogError(f"the catalog's source cannot be compiled: {error}") from None
    except OSError as error:
        raise CatalogError(f"cannot write the catalog to {cache}: {error.strerror}; set SUPERBILL_HOME") from None
    for old in cache.glob("catalog-*.sqlite"):
        if old != path:
            with contextlib.suppress(OSError):  # another server may still read it
                old.unlink()
    part = index.with_suffix(f".{os.getpid()}.part")  # two servers may be started at once
    part.write_text(json.dumps({stamp: key}), encoding="utf-8")
    part.replace(index)
    return path


class Catalog:
    """Read access to one compiled catalog. Not to be shared between threads."""

    def __init__(self, path: Path, national: Tables | None = None, own: Path | None = None) -> None:
        uri = f"file:{quote(str(path))}?mode=ro&immutable=1"
        try:
            self._db = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self._db.execute("PRAGMA mmap_size=268435456")
            self.key: str = self._db.execute("SELECT value FROM meta WHERE key='key'").fetchone()[0]
        except (sqlite3.Error, TypeError) as error:
            raise CatalogError(
                f"the catalog at {path} cannot be read ({error}); delete it to have it made anew"
            ) from None
        self.path = path
        self._kept: dict[tuple[str, str], Any] = {}
        self._editions: dict[str, Edition] | None = None
        self._families: Any = None
        self.national = national or Tables(None)
        #: The kinds of tables that were imported.
        self.kinds = frozenset(one.kind for one in self.national.installed)
        self._timelines: dict[str, Timeline] = {}
        self._pairs: dict[str, PairTable] = {}
        self.briefs = Briefs(own / "briefs.sqlite" if own is not None else None)
        self.team = NOBODY

    def beside(self, team: Team) -> Catalog:
        """This catalog with what a workspace's own says beside it. Tables, databases and briefs are shared."""
        other = copy(self)
        other._kept = {}
        other.team = team
        other.kinds = self.kinds | {"workspace"} if team.codes else self.kinds
        other.__dict__.pop("shelves", None)
        return other

    # -- tables and their dates -------------------------------------------------------------------------------

    @property
    def editions(self) -> Mapping[str, Edition]:
        """All editions by id, those of imported tables among them."""
        if self._editions is None:
            rows = self._db.execute("SELECT id, name, title, since, until FROM edition")
            self._editions = {r[0]: Edition(r[0], r[1], r[2], day(r[3]), day(r[4])) for r in rows}
            self._editions.update((one.id, one.edition) for one in self.national.installed)
        return self._editions

    def edition(self, id: str, on: date | None = None) -> Edition:
        """One edition by id; or of a kind of table, the one that speaks for a day of service, without one the latest.

        An unknown id gives an edition of that name without dates.
        """
        table = self.timeline(id).at(on)
        return table.edition if table is not None else self.editions.get(id) or Edition(id, id, id)

    def editions_of(self, kind: str) -> tuple[Edition, ...]:
        """The editions of a kind of table that can be asked, the latest last."""
        return tuple(table.edition for table in self.timeline(kind).tables)

    def timeline(self, kind: str) -> Timeline:
        """All tables of a kind; none for what is no kind."""
        known = self._timelines.get(kind)
        if known is None:
            known = self._timelines[kind] = Timeline(list(self._tables(kind)))
        return known

    def _tables(self, kind: str) -> Iterator[Table]:
        imported = self.national.of(kind)
        for one in imported:
            yield Table(one.edition, partial(self.national.db, one))
        bundled = self.editions.get(BUNDLED.get(kind, ""))
        if bundled is not None and all(one.id != bundled.id for one in imported):
            yield Table(bundled, lambda: self._db, bundled=True)

    # -- codes ------------------------------------------------------------------------------------------------

    def procedure(self, code: str) -> Procedure | None:
        """The entry of a code, or None when the catalog has none (which says nothing of whether it exists)."""
        found: Procedure | None = self._keep("procedure", code, self._read_procedure)
        return found

    def _read_procedure(self, code: str) -> Procedure | None:
        row = self._db.execute("SELECT entry FROM procedure WHERE code=?", (code,)).fetchone()
        if row is None:
            own = self.team.codes.get(code)
            return own.procedure if own is not None else None
        data = json.loads(row[0])
        brief = self._db.execute("SELECT entry FROM brief WHERE code=?", (code,)).fetchone()
        return Procedure(
            code=code,
            title=data["title"],
            service=data["service"],
            keywords=tuple(data["keywords"]),
            sites=tuple(data["sites"]),
            about=data.get("about", ""),
            apart=data.get("apart", ""),
            brief=_brief(json.loads(brief[0])) if brief else None,
        )

    def title(self, code: str) -> str:
        """The title of a code, the user's own where the catalog has no entry for it; "" when there is none."""
        return self._keep("title", code, self._read_title) or ""

    def _read_title(self, code: str) -> str:
        row = self._db.execute("SELECT title FROM procedure WHERE code=?", (code,)).fetchone()
        if row:
            return str(row[0])
        own, brief = self.team.codes.get(code), self.own_brief(code)
        return own.procedure.title if own is not None else brief.title if brief is not None else ""

    def label(self, code: str) -> str:
        """A code in a few words for a list: its title, else its licensed descriptor; "" when there is neither."""
        return self.title(code) or getattr(self.descriptor(code), "brief", "")

    def descriptor(self, code: str, on: date | None = None) -> Descriptor | None:
        """The AMA's descriptors of a code, when the user has imported them under a licence."""
        table = self.timeline(CPT).at(on) if CPT in self.kinds else None
        return table.ask(code, tables.descriptor) if table is not None else None

    def opps(self, code: str, on: date | None = None) -> Outpatient | None:
        """How Medicare pays a code to hospitals for outpatients, when Addendum B was imported."""
        table = self.timeline(OPPS).at(on) if OPPS in self.kinds else None
        return table.ask(code, tables.opps) if table is not None else None

    def own_brief(self, code: str) -> OwnBrief | None:
        """The brief that a user has brought for a code: the workspace's, else the one that was imported."""
        return self.team.briefs.get(code) or self.briefs.brief(code)

    @cached_property
    def shelves(self) -> tuple[Shelf, ...]:
        """Where the search looks beside the bundled catalog."""
        team = self.team
        found: list[Shelf] = [self.briefs] if self.briefs.stamp else []
        if team.codes or team.briefs:
            from superbill.catalog.own.team import rows
            from superbill.catalog.search import canonical

            found.insert(0, shelf_of(rows(team, partial(canonical, self))))
        licensed = self.timeline(CPT).at(None) if CPT in self.kinds else None
        if licensed is not None:
            found.append(Shelf(licensed.db))
        return tuple(found)

    def family(self, code: str) -> tuple[str, ...]:
        """Where a code belongs: names of its families, from the widest to the narrowest; empty when malformed."""
        result: tuple[str, ...] = self._keep("family", code, self._read_family)
        return result

    def _read_family(self, code: str) -> tuple[str, ...]:
        if self._families is None:
            from superbill.catalog.families import family_paths

            self._families = family_paths(self._db)
        result: tuple[str, ...] = self._families(code)
        return result

    # What is asked of a table takes a day of service, which picks the edition; without one it is the latest.

    def fees(self, code: str, on: date | None = None) -> Mapping[str, FeeRow]:
        """Fee schedule rows of a code by component (`""`, `"26"`, `"TC"`, `"53"`); empty when none is loaded."""
        table = self._fees.only or self._fees.at(on)
        return table.ask(code, tables.fees) if table is not None else {}

    def rows_ever(self, code: str) -> list[FeeRow]:
        """The fee schedule rows of a code, all components, in all editions."""
        return [row for table in self._fees.tables for row in table.ask(code, tables.fees).values()]

    def limits_ever(self, code: str) -> list[UnitLimit]:
        """The unit limits of a code in all editions, for practitioners and hospitals."""
        kinds = (UNITS, HOSPITAL[UNITS])
        found = [table.ask(code, tables.unit_limit) for kind in kinds for table in self.timeline(kind).tables]
        return [limit for limit in found if limit is not None]

    def last_fee_edition(self, code: str, before: Edition) -> Edition | None:
        """The last whole fee schedule that ends before another one does and has a row of a code."""
        for table in reversed(self._fees.tables):
            edition = table.edition
            older = edition.until is not None and before.until is not None and edition.until < before.until
            if older and edition.whole and table.ask(code, tables.fees):
                return edition
        return None

    @cached_property
    def _fees(self) -> Timeline:
        return self.timeline(FEES)

    @cached_property
    def _units(self) -> Timeline:
        return self.timeline(UNITS)

    def unit_limit(self, code: str, on: date | None = None, kind: str = UNITS) -> UnitLimit | None:
        """The unit limit of a code, or None when none is loaded (which does not mean that there is no limit)."""
        timeline = self._units if kind == UNITS else self.timeline(kind)
        table = timeline.only or timeline.at(on)
        return table.ask(code, tables.unit_limit) if table is not None else None

    def unit_phrase(self, code: str, on: date | None = None, kind: str = UNITS) -> str:
        """The publisher's phrase on where a unit limit comes from; "" where there is none."""
        table = self.timeline(kind).at(on)
        return tables.unit_phrase(table, code) if table is not None else ""

    def addon(self, code: str, on: date | None = None) -> AddOn | None:
        """What a code is an add-on to, or None when the add-on table has no such code."""
        table = self.timeline(ADDONS).at(on)
        return table.ask(code, tables.addon) if table is not None else None

    @property
    def primaries(self) -> frozenset[str]:
        """Every code that an add-on table lists as the primary of some add-on."""
        result: frozenset[str] = self._keep("primaries", "", self._read_primaries)
        return result

    def _read_primaries(self, _: str) -> frozenset[str]:
        found: set[str] = set()
        for table in self.timeline(ADDONS).tables:
            for row in table.db.execute("SELECT primaries FROM addon"):
                found.update(row[0].split())
        return frozenset(found)

    def hcpcs(self, code: str, on: date | None = None) -> HcpcsCode | None:
        """The dates of a HCPCS Level II code, or None when CMS's file does not list it."""
        table = self.timeline(HCPCS).at(on)
        return table.ask(code, tables.hcpcs) if table is not None else None

    def hcpcs_text(self, code: str, on: date | None = None) -> tuple[str, Edition | None]:
        """What an imported HCPCS file calls a code, in CMS's words, and which edition; "" when none is imported."""
        if HCPCS not in self.kinds:
            return "", None
        imported = [table for table in self.timeline(HCPCS).tables if not table.bundled]
        table = self.timeline(HCPCS).at(on)
        if table is None or table.bundled:
            table = imported[-1]
        row = table.db.execute("SELECT text FROM hcpcs WHERE code=?", (code,)).fetchone()
        return (row[0], table.edition) if row else ("", None)

    def pairs(self, on: date | None = None, kind: str = PTP) -> PairTable | None:
        """The code pairs of the edition that speaks for a day; None when no such table was imported."""
        if kind not in self.kinds:
            return None
        table = self.timeline(kind).at(on)
        if table is None:
            return None
        known = self._pairs.get(table.edition.id)
        if known is None:
            from superbill.catalog.pairs import PairTable

            known = self._pairs[table.edition.id] = PairTable(table)
        return known

    def codes_from(self, prefix: str, limit: int) -> list[tuple[str, str]]:
        """Codes with an entry that begin with `prefix`, and their titles."""
        rows = self._db.execute(
            "SELECT code, title FROM procedure WHERE code >= ? AND code < ? LIMIT ?", (prefix, prefix + "\x7f", limit)
        )
        found = [(row[0], row[1]) for row in rows]
        if not self.kinds and not self.shelves:
            return found
        own = [code for code in {*self.team.codes, *self.team.briefs} if code.startswith(prefix)]
        own += [code for code, _ in self.briefs.codes_from(prefix, limit)]
        return sorted(
            {
                **dict(self._imported_from(prefix, limit)),
                **{code: self.title(code) for code in own},
                **dict(found),
            }.items()
        )[:limit]

    def _imported_from(self, prefix: str, limit: int) -> Iterator[tuple[str, str]]:
        """Codes without an entry, of the latest imported tables, with CMS's text or else the name of their family."""
        seen = set()
        for kind, column, name in ((HCPCS, "text", "hcpcs"), (FEES, "''", "fee"), (CPT, "''", "descriptor")):
            table = self.timeline(kind).at(None) if kind in self.kinds else None
            if table is None or table.bundled:
                continue
            sql = f"SELECT DISTINCT code, {column} FROM {name} WHERE code >= ? AND code < ? LIMIT ?"
            for code, text in table.db.execute(sql, (prefix, prefix + "\x7f", limit * 2)):
                if code not in seen and not self.title(code):
                    seen.add(code)
                    yield code, _cut(text) or self.label(code) or f"{(self.family(code) or ('code',))[-1]} (no entry)"

    def find_level_two(self, expression: str, limit: int) -> list[tuple[str, str]]:
        """Level II codes without an entry whose text, in the latest imported file, has some words; best first."""
        table = self.timeline(HCPCS).at(None) if HCPCS in self.kinds else None
        if table is None or table.bundled:
            return []
        sql = (
            "SELECT found.code, text FROM (SELECT rowid AS id, rank AS score FROM finder WHERE finder MATCH ? ORDER BY rank "
            "LIMIT ?) JOIN found USING(id) JOIN hcpcs ON hcpcs.code = found.code ORDER BY score, found.code"
        )
        try:
            rows = table.db.execute(sql, (expression, limit * 3)).fetchall()
        except sqlite3.OperationalError:
            return []
        return [(code, _cut(text)) for code, text in rows if not self.title(code)][:limit]

    # -- modifiers, places, sites, lists -----------------------------------------------------------------------

    def modifier(self, code: str) -> Modifier | None:
        """One modifier, or None when it is not known."""
        return self.modifiers.get(code)

    @property
    def modifiers(self) -> Mapping[str, Modifier]:
        """All modifiers by code."""
        result: Mapping[str, Modifier] = self._keep("modifiers", "", self._read_modifiers)
        return result

    def _read_modifiers(self, _: str) -> Mapping[str, Modifier]:
        rows = self._db.execute("SELECT code, entry FROM modifier ORDER BY code")
        found = {row[0]: _modifier(json.loads(row[1])) for row in rows}
        if HCPCS in self.kinds:
            latest = [table for table in self.timeline(HCPCS).tables if not table.bundled][-1]
            tables.overlay(found, latest)
        return found

    @property
    def places(self) -> Mapping[str, Place]:
        """All places of service by code."""
        result: Mapping[str, Place] = self._keep("places", "", self._read_places)
        return result

    def _read_places(self, _: str) -> Mapping[str, Place]:
        found = [json.loads(row[0]) for row in self._db.execute("SELECT entry FROM place ORDER BY code")]
        return {
            p["code"]: Place(p["code"], p["name"], p["meaning"], p["rate"] == "facility", day(p.get("since")))
            for p in found
        }

    def listed_place(self, code: str) -> tuple[str, str, Edition] | None:
        """Name and description of a place of service by an imported list of CMS's, and which list; None without one."""
        table = self.timeline(PLACES).at(None) if PLACES in self.kinds else None
        row = table.db.execute("SELECT name, text FROM place WHERE code=?", (code,)).fetchone() if table else None
        return (row[0], row[1], table.edition) if table and row else None

    @property
    def profiles(self) -> Mapping[str, Profile]:
        """All payer profiles by id, the workspace's own first."""
        result: Mapping[str, Profile] = self._keep("profiles", "", self._read_profiles)
        return result

    def _read_profiles(self, _: str) -> Mapping[str, Profile]:
        rows = self._db.execute("SELECT entry FROM payer ORDER BY id")
        bundled = {profile.id: profile for profile in (profile_in(json.loads(row[0])) for row in rows)}
        return {**self.team.profiles, **bundled}

    @property
    def sites(self) -> Mapping[str, Site]:
        """All sites of service by id."""
        result: Mapping[str, Site] = self._keep("sites", "", self._read_sites)
        return result

    def _read_sites(self, _: str) -> Mapping[str, Site]:
        return {r[0]: Site(r[0], r[1], tuple(r[2].split())) for r in self._db.execute("SELECT * FROM site")}

    def codeset(self, id: str) -> CodeSet:
        """A closed list by its id. Raises KeyError when there is none: a rule has asked for the wrong name."""
        result: CodeSet = self._keep("codeset", id, self._read_codeset)
        return result

    def _read_codeset(self, id: str) -> CodeSet:
        row = self._db.execute("SELECT entry FROM codeset WHERE id=?", (id,)).fetchone()
        if row is None:
            raise KeyError(id)
        data = json.loads(row[0])
        spans = [parse_range(text) for text in data["codes"]]
        letters = {
            item["code"]: ("to: " if item.get("destination_only") else "") + item["name"]
            for item in data.get("letters", [])
        }
        return CodeSet(
            id=id,
            source=data.get("source", ""),
            singles=frozenset(low for low, high in spans if low == high),
            ranges=tuple(span for span in spans if span[0] != span[1]),
            values=data.get("values", letters),
        )

    # -- for the finder and for reports -------------------------------------------------------------------------

    def query(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Run one read-only statement; for `superbill.catalog.search` and `catalog info`."""
        return self._db.execute(sql, values).fetchall()

    def counts(self) -> dict[str, int]:
        """How many rows each table holds, by plain name."""
        names = {
            "procedure entries": "procedure",
            "full briefs": "brief",
            "modifiers": "modifier",
            "places of service": "place",
            "code families": "family",
            "fee schedule rows": "fee",
            "unit limits": "unit_limit",
            "add-on codes": "addon",
            "HCPCS Level II codes": "hcpcs",
        }
        return {name: self._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for name, table in names.items()}

    def close(self) -> None:
        """Close the databases."""
        self._db.close()
        self.national.close()

    def _keep(self, kind: str, key: str, read: Any) -> Any:
        """Answer from memory, else by `read`; the number of answers kept is bounded."""
        kept = self._kept
        try:
            return kept[kind, key]
        except KeyError:
            if len(kept) > 200_000:
                kept.clear()
            value = kept[kind, key] = read(key)
            return value


def _cut(text: str, most: int = 100) -> str:
    return text if len(text) <= most else f"{text[: text.rfind(' ', 0, most)]} …"


def _brief(data: dict[str, Any]) -> Brief:
    return Brief(
        summary=data["summary"],
        context=data.get("context", ""),
        modifiers=tuple(ModifierUse(m["code"], m.get("means", ""), m["when"]) for m in data["modifiers"]),
        never=tuple(ModifierUse(m["code"], "", m["why"]) for m in data.get("never", [])),
        documentation=tuple(data["documentation"]),
        related=tuple(Relation(tuple(r["codes"]), r["how"]) for r in data.get("related", [])),
        conflicts=tuple(
            Relation(tuple(r["codes"]), r["why"], r.get("bypass", ""), r["source"]) for r in data.get("conflicts", [])
        ),
        payers=tuple((p["payer"], p["note"]) for p in data.get("payers", [])),
        unknown=tuple(data["unknown"]),
        sources=tuple(data["sources"]),
    )


def _modifier(data: dict[str, Any]) -> Modifier:
    return Modifier(
        code=data["code"],
        name=data["name"],
        meaning=data["meaning"],
        when=data["when"],
        who=data["who"],
        fits=data["fits"],
        order=data["class"],
        family=data["family"],
        not_for=data.get("not_for", ""),
        conflicts=tuple(data.get("conflicts", ())),
        side=data.get("side", ""),
        claim=data["claim"],
        since=day(data.get("since")),
        until=day(data.get("until")),
        successor=data.get("successor", ""),
        medicare=data.get("medicare", ""),
        sources=tuple(data["sources"]),
    )

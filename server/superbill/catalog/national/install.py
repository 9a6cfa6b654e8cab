"""Put national tables on disk, whole or not at all.

Each edition becomes one database, written beside its final name, synced and renamed; when all of a command are there,
the manifest is replaced in one step. Whatever ends the work before that, the power included, leaves what was there. A
database that was finished before the work ended is found again by its name, which says what it was made from, and is
not made twice.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timezone
from pathlib import Path

from superbill.catalog.national import manifest
from superbill.catalog.national.kinds import Built, Job, Kind, Seen, kind, recognise
from superbill.catalog.national.manifest import Installed, SourceFile
from superbill.catalog.national.pieces import Piece, TableError, pieces
from superbill.catalog.national.release import Release
from superbill.catalog.national.tables import open_table

_CHUNK = 1 << 20
#: Tables of so many rows come from CMS and end with a line; smaller ones may be made by hand.
_PUBLISHED = 1_000
#: A table with more than one row in so many that is not of its layout is read by the wrong columns.
_UNFIT = 50


@dataclass(frozen=True)
class Choices:
    """What the user says of files that do not say it themselves: the edition, its window, the kind of table; and that
    a table with few rows is meant to be so (`partial`)."""

    edition: str = ""
    since: date | None = None
    until: date | None = None
    kind: str = ""
    partial: bool = False


@dataclass(frozen=True)
class Skipped:
    """A file, or a piece of one, that was not read, and why. `known` says that it was recognised."""

    name: str
    why: str
    known: bool = False


@dataclass
class Outcome:
    """What came of an import. `refused` are tables that were recognised and are not whole."""

    landed: list[Installed] = field(default_factory=list)
    already: list[Installed] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    refused: list[Skipped] = field(default_factory=list)


class _NotWhole(TableError):
    """A table with far too few rows."""


class Watcher:
    """Told how an import goes; this one does nothing. `total` counts bytes, `begin` names what is read next."""

    def total(self, size: int) -> None:
        """So many bytes are to be read."""

    def begin(self, name: str) -> None:
        """Work on an edition begins."""

    def read(self, size: int) -> None:
        """So many bytes were read."""


@dataclass
class _Edition:
    kind: Kind
    release: Release
    parts: dict[str, tuple[Piece, Seen]] = field(default_factory=dict)


def install(
    paths: Sequence[Path], folder: Path, choices: Choices | None = None, watcher: Watcher | None = None
) -> Outcome:
    """Import files into a folder. Raises TableError; then the folder is as it was."""
    choices, watcher = choices or Choices(), watcher or Watcher()
    try:
        with manifest.locked(folder) as mine:
            if not mine:
                raise TableError("another import is under way; wait until it is done")
            return _install(paths, folder, choices, watcher)
    except (OSError, sqlite3.Error) as error:
        raise TableError(_told(error, folder)) from None


def _told(error: OSError | sqlite3.Error, folder: Path) -> str:
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    if full or "full" in str(error) or "disk I/O" in str(error):
        return f"there is no room left for the tables in {folder}; nothing was changed"
    why = error.strerror if isinstance(error, OSError) else str(error)
    return f"the tables cannot be written to {folder}: {why or type(error).__name__}; nothing was changed"


def _install(paths: Sequence[Path], folder: Path, choices: Choices, watcher: Watcher) -> Outcome:
    outcome = Outcome()
    editions = _sort(paths, choices, outcome)
    installed = {one.id: one for one in manifest.read(folder)}
    sums: dict[Path, SourceFile] = {}
    todo: list[tuple[_Edition, tuple[SourceFile, ...], Installed | None]] = []
    for edition in editions:
        sources = tuple(_source(piece, part, sums) for part, (piece, _) in sorted(edition.parts.items()))
        old = installed.get(edition.release.id)
        if old is not None and _holds(old, sources, edition, choices):
            outcome.already.append(old)
            continue
        earlier = old if old is not None and edition.kind.parts else None
        if earlier is not None:
            earlier = _joined(earlier, sources, edition)
        todo.append((edition, sources, earlier))
    watcher.total(sum(piece.size for edition, _, _ in todo for piece, _ in edition.parts.values()))
    for edition, sources, earlier in todo:
        watcher.begin(edition.release.name)
        try:
            outcome.landed.append(_build(edition, sources, earlier, folder, choices, watcher))
        except _NotWhole as error:
            outcome.refused.append(Skipped(sources[0].name, str(error), True))
    if outcome.landed:
        for one in outcome.landed:
            installed[one.id] = one
        manifest.write(folder, installed.values())
    sweep(folder, installed.values())
    return outcome


# -- what the files are -----------------------------------------------------------------------------------------


def _sort(paths: Sequence[Path], choices: Choices, outcome: Outcome) -> list[_Edition]:
    """The editions that some files hold, each with the pieces to read. What is not to be read goes to `skipped`."""
    found: dict[str, _Edition] = {}
    seen_paths: set[Path] = set()
    kinds_seen: set[str] = set()
    for path in paths:
        if not path.exists():
            raise TableError(f"{path}: no such file")
        if path.is_dir():
            raise TableError(f"{path} is a folder; name the files in it")
        if path.resolve() in seen_paths:
            continue
        seen_paths.add(path.resolve())
        known = False
        others: list[Skipped] = []
        for piece in pieces(path):
            seen = recognise(piece)
            if seen is None:
                others.append(Skipped(piece.name, _strange(piece)))
            elif seen.why:
                known = True
                outcome.skipped.append(Skipped(piece.name, seen.why, True))
            else:
                known = True
                which = _kind(piece, seen, choices)
                kinds_seen.add(which.id)
                if which.least >= _PUBLISHED and not choices.partial and (line := piece.breaks_off()):
                    raise TableError(
                        f"{piece.name}: breaks off in the middle of line {line:,}, so it is not whole; download it again, or "
                        "say --partial if it is meant to be so"
                    )
                _place(found, which, piece, seen, choices, outcome)
        if not known or len(others) <= 3:
            outcome.skipped += others
        else:
            outcome.skipped.append(Skipped(path.name, f"{len(others)} other files in it, which are no such tables"))
    if choices.edition and len(kinds_seen) > 1:
        raise TableError("--edition speaks for one table at a time; these files hold several: import them one by one")
    return list(found.values())


#: What CMS's names begin with or hold, for files whose content is not that of the table.
_NAMED = {
    "pprrvu": "fee schedule relative value file", "anweb": "HCPCS Level II file", "ccipra": "table of code pairs",
    "ccioph": "table of code pairs", "ptp-edits": "table of code pairs", "mcr_mue": "table of unit limits",
    "mue-table": "table of unit limits", "aoc_v": "table of add-on codes", "addendum_b": "OPPS Addendum B",
}  # fmt: skip


def _strange(piece: Piece) -> str:
    """Why a piece is not read that no reader knows."""
    if piece.size == 0:
        return "the file is empty"
    named = next((title for token, title in _NAMED.items() if token in piece.names[0].lower()), "")
    if named:
        return f"called like a {named}, but not laid out like one in its first lines"
    return "not a table that is known here"


def _kind(piece: Piece, seen: Seen, choices: Choices) -> Kind:
    options = seen.kind.split("|")
    if len(options) == 1:
        return kind(options[0])
    if choices.kind in options:
        return kind(choices.kind)
    raise TableError(
        f"{piece.name}: neither its name nor its text says which table it is; say --kind {' or '.join(options)}"
    )


def _place(
    found: dict[str, _Edition], which: Kind, piece: Piece, seen: Seen, choices: Choices, outcome: Outcome
) -> None:
    release = seen.release
    if choices.edition:
        try:
            release = which.named(choices.edition)
        except ValueError as error:
            raise TableError(f"--edition {choices.edition}: {error}") from None
    if release is None:
        raise TableError(
            f"{piece.name}: this is a {which.title}, and neither its name nor its text says of when; say so with --edition"
        )
    since, until = choices.since or release.since, choices.until or release.until
    if since and until and until < since:
        raise TableError(f"{piece.name}: the window would end before it begins ({since} to {until})")
    release = replace(release, since=since, until=until)
    edition = found.setdefault(release.id, _Edition(which, release))
    there = edition.parts.get(seen.part)
    if there is None:
        edition.parts[seen.part] = (piece, seen)
        return
    best, other = sorted([there, (piece, seen)], key=lambda pair: pair[1].rank)
    edition.parts[seen.part] = best
    outcome.skipped.append(Skipped(other[0].name, f"the same table as {best[0].name}", True))


def _source(piece: Piece, part: str, sums: dict[Path, SourceFile]) -> SourceFile:
    if piece.path not in sums:
        digest = _digest(piece.path)
        sums[piece.path] = SourceFile(piece.path.name, piece.path.stat().st_size, digest)
    return sums[piece.path]._replace(name=piece.name, part=part)


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _holds(old: Installed, sources: Iterable[SourceFile], edition: _Edition, choices: Choices) -> bool:
    """Whether an installed edition was made from these files already, with the same window."""
    made = {(source.sha256, source.part) for source in old.sources}
    same = all((source.sha256, source.part) in made for source in sources)
    window = (choices.since is None or choices.since == old.since) and (
        choices.until is None or choices.until == old.until
    )
    return same and window and (old.whole or edition.kind.parts or choices.partial)


def _joined(old: Installed, sources: Sequence[SourceFile], edition: _Edition) -> Installed | None:
    """The installed edition if other parts of it are to be kept; None when all of it is read anew."""
    given = {source.part: source.sha256 for source in sources}
    kept = [source for source in old.sources if source.part not in given]
    if not kept:
        return None
    changed = [source.name for source in old.sources if given.get(source.part, source.sha256) != source.sha256]
    if changed:
        raise TableError(
            f"{edition.release.name}: a part that is loaded comes anew with another content ({', '.join(changed)}); "
            "import all parts of the edition together"
        )
    return old


# -- building ---------------------------------------------------------------------------------------------------


def _build(
    edition: _Edition,
    sources: tuple[SourceFile, ...],
    earlier: Installed | None,
    folder: Path,
    choices: Choices,
    watcher: Watcher,
) -> Installed:
    release = edition.release
    new = sources
    if earlier is not None:
        given = {source.part for source in sources}
        new = tuple(source for source in sources if source.part not in {one.part for one in earlier.sources})
        sources = tuple(
            sorted([*sources, *(s for s in earlier.sources if s.part not in given)], key=lambda source: source.part)
        )
    target = folder / f"{release.id}.{_name(release, sources, choices)}.sqlite"
    finished = _finished(target)
    if finished is not None:
        for piece, _ in edition.parts.values():
            watcher.read(piece.size)
        return finished
    part = target.with_suffix(".part")
    part.unlink(missing_ok=True)
    db = sqlite3.connect(part, isolation_level=None)
    before = None
    try:
        for setting in ("journal_mode=OFF", "synchronous=OFF", "page_size=4096", "cache_size=-16000"):
            db.execute(f"PRAGMA {setting}")
        db.execute("BEGIN")
        db.execute("CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
        wanted = [edition.parts[source.part][0] for source in new]
        if earlier is not None:
            before = open_table(folder / earlier.file)
        built = edition.kind.build(Job(db, release, wanted, watcher.read, before))
        made = _made(edition, sources, built, choices, target.name)
        db.execute("INSERT INTO meta VALUES('edition', ?)", (json.dumps(made.plain),))
        db.execute("COMMIT")
        db.execute("PRAGMA optimize")
        db.close()
        with part.open("rb+") as stream:
            os.fsync(stream.fileno())
        part.replace(target)
        manifest.sync_folder(folder)
    finally:
        db.close()
        if before is not None:
            before.close()
        part.unlink(missing_ok=True)
    return made._replace(size=target.stat().st_size, sha256=_digest(target))


def _name(release: Release, sources: Sequence[SourceFile], choices: Choices) -> str:
    """What a database is made from, in ten letters of its name."""
    text = [manifest.FORMAT, release.id, release.since, release.until, choices.partial]
    text += [f"{source.part} {source.name} {source.sha256}" for source in sources]
    return hashlib.sha256("\n".join(map(str, text)).encode()).hexdigest()[:10]


def _made(edition: _Edition, sources: tuple[SourceFile, ...], built: Built, choices: Choices, name: str) -> Installed:
    release, kind, count = edition.release, edition.kind, next(iter(built.rows.values()))
    told = "; ".join(built.left.notes())
    if count == 0:
        raise TableError(f"{sources[0].name}: no row of a {kind.title} in it" + (f" ({told})" if told else ""))
    if built.left.unfit * _UNFIT > count and built.left.unfit > 3:
        raise TableError(f"{sources[0].name}: its columns are not those of a {kind.title} as CMS publishes it ({told})")
    again = f"{'import all its parts together, ' if kind.parts else ''}download it again, or say --partial if it is meant to be so"
    if count < kind.least and not choices.partial:
        raise _NotWhole(
            f"{release.name} would have {count:,} {'row' if count == 1 else 'rows'} only, and a whole {kind.title} has "
            f"{kind.least:,} at least; {again}"
        )
    missing = _missing(kind, built)
    if missing and not kind.parts and not choices.partial:
        raise _NotWhole(f"{release.name}: {missing}; {again}")
    return Installed(
        kind=edition.kind.id,
        id=release.id,
        name=release.name,
        title=release.title,
        since=choices.since or built.since or release.since,
        until=release.until,
        rows=built.rows,
        file=name,
        size=0,
        sha256="",
        imported=datetime.now(timezone.utc).isoformat(timespec="seconds"),
        sources=sources,
        whole=count >= edition.kind.least and not missing,
        notes=(*built.notes, *([f"not whole: {missing}"] if missing else []), *built.left.notes()),
        facts=built.facts,
    )


def _missing(kind: Kind, built: Built) -> str:
    """What a whole table of a kind has and this one lacks; "" when nothing is known to be missing."""
    gone = [letter for letter in kind.begin if letter not in built.begin]
    if not gone:
        return ""
    whose = "no pair whose first code begins" if kind.parts else "no code that begins"
    more = "; import its other parts too" if kind.parts else ", so the file is cut off or a part of it"
    return f"it has {whose} with {' or '.join([', '.join(gone[:-1]), gone[-1]] if gone[1:] else gone)}{more}"


def _finished(target: Path) -> Installed | None:
    """The edition in a database that an earlier run finished and did not come to list."""
    if not target.exists():
        return None
    try:
        with contextlib.closing(open_table(target)) as db:
            row = db.execute("SELECT value FROM meta WHERE key='edition'").fetchone()
            made = manifest.installed(json.loads(row[0]))
            if db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                return None
    except (sqlite3.Error, ValueError, TypeError, KeyError):
        return None
    return made._replace(size=target.stat().st_size, sha256=_digest(target))


# -- keeping order ----------------------------------------------------------------------------------------------


def sweep(folder: Path, installed: Iterable[Installed]) -> None:
    """Remove databases and remains of interrupted work that the manifest does not list."""
    listed = {one.file for one in installed}
    for path in folder.iterdir():
        if path.suffix in (".sqlite", ".part") and path.name not in listed:
            with contextlib.suppress(OSError):  # where a server still reads it, Windows keeps it
                path.unlink()


def remove(folder: Path, ids: Sequence[str]) -> list[Installed]:
    """Take editions out, by id. Raises TableError when one is not there; then none is."""
    try:
        with manifest.locked(folder) as mine:
            if not mine:
                raise TableError("an import is under way; wait until it is done")
            installed = {one.id: one for one in manifest.read(folder)}
            for id in ids:
                if id not in installed:
                    there = ", ".join(installed) or "none"
                    raise TableError(f"{id}: no such edition is imported; there are: {there}")
            gone = [installed.pop(id) for id in dict.fromkeys(ids)]
            manifest.write(folder, installed.values())
            sweep(folder, installed.values())
            return gone
    except OSError as error:
        raise TableError(_told(error, folder)) from None


def verify(folder: Path, one: Installed, watcher: Callable[[int], None] | None = None) -> str:
    """What is wrong with an installed edition; "" when its database is the one that was written."""
    path = folder / one.file
    try:
        if path.stat().st_size != one.size:
            return f"{one.file} has {path.stat().st_size:,} bytes, and {one.size:,} were written"
        if _digest(path) != one.sha256:
            return f"{one.file} is not as it was written"
        with contextlib.closing(open_table(path)) as db:
            said = db.execute("PRAGMA quick_check(1)").fetchone()[0]
            if said != "ok":
                return f"{one.file}: {said}"
    except FileNotFoundError:
        return f"{one.file} is missing"
    except (OSError, sqlite3.Error) as error:
        return f"{one.file} cannot be read ({error})"
    return ""

"""The user's own briefs on disk: one small database under `SUPERBILL_HOME`, changed in one transaction or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timezone
from pathlib import Path

from superbill.catalog.own.model import OwnBrief, Remark
from superbill.catalog.own.reader import read_briefs
from superbill.catalog.own.shelf import FORMAT, finder

#: Documents that are looked for in a folder.
SUFFIXES = (".md", ".markdown", ".txt", ".text")
#: No brief is longer; what is, is something else.
LARGEST = 4_000_000
_TABLES = """
CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS brief(code TEXT PRIMARY KEY, title TEXT, entry TEXT, source TEXT, sha256 TEXT, added TEXT) WITHOUT ROWID;
"""

#: Brings texts to the form in which the search asks for them.
Canonical = Callable[..., str]


class BriefError(Exception):
    """Briefs cannot be read or kept. The text says which file and why, and holds nothing of the file's text."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document that was read: its path, the briefs in it, what was made of it, and the checksum of its bytes."""

    path: Path
    briefs: Sequence[OwnBrief]
    remarks: Sequence[Remark]
    sha256: str


@dataclass(slots=True)
class Change:
    """What an import did: codes that are new, that replaced an older brief, and that were the same already."""

    new: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)


def documents(path: Path) -> Iterator[Path]:
    """The document at a path; of a folder, all that may hold briefs, sorted, hidden ones left out."""
    if not path.is_dir():
        yield path
        return
    for one in sorted(path.rglob("*")):
        inside = one.relative_to(path).parts
        if one.suffix.lower() in SUFFIXES and one.is_file() and not any(part.startswith(".") for part in inside):
            yield one


def read_document(path: Path) -> Document:
    """Read one document. Raises BriefError when it is no text."""
    try:
        if path.stat().st_size > LARGEST:
            raise BriefError(f"{path}: {path.stat().st_size:,} bytes are no brief; {LARGEST:,} at most")
        data = path.read_bytes()
    except OSError as error:
        raise BriefError(f"{path}: {error.strerror or type(error).__name__}") from None
    text = _decode(path, data)
    reading = read_briefs(text, path.name)
    return Document(path, reading.briefs, reading.remarks, hashlib.sha256(data).hexdigest())


def _decode(path: Path, data: bytes) -> str:
    for start, what in ((b"PK", "a Word document or another package"), (b"%PDF", "a PDF"), (b"{\\rtf", "rich text")):
        if data.startswith(start):
            raise BriefError(f"{path}: this is {what}; save it as plain text or Markdown first")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        raise BriefError(f"{path}: this is no text; save it as plain text or Markdown first")
    if data[:512].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        raise BriefError(f"{path}: this is a web page; save its text as plain text or Markdown first")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def refuse_doubles(found: Iterable[Document]) -> None:
    """Raise BriefError where two of some documents have a brief for the same code."""
    seen: dict[str, Document] = {}
    for document in found:
        for brief in document.briefs:
            other = seen.setdefault(brief.code, document)
            if other is not document:
                raise BriefError(f"{brief.code} has a brief in {other.path} and in {document.path}; keep one of them")


def put(path: Path, found: Iterable[Document], canonical: Canonical) -> Change:
    """Add the briefs of some documents, or none of them. Raises BriefError; then all is as it was.

    Two documents of one call with a brief for the same code are an error: nobody could say which counts.
    """
    change = Change()
    found = list(found)
    refuse_doubles(found)
    now = datetime.now(timezone.utc).isoformat(timespec="seconds")
    with _writing(path) as db:
        for document in found:
            for brief in document.briefs:
                _put(db, brief, document.sha256, now, change, canonical)
    return change


def _put(db: sqlite3.Connection, brief: OwnBrief, sha256: str, now: str, change: Change, canonical: Canonical) -> None:
    entry = json.dumps(asdict(brief), ensure_ascii=False, separators=(",", ":"))
    old = db.execute("SELECT entry FROM brief WHERE code=?", (brief.code,)).fetchone()
    if old and old[0] == entry:
        change.same.append(brief.code)
        return
    (change.replaced if old else change.new).append(brief.code)
    db.execute("DELETE FROM finder WHERE code=?", (brief.code,))
    db.execute("REPLACE INTO brief VALUES(?,?,?,?,?,?)", (brief.code, brief.title, entry, brief.source, sha256, now))
    texts = (canonical(brief.title), canonical(brief.service), canonical(brief.brief.summary, brief.overview))
    db.execute("INSERT INTO finder(code, title, keywords, context) VALUES(?,?,?,?)", (brief.code, *texts))


def remove(path: Path, codes: Sequence[str] = ()) -> list[str]:
    """Take briefs away, all when no code is named; the codes that had one. Raises BriefError."""
    if not path.exists():
        return []
    with _writing(path) as db:
        held = [row[0] for row in db.execute("SELECT code FROM brief ORDER BY code")]
        gone = [code for code in held if not codes or code in codes]
        for code in gone:
            db.execute("DELETE FROM brief WHERE code=?", (code,))
            db.execute("DELETE FROM finder WHERE code=?", (code,))
        db.execute("INSERT INTO finder(finder) VALUES('rebuild')")  # the index keeps words of what was deleted
    return gone


@contextlib.contextmanager
def _writing(path: Path) -> Iterator[sqlite3.Connection]:
    """The database for one change, which lands whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(path, timeout=10, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise BriefError(f"cannot write to {path.parent}: {_why(error)}; set SUPERBILL_HOME") from None
    try:
        db.execute("PRAGMA secure_delete=ON")  # what is taken away is not to be found in the file
        db.execute("BEGIN IMMEDIATE")
        for statement in (*_TABLES.strip().split(";\n"), finder()):
            db.execute(statement)
        db.execute("INSERT OR IGNORE INTO meta VALUES('format', ?)", (FORMAT,))
        yield db
        db.execute("COMMIT")
    except sqlite3.Error as error:
        raise BriefError(f"your briefs in {path} cannot be changed: {_why(error)}; nothing was changed") from None
    finally:
        if db.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                db.execute("ROLLBACK")
        db.close()


def _why(error: OSError | sqlite3.Error) -> str:
    return (error.strerror or type(error).__name__) if isinstance(error, OSError) else str(error)

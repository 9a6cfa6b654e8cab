"""The AMA's CPT descriptors, for those who hold a licence: the data files and the consumer and clinician files.

LONGULT, LONGUT, MEDU and SHORTU have a block of terms, then a code, a tab or blank, and the text; LONGULF and LONGUF are in
fixed columns, in old years with the code repeated and a sequence of two digits behind it. The consumer and clinician files
have a heading and tabs. A table of two columns, code and description, is taken too. None of it ships; what is imported
stays on this machine, and is shown with the notice of its year.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date

from superbill.catalog.national.kinds import Built, Job, Kind, Left, Seen
from superbill.catalog.national.pieces import Piece
from superbill.catalog.national.release import Release
from superbill.catalog.own import licence
from superbill.catalog.own.shelf import finder
from superbill.catalog.shapes import is_code

KIND = "cpt"
_NAMES = (("LONGUL", "long"), ("LONGU", "long-upper"), ("MED", "medium"), ("SHORT", "short"))
_TABBED = re.compile(r"^([0-9A-Z]{5})\t[ \t]*(\S.*)$")
_FIXED = re.compile(r"^([0-9A-Z]{5})(?:(\d\d) | )\s*(\S.*)$")
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
_COPYRIGHT = re.compile(r"(?:copyright|\(c\)|©)[^\n]{0,20}?(?:(?:19|20)\d\d\s*[-–,]\s*)?(20\d\d)", re.IGNORECASE)
_WORDS = {"code": "code", "cptcode": "code", "cpt": "code", "hcpcs": "code", "hcpcscode": "code"}
_TEXTS = {
    "consumerfriendlydescriptor": "consumer", "consumerdescriptor": "consumer", "cliniciandescriptor": "clinician",
    "description": "own", "descriptor": "own", "longdescription": "long", "mediumdescription": "medium",
    "shortdescription": "short", "long": "long", "medium": "medium", "short": "short", "fulldescriptor": "long",
    "consumer": "consumer",
}  # fmt: skip
_REFUSED = "descriptors of the AMA are for those who hold its licence; say so once with --i-hold-an-ama-licence"


def release(year: int) -> Release:
    """The edition of a year."""
    return Release(
        f"cpt-{year}", f"CPT {year}", f"AMA CPT {year}, under your licence", date(year, 1, 1), date(year, 12, 31)
    )


def named(text: str) -> Release:
    """The edition that a user calls `2026`."""
    if not re.fullmatch(r"20[0-4]\d", text.strip()):
        raise ValueError("an edition of CPT is called by its year, as 2026")
    return release(int(text))


def recognise(piece: Piece) -> Seen | None:
    """Lines of a code and a text behind the AMA's terms, or a heading of code and descriptor."""
    form = _form(piece)
    if form is None:
        return None
    if not licence.held():
        return Seen(KIND, why=_REFUSED)
    year = next((match for name in _places(piece) if (match := _YEAR.search(name))), None)
    ranks = {"long-upper": ("long", 3)}
    part, rank = ranks.get(form, (form, 1 if piece.names[0].upper().startswith("LONGULF") else 0))
    return Seen(KIND, release(int(year[1])) if year else None, part, rank)


def _places(piece: Piece) -> list[str]:
    """Where the year may stand: names inside the zip file, its own, its folder's."""
    return [*reversed(piece.inside), piece.path.name, piece.path.resolve().parent.name]


def _form(piece: Piece) -> str | None:
    """Which descriptors a piece holds; None when it is no such file."""
    columns = _columns(piece)
    if columns is not None:
        kinds = [kind for kind in columns if kind not in ("", "code")]
        if kinds != ["own"] or len(columns) == 2:
            return "+".join(kinds)
        return None
    if piece.form != "text":
        return None
    name = piece.names[0].upper()
    known = next((form for start, form in _NAMES if name.startswith(start)), "")
    terms = "american medical association" in piece.text.lower()
    texts = [text for line in piece.text.splitlines() if (text := _text(line))]
    if not texts or not (known or terms) or len(texts) < 0.2 * len(piece.text.splitlines()[40:]):
        return None
    if known:
        return known if terms or name.endswith(".TXT") else None
    longest = max(map(len, texts))
    return (
        "short" if longest <= 28 else "medium" if longest <= 100 and all(text.isupper() for text in texts) else "long"
    )


def _text(line: str) -> str:
    match = _TABBED.match(line) or _FIXED.match(line)
    return match.groups()[-1] if match and is_code(match[1]) and not match[1].isalpha() else ""


def _columns(piece: Piece) -> list[str] | None:
    """What the columns of a table with a heading hold; None when it has none that says so."""
    for row in piece.heading(6):
        kinds = [_kind(cell) for cell in row]
        while kinds and not kinds[-1] and not row[len(kinds) - 1].strip():
            kinds.pop()
        if kinds.count("code") == 1 and any(kind not in ("", "code") for kind in kinds) and len(kinds) <= 6:
            others = sum(not kind for kind in kinds)
            return kinds if others <= 3 else None
    return None


def _kind(cell: str) -> str:
    word = re.sub(r"[^a-z]", "", cell.lower())
    return _WORDS.get(word) or _TEXTS.get(word, "")


def _rows(piece: Piece, report: Callable[[int], None], left: Left) -> Iterator[tuple[str, str, str]]:
    """Yield (code, form, text)."""
    columns = _columns(piece)
    form = _form(piece) or "long"
    if columns is not None:
        place = columns.index("code")
        for row in piece.rows(report):
            code = row[place].strip().upper() if place < len(row) else ""
            if not is_code(code):
                continue
            for kind, cell in zip(columns, row, strict=False):
                if kind not in ("", "code") and cell.strip():
                    yield code, "long" if kind == "own" else kind, " ".join(cell.split())
        return
    begun = False
    for number, line in enumerate(piece.lines(report), 1):
        tabbed = _TABBED.match(line)
        fixed = None if tabbed else _FIXED.match(line)
        if tabbed and is_code(tabbed[1]):
            begun = True
            yield tabbed[1], form, " ".join(tabbed[2].split())
        elif fixed and is_code(fixed[1]):
            begun = True
            yield fixed[1], form, " ".join(fixed[3].split())
        elif begun and line.strip() and line.strip() != "\x1a":
            left.row("no code in front", number, fits=True)


def build(job: Job) -> Built:
    """Texts by code and form, and words to find them by."""
    from superbill.catalog.search import canonical
    from superbill.catalog.store import open_catalog

    db = job.db
    db.execute("CREATE TABLE descriptor(code TEXT, form TEXT, text TEXT, PRIMARY KEY(code, form)) WITHOUT ROWID")
    db.execute("CREATE TABLE spoken(code TEXT, text TEXT)")
    db.execute("CREATE TABLE notice(text TEXT)")
    left = Left()
    notice = ""
    if job.earlier is not None:
        db.executemany("INSERT INTO descriptor VALUES(?,?,?)", job.earlier.execute("SELECT * FROM descriptor"))
        db.executemany("INSERT INTO spoken VALUES(?,?)", job.earlier.execute("SELECT * FROM spoken"))
        notice = job.earlier.execute("SELECT text FROM notice").fetchone()[0]
    for piece in job.pieces:
        found = _COPYRIGHT.findall(piece.text[:8_000])
        notice = max([notice, *(f"CPT © {year} American Medical Association. All rights reserved." for year in found)])
        texts: dict[tuple[str, str], str] = {}
        for code, form, text in _rows(piece, job.report, left):
            key = (code, "long" if form == "long-upper" else form)
            if form == "clinician":
                db.execute("INSERT INTO spoken VALUES(?,?)", (code, text))
            else:  # the text of old files in fixed columns goes on over several lines
                texts[key] = f"{texts[key]} {text}" if key in texts else text
        db.executemany("REPLACE INTO descriptor VALUES(?,?,?)", ((*key, text) for key, text in texts.items()))
    db.execute("INSERT INTO notice VALUES(?)", (notice or "CPT © American Medical Association. All rights reserved.",))
    db.execute(finder())
    catalog = open_catalog()
    for code in [row[0] for row in db.execute("SELECT DISTINCT code FROM descriptor UNION SELECT code FROM spoken")]:
        held = dict(db.execute("SELECT form, text FROM descriptor WHERE code=?", (code,)).fetchall())
        near = [row[0] for row in db.execute("SELECT text FROM spoken WHERE code=?", (code,))]
        db.execute(
            "INSERT INTO finder(code, title, keywords, context) VALUES(?,?,?,?)",
            (
                code,
                canonical(catalog, held.get("medium") or held.get("long", "")),
                canonical(catalog, held.get("consumer", ""), held.get("short", ""), *near[:5]),
                canonical(catalog, held.get("long", ""), *near[5:]),
            ),
        )
    count = _count(db, "SELECT count(DISTINCT code) FROM descriptor")
    return Built({"codes with descriptors": count}, left, [notice] if notice else [])


def _count(db: sqlite3.Connection, sql: str) -> int:
    return int(db.execute(sql).fetchone()[0])


KINDS = (Kind(KIND, "CPT descriptor file of the AMA", 1, recognise, named, build, parts=True),)

"""The HCPCS Level II file (HCPC..._ANWEB), workbook, table of commas or fixed columns of 320 characters.

Record kinds: 3 a code, 4 more of its text, 7 a modifier, 8 more of its text; a modifier stands to the right in the code's
five columns. Texts are CMS's own and are kept with the imported table, on the user's disk. A code is valid from the day it was
added to its last day; the third date of the file lies behind that on an ended code and is not read. Ended codes are kept for
years, so the table speaks from the first of those days on. Source: CMS, HCPCS record layout.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from superbill.catalog.national.kinds import Built, Job, Kind, Left, Seen
from superbill.catalog.national.pieces import Piece
from superbill.catalog.national.release import MONTHS, Release, quarter_in, quarter_of, quarter_window
from superbill.catalog.shapes import is_code, is_modifier

_FIXED = re.compile(r"(?:[A-V]\d{4}|   [0-9A-Z]{2})\d{5}[3478]")
_NAMED = re.compile(r"(20\d\d)[\s_-]*(?:q([1-4])|(jan|apr|jul|oct)[a-z]*|(01|04|07|10))", re.IGNORECASE)
_COLUMNS = ("HCPC", "RECID", "LONG DESCRIPTION", "ADD DT", "TERM DT")


@dataclass(slots=True)
class _Entry:
    """A code or a modifier as it is collected."""

    code: str
    kind: str
    texts: list[str]
    short: str = ""
    since: str = ""
    until: str = ""
    coverage: str = ""
    successors: list[str] = field(default_factory=list)


def release(year: int, quarter: int) -> Release:
    """The release of a quarter."""
    since, until = quarter_window(year, quarter)
    month = MONTHS[quarter * 3 - 3]
    return Release(
        f"hcpcs-{year}-{quarter * 3 - 2:02}", f"HCPCS {month} {year}", f"CMS HCPCS Level II file, {month} {year}", since, until
    )  # fmt: skip


def named(text: str) -> Release:
    """The release that a user calls `2025-10`, `2025 oct` or `2025q4`."""
    match = _NAMED.fullmatch(text.strip())
    if match is None:
        raise ValueError("a release of the HCPCS file is called by its month, as 2025-10")
    if match[2]:
        return release(int(match[1]), int(match[2]))
    return release(int(match[1]), quarter_of(match[3]) if match[3] else (int(match[4]) + 2) // 3)


def recognise(piece: Piece) -> Seen | None:
    """A heading with HCPC and RECID, or records in fixed columns."""
    if piece.form == "text":
        lines = [line for line in piece.text.splitlines()[:60] if line.strip()]
        fixed = sum(bool(_FIXED.match(line)) for line in lines) > len(lines) // 2
        if not fixed and "RECID" not in piece.text[:20_000]:
            return None
    else:
        fixed = False
    if not fixed and not any(_places(row) for row in piece.heading(20)):
        return None
    quarter = quarter_in(piece.names)
    return Seen("hcpcs", release(*quarter) if quarter else None, rank=1 if fixed else 0)


def _places(row: list[str]) -> dict[str, int]:
    """Where the columns are, by their names; empty for a row that is no heading."""
    names = {" ".join(cell.upper().split()): place for place, cell in reversed(list(enumerate(row)))}
    return names if all(name in names for name in _COLUMNS) else {}


def _records(
    piece: Piece, report: Callable[[int], None]
) -> Iterator[tuple[int, str, str, str, str, str, str, str, list[str]]]:
    """(line, code, record kind, text, short text, added, ended, coverage, cross-references) of each record."""
    if _FIXED.match(next((line for line in piece.text.splitlines() if _FIXED.match(line)), "")):
        for number, line in enumerate(piece.lines(report), 1):
            if _FIXED.match(line):
                cut = line.ljust(320)
                crosses = [cut[at : at + 5].strip() for at in range(204, 229, 5)]
                yield (
                    number, cut[:5].strip(), cut[10], cut[11:91].strip(), cut[91:119].strip(), cut[268:276].strip(),
                    cut[284:292].strip(), cut[229].strip(), crosses,
                )  # fmt: skip
            elif line.strip():
                yield number, "", "", "", "", "", "", "", []
        return
    places: dict[str, int] = {}
    for number, row in piece.numbered(report):
        if not places:
            places = _places(row)
            continue

        def cell(name: str, row: list[str] = row, places: dict[str, int] = places) -> str:
            place = places.get(name, -1)
            return row[place].strip() if 0 <= place < len(row) else ""

        yield (
            number, cell("HCPC"), cell("RECID"), cell("LONG DESCRIPTION"), cell("SHORT DESCRIPTION"), cell("ADD DT"), cell("TERM DT"),
            cell("COV"), [cell(f"XREF{one}") for one in range(1, 6)],
        )  # fmt: skip


def _collect(job: Job, left: Left) -> list[_Entry]:
    found: dict[tuple[str, str], _Entry] = {}
    for piece in job.pieces:
        last: _Entry | None = None
        for number, code, kind, text, short, since, until, coverage, crosses in _records(piece, job.report):
            if kind in ("4", "8"):
                if last is not None and last.code == code:
                    last.texts.append(text)
                else:
                    left.row("more of a text whose beginning is missing", number)
                continue
            if (kind == "3" and not is_code(code)) or (kind == "7" and not is_modifier(code)) or kind not in ("3", "7"):
                left.row("neither a code nor a modifier", number)
                last = None
                continue
            last = _Entry(code, kind, [text], short, since, until, coverage, [one for one in crosses if is_code(one)])
            found.setdefault((kind, code), last)
    return list(found.values())


def build(job: Job) -> Built:
    """Codes and modifiers with their dates and texts, and an index of the words."""
    db = job.db
    db.execute(
        "CREATE TABLE hcpcs(code TEXT PRIMARY KEY, since TEXT, until TEXT, successors TEXT, coverage TEXT, text TEXT) "
        "WITHOUT ROWID"
    )
    db.execute("CREATE TABLE modifier(code TEXT PRIMARY KEY, since TEXT, until TEXT, text TEXT) WITHOUT ROWID")
    db.execute("CREATE TABLE found(id INTEGER PRIMARY KEY, code TEXT)")
    db.execute("CREATE VIRTUAL TABLE finder USING fts5(text, content='', prefix='2 3', tokenize=\"porter unicode61\")")
    left = Left()
    entries = _collect(job, left)
    codes = sorted((one for one in entries if one.kind == "3"), key=lambda one: one.code)
    modifiers = sorted((one for one in entries if one.kind == "7"), key=lambda one: one.code)
    db.executemany(
        "INSERT INTO hcpcs VALUES(?,?,?,?,?,?)",
        [
            (one.code, _day(one.since), _day(one.until), " ".join(one.successors), one.coverage, _joined(one))
            for one in codes
        ],
    )
    db.executemany(
        "INSERT INTO modifier VALUES(?,?,?,?)",
        [(one.code, _day(one.since), _day(one.until), _joined(one)) for one in modifiers],
    )
    db.executemany("INSERT INTO found VALUES(?,?)", enumerate((one.code for one in codes), 1))
    db.executemany(
        "INSERT INTO finder(rowid, text) VALUES(?,?)", enumerate((f"{_joined(one)} {one.short}" for one in codes), 1)
    )
    begin = frozenset(one.code[0] for one in codes)
    built = Built({"codes": len(codes), "modifiers": len(modifiers)}, left, begin=begin)
    ends = sorted(end for one in codes if (end := _day(one.until)))
    if ends:
        built.since = min(date.fromisoformat(ends[0]), job.release.since or date.max)
    return built


def _joined(one: _Entry) -> str:
    return " ".join(" ".join(one.texts).split())


def _day(text: str) -> str | None:
    """A day as the database writes it, of one that the file writes without dashes."""
    if len(text) < 8 or not text[:8].isdigit():
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:8])).isoformat()
    except ValueError:
        return None


KINDS = (Kind("hcpcs", "HCPCS Level II file", 5_000, recognise, named, build, begin="ACEGJLQV"),)

"""The NCCI add-on code edits (AOC): workbook, table with its headings, or fixed columns.

A workbook has one row per add-on code and primary code, by the headings `Add-On_Code`, `Primary_Code`, `AOC_Edit_Type` and
columns of dates; the headings differ by a suffix from year to year, and so does their order. The text has the same fields
without a heading, at fixed places: in the files of 2026 the type stands first, in the order of the older workbooks it
stands behind the dates. Dates are year and day of the year, or blanks. A record is read only where every field holds what
belongs there, so that one layout is never taken for the other; what does not fit is counted and told. `CCCCC` for a primary
says that contractors name their own, which the type tells too. What was deleted before the quarter begins, or begins after
it, is left out. Sources: CMS NCCI; the places in the text as public programs that read the files of 2026 have them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from superbill.catalog.model import AddOn
from superbill.catalog.national.kinds import Built, Job, Kind, Left, Seen
from superbill.catalog.national.pieces import Piece, TableError, pieces
from superbill.catalog.national.release import Release, quarter_in, quarter_named, quarter_window
from superbill.catalog.shapes import is_code

_HEADINGS = {
    "add": "addon", "add_gone": "aocdel", "primary": "primarycode", "primary_gone": "primarycodedel", "since": "aocediteff",
    "gone": "aoceditdel", "type": "aocedittype",
}  # fmt: skip
_DAY = r"(\d{7}| {7})"
_CODE = r"([0-9A-Z]{5})"
#: A record in fixed columns: add-on code, its deletion, primary, its deletion, begin and deletion of the edit, and the type
#: before all or behind all; a remark may follow.
_TYPE_FIRST = re.compile(rf"([123]){_CODE}{_DAY}{_CODE}{_DAY}(\d{{7}})(?:{_DAY}(?!\d)|\s*$)")
_TYPE_LAST = re.compile(rf"{_CODE}{_DAY}{_CODE}{_DAY}(\d{{7}}){_DAY}([123])(?!\d)")
#: What such a record looks like at all: two codes and a day.
_ALIKE = re.compile(r"[123]?[0-9A-Z]{5}[\s\d]{1,9}[0-9A-Z]{5}[\s\d]*(?:19|20)\d{5}")
_CONTRACTOR = "CCCCC"
_UNFIT = "not a record of the layout"


class _Edit(NamedTuple):
    """A row as it stands in the file; days as year and day of the year."""

    add: str
    add_gone: str
    primary: str
    primary_gone: str
    since: str
    gone: str
    type: str


def release(year: int, quarter: int) -> Release:
    """The edition of a quarter."""
    since, until = quarter_window(year, quarter)
    title = f"CMS NCCI add-on code edits, Medicare, {year} Q{quarter}"
    return Release(f"ncci-aoc-{year}q{quarter}", f"AOC {year} Q{quarter}", title, since, until)


def named(text: str) -> Release:
    """The edition that a user calls `2024q3`."""
    return release(*quarter_named(text, "the add-on edits"))


def recognise(piece: Piece) -> Seen | None:
    """The headings of the workbook, or lines of two codes, dates and a type."""
    why = ""
    fixed = False
    if piece.form == "text":
        lines = [line for line in piece.text.splitlines()[:40] if line.strip()]
        fixed = bool(lines) and sum(_fixed(line) is not None for line in lines) * 2 >= len(lines)
        if not fixed and lines and sum(bool(_ALIKE.match(line)) for line in lines) * 2 > len(lines):
            why = "lines of add-on and primary codes, in columns that are not those of the layout; import the workbook (xlsx)"
    if not fixed and not why:
        heading = next((row for row in piece.heading(12) if _columns(row)), None)
        if heading is None:
            return None
        if "gone" not in _columns(heading):
            why = "add-on codes without the days on which edits were deleted; import the file as CMS publishes it"
    if any("mcd" in name.lower() or "medicaid" in name.lower() for name in piece.names):
        why = "these are Medicaid's edits; only Medicare's are read"
    if why:
        return Seen("", why=why)
    quarter = quarter_in(piece.names)
    return Seen("aoc", release(*quarter) if quarter else None, rank=1 if piece.form == "text" else 0)


def _columns(row: list[str]) -> dict[str, int]:
    """Where the columns are, by their headings, case and punctuation left out; empty for a row that is no heading."""
    names = [re.sub(r"[^a-z]", "", cell.lower()) for cell in row]
    found = {}
    for field, stem in _HEADINGS.items():
        places = [place for place, name in enumerate(names) if name.startswith(stem)]
        if field == "primary":
            places = [place for place in places if not names[place].startswith("primarycodedel")]
        if places:
            found[field] = places[0]
    return found if {"add", "primary", "type"} <= set(found) else {}


def _fixed(line: str) -> _Edit | None:
    """A record in fixed columns; None where a field holds what does not belong there."""
    if match := _TYPE_FIRST.match(line):
        kind, fields = match[1], match.groups()[1:]
    elif match := _TYPE_LAST.match(line):
        kind, fields = match[7], match.groups()[:6]
    else:
        return None
    add, add_gone, primary, primary_gone, since, gone = ((field or "").strip() for field in fields)
    edit = _Edit(add, add_gone, primary, primary_gone, since, gone, kind)
    return edit if not _odd(edit) else None


def _odd(edit: _Edit) -> str:
    """What is wrong with a row; "" when every field holds what belongs there."""
    if not is_code(edit.add) or edit.type not in ("1", "2", "3"):
        return "no add-on code, primary code and type"
    if not (is_code(edit.primary) or edit.primary == _CONTRACTOR):
        return "no add-on code, primary code and type"
    days = (edit.add_gone, edit.primary_gone, edit.since, edit.gone)
    return "a date that is no year and day of the year" if any(text and _day(text) is None for text in days) else ""


def read(path: Path) -> Iterator[tuple[str, AddOn]]:
    """Yield (code, relation) for every add-on code whose edits are in force. Raises ValueError when there is none."""
    types: dict[str, str] = {}
    primaries: dict[str, set[str]] = {}
    for piece in pieces(path):
        seen = recognise(piece)
        if seen is not None and not seen.why:
            _collect(piece, None, (date.max, date.max), types, primaries, Left())
    if not types:
        raise ValueError(f"{path.name}: no columns for add-on code, primary code and type; is this an AOC file?")
    for code, kind in types.items():
        yield code, AddOn(kind, tuple(sorted(primaries[code])))


def _rows(piece: Piece, report: Callable[[int], None] | None, left: Left) -> Iterator[tuple[int, _Edit]]:
    """Each row with its line."""
    if piece.form == "text" and not any(_columns(row) for row in piece.heading(12)):
        for number, line in enumerate(piece.lines(report), 1):
            edit = _fixed(line)
            if edit is not None:
                yield number, edit
            elif line.strip():
                left.row(_UNFIT, number)
        return
    columns: dict[str, int] = {}
    for number, row in piece.numbered(report):
        if not columns:
            columns = _columns(row)
            continue
        cells = {field: row[place].strip() if place < len(row) else "" for field, place in columns.items()}
        if not any(cells.values()):
            continue
        edit = _Edit(
            *(cells.get(field, "") for field in ("add", "add_gone", "primary", "primary_gone", "since", "gone", "type"))
        )
        if odd := _odd(edit):
            left.row(odd, number)
        else:
            yield number, edit


def _collect(
    piece: Piece,
    report: Callable[[int], None] | None,
    window: tuple[date, date],
    types: dict[str, str],
    primaries: dict[str, set[str]],
    left: Left,
) -> int:
    """Add the rows in force in a window of days, both ends included; the number of them."""
    count = 0
    for number, edit in _rows(piece, report, left):
        ends = [end for text in (edit.add_gone, edit.primary_gone, edit.gone) if (end := _day(text))]
        begins = _day(edit.since)
        if any(end < window[0] for end in ends):
            left.row("deleted before the edition begins", number, fits=True)
        elif begins and begins > window[1]:
            left.row("begins after the edition ends", number, fits=True)
        elif types.setdefault(edit.add, edit.type) != edit.type:
            raise TableError(
                f"{piece.name}, line {number:,}: {edit.add} is of type {edit.type}, and of type {types[edit.add]} above"
            )
        else:
            count += 1
            primaries.setdefault(edit.add, set()).update({edit.primary} if edit.primary != _CONTRACTOR else ())
    return count


def _day(text: str) -> date | None:
    """A day written as year and day of the year; None when it is none."""
    if not re.fullmatch(r"(?:19|20)\d{5}", text):
        return None
    first = date(int(text[:4]), 1, 1)
    found = first + timedelta(days=int(text[4:]) - 1)
    return found if found.year == first.year else None


def build(job: Job) -> Built:
    """Add-on codes with their type and primaries."""
    job.db.execute("CREATE TABLE addon(code TEXT PRIMARY KEY, type TEXT, primaries TEXT) WITHOUT ROWID")
    left = Left()
    types: dict[str, str] = {}
    primaries: dict[str, set[str]] = {}
    window = job.release.since or date.min, job.release.until or date.max
    count = sum(_collect(piece, job.report, window, types, primaries, left) for piece in job.pieces)
    job.db.executemany(
        "INSERT INTO addon VALUES(?,?,?)", [(code, kind, " ".join(sorted(primaries[code]))) for code, kind in sorted(types.items())]
    )  # fmt: skip
    begin = frozenset(code[0] for code in types)
    return Built({"add-on edits": count, "add-on codes": len(types)}, left, begin=begin)


KINDS = (Kind("aoc", "table of add-on codes (NCCI AOC)", 3_000, recognise, named, build, begin="0123456789G"),)

"""The NCCI add-on code edits (AOC), workbook or fixed columns.

A workbook has one row per add-on code and primary code, by the headings `Add-On_Code`, `Primary_Code`, `AOC_Edit_Type` and
columns of dates; the headings differ by a suffix from year to year. The text has the same fields without a heading: codes of
five characters, dates of seven (year and day of the year) or blanks, the type. `CCCCC` for a primary says that contractors
name their own, which the type tells too. What was deleted before the quarter begins is left out. Source: CMS NCCI.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from superbill.catalog.model import AddOn
from superbill.catalog.national.kinds import Built, Job, Kind, Seen
from superbill.catalog.national.pieces import Piece, TableError, pieces
from superbill.catalog.national.release import Release, quarter_in, quarter_named, quarter_window
from superbill.catalog.shapes import is_code

_HEADINGS = {
    "add": "addon", "add_gone": "aocdel", "primary": "primarycode", "primary_gone": "primarycodedel", "gone": "aoceditdel",
    "type": "aocedittype",
}  # fmt: skip
_FIXED = re.compile(
    r"([0-9A-Z]{5})(\d{7}|\s{6,8})([0-9A-Z]{5})(\d{7}|\s{6,8})?((?:19|20)\d{5})(\d{7}|\s{6,8})?\s*([123])(?:\s|$)"
)
_CONTRACTOR = "CCCCC"


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
    if piece.form == "text":
        lines = [line for line in piece.text.splitlines()[:40] if line.strip()]
        if not lines or sum(bool(_FIXED.match(line)) for line in lines) * 2 < len(lines):
            return None
    else:
        heading = next((row for row in piece.heading(12) if _columns(row)), None)
        if heading is None:
            return None
    if any("mcd" in name.lower() or "medicaid" in name.lower() for name in piece.names):
        return Seen("", why="these are Medicaid's edits; only Medicare's are read")
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


def read(path: Path) -> Iterator[tuple[str, AddOn]]:
    """Yield (code, relation) for every add-on code whose edits are in force. Raises ValueError when there is none."""
    types: dict[str, str] = {}
    primaries: dict[str, set[str]] = {}
    for piece in pieces(path):
        if recognise(piece) is not None:
            _collect(piece, None, date.max, types, primaries, {})
    if not types:
        raise ValueError(f"{path.name}: no columns for add-on code, primary code and type; is this an AOC file?")
    for code, kind in types.items():
        yield code, AddOn(kind, tuple(sorted(primaries[code])))


def _rows(piece: Piece, report: Callable[[int], None] | None, skipped: dict[str, int]) -> Iterator[tuple[str, ...]]:
    """(add-on, its deletion, primary, its deletion, deletion of the edit, type)"""
    if piece.form == "text":
        for line in piece.lines(report):
            match = _FIXED.match(line)
            if match:
                add, add_gone, primary, primary_gone, _, gone, kind = (part or "" for part in match.groups())
                yield add, add_gone.strip(), primary, primary_gone.strip(), gone.strip(), kind
            elif line.strip():
                skipped["not a record of the layout"] = skipped.get("not a record of the layout", 0) + 1
        return
    columns: dict[str, int] = {}
    for row in piece.rows(report):
        if not columns:
            columns = _columns(row)
            continue
        cells = {field: row[place].strip() if place < len(row) else "" for field, place in columns.items()}
        yield tuple(cells.get(field, "") for field in ("add", "add_gone", "primary", "primary_gone", "gone", "type"))


def _collect(
    piece: Piece,
    report: Callable[[int], None] | None,
    since: date,
    types: dict[str, str],
    primaries: dict[str, set[str]],
    skipped: dict[str, int],
) -> int:
    """Add the rows in force from a day on; the number of them."""
    count = 0
    for add, add_gone, primary, primary_gone, gone, kind in _rows(piece, report, skipped):
        why = ""
        if not is_code(add) or kind not in ("1", "2", "3") or not (is_code(primary) or primary == _CONTRACTOR):
            why = "no add-on code, primary code and type"
        elif any(text and _ended(text, since) for text in (add_gone, primary_gone, gone)):
            why = "deleted before the edition begins"
        elif types.setdefault(add, kind) != kind:
            raise TableError(f"{piece.name}: {add} has two types")
        if why:
            skipped[why] = skipped.get(why, 0) + 1
            continue
        count += 1
        primaries.setdefault(add, set()).update({primary} if primary != _CONTRACTOR else ())
    return count


def _ended(text: str, since: date) -> bool:
    """Whether a deletion, written as year and day of the year, lies before a day."""
    try:
        return date(int(text[:4]), 1, 1) + timedelta(days=int(text[4:7]) - 1) < since
    except ValueError:
        return True


def build(job: Job) -> Built:
    """Add-on codes with their type and primaries."""
    job.db.execute("CREATE TABLE addon(code TEXT PRIMARY KEY, type TEXT, primaries TEXT) WITHOUT ROWID")
    skipped: dict[str, int] = {}
    types: dict[str, str] = {}
    primaries: dict[str, set[str]] = {}
    since = job.release.since or date.min
    count = sum(_collect(piece, job.report, since, types, primaries, skipped) for piece in job.pieces)
    job.db.executemany(
        "INSERT INTO addon VALUES(?,?,?)", [(code, kind, " ".join(sorted(primaries[code]))) for code, kind in sorted(types.items())]
    )  # fmt: skip
    return Built({"add-on edits": count, "add-on codes": len(types)}, skipped)


KINDS = (Kind("aoc", "table of add-on codes (NCCI AOC)", 3_000, recognise, named, build),)

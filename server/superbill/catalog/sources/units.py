"""The NCCI medically unlikely edits (MUE): practitioner, outpatient hospital, supplier; table of commas or workbook.

A quoted preamble and a heading that may hold line breaks come first. The heading says for whom the limits are and where the
columns are; the edition stands in the file's name only. The indicator cell holds a label such as `3 Date of Service Edit`,
the last one a phrase on where the limit comes from. Source: CMS NCCI.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from superbill.catalog.model import UnitLimit
from superbill.catalog.national.kinds import Built, Job, Kind, Left, Seen
from superbill.catalog.national.pieces import Piece, pieces
from superbill.catalog.national.release import Release, quarter_in, quarter_named, quarter_window
from superbill.catalog.shapes import is_code

_SETTINGS = {"practitioner": "practitioner", "outpatient": "hospital", "dme": "dme", "supplier": "dme"}
_LEAST = {"practitioner": 8_000, "hospital": 8_000, "dme": 1_000}
_BEGIN = {"practitioner": "0123456789GJ", "hospital": "0123456789GJ", "dme": ""}
_TITLES = {
    "practitioner": "practitioner services",
    "hospital": "outpatient hospital services",
    "dme": "suppliers (DME)",
}
_VALUE = re.compile(r"(practitioner|outpatient|dme|supplier)[a-z ]*mue\s+values", re.IGNORECASE)


def release(setting: str, year: int, quarter: int) -> Release:
    """The edition of a quarter. `setting` is practitioner, hospital or dme."""
    since, until = quarter_window(year, quarter)
    own = "" if setting == "practitioner" else f"-{setting}"
    name = f"MUE{own.replace('-', ' ').replace('dme', 'DME')} {year} Q{quarter}"
    title = f"CMS NCCI medically unlikely edits, {_TITLES[setting]}, {year} Q{quarter}"
    return Release(f"ncci-mue{own}-{year}q{quarter}", name, title, since, until)


def _namer(setting: str) -> Callable[[str], Release]:
    def named(text: str) -> Release:
        """The edition that a user calls `2024q3`."""
        return release(setting, *quarter_named(text, "the unit limits"))

    return named


def recognise(piece: Piece) -> Seen | None:
    """A heading that names the MUE values of a setting."""
    if piece.form == "text" and "MUE" not in piece.text[:8_000]:
        return None
    heading = [" ".join(cell.split()) for row in piece.heading(12) for cell in row]
    match = next((found for cell in heading if (found := _VALUE.search(cell))), None)
    if match is None:
        return None
    if not any("adjudication" in cell.lower() for cell in heading):
        return Seen(
            "",
            why="unit limits without an adjudication indicator, as Medicaid publishes them; only Medicare's are read",
        )
    setting = _SETTINGS[match[1].lower()]
    quarter = quarter_in(piece.names)
    return Seen(
        f"mue-{setting}", release(setting, *quarter) if quarter else None, rank=0 if piece.form == "text" else 1
    )


def read(path: Path) -> Iterator[tuple[str, UnitLimit]]:
    """Yield (code, limit) for every data row of the file. Raises ValueError when there is none."""
    found = False
    for piece in pieces(path):
        for _, code, limit, _ in _rows(piece, None, Left()):
            found = True
            yield code, limit
    if not found:
        raise ValueError(f"{path.name}: no row with a code and a unit value; is this an MUE file?")


def _columns(row: list[str]) -> dict[str, int]:
    """Where the columns are, by their headings; empty for a row that is no heading."""
    names = [" ".join(cell.split()).lower() for cell in row]
    found: dict[str, int] = {}
    for place, name in enumerate(names):
        if "cpt code" in name or name in ("hcpcs", "hcpcs code"):
            found.setdefault("code", place)
        elif _VALUE.search(name):
            found.setdefault("value", place)
        elif "adjudication" in name:
            found.setdefault("indicator", place)
        elif "rationale" in name:
            found.setdefault("reason", place)
    return found if {"code", "value", "indicator"} <= set(found) else {}


def _rows(piece: Piece, report: Callable[[int], None] | None, left: Left) -> Iterator[tuple[int, str, UnitLimit, str]]:
    """(line, code, limit, phrase on where it comes from) of each row below the heading."""
    columns: dict[str, int] = {}
    for number, cells in piece.numbered(report):
        if not columns:
            columns = _columns(cells)
            continue
        code, value, indicator, reason = (
            cells[place].strip() if 0 <= place < len(cells) else ""
            for place in (columns["code"], columns["value"], columns["indicator"], columns.get("reason", -1))
        )
        if is_code(code) and value.isdigit() and indicator[:1] in ("1", "2", "3"):
            yield number, code, UnitLimit(int(value), indicator[:1]), " ".join(reason.split())
        elif any(cell.strip() for cell in cells):
            left.row("no code, value and indicator", number)


def build(job: Job) -> Built:
    """Limits by code."""
    job.db.execute(
        "CREATE TABLE unit_limit(code TEXT PRIMARY KEY, value INTEGER, indicator TEXT, reason TEXT) WITHOUT ROWID"
    )
    left = Left()
    found: dict[str, tuple[UnitLimit, str]] = {}
    for piece in job.pieces:
        for number, code, limit, reason in _rows(piece, job.report, left):
            if code in found:
                left.row("the code stood before", number, fits=True)
            else:
                found[code] = limit, reason
    job.db.executemany(
        "INSERT INTO unit_limit VALUES(?,?,?,?)",
        [(code, one.value, one.indicator, reason) for code, (one, reason) in sorted(found.items())],
    )
    return Built({"unit limits": len(found)}, left, begin=frozenset(code[0] for code in found))


KINDS = tuple(
    Kind(f"mue-{setting}", f"table of unit limits (NCCI MUE, {_TITLES[setting]})", _LEAST[setting], recognise, _namer(setting), build, begin=_BEGIN[setting])
    for setting in _TITLES
)  # fmt: skip

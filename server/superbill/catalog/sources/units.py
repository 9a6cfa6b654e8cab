"""The NCCI medically unlikely edits (MUE): practitioner, outpatient hospital, supplier; table of commas or workbook.

A quoted preamble and a heading that may hold line breaks come first. The heading says for whom the limits are; the
edition stands in the file's name only. A data row is one whose first cell has the shape of a code and whose second is a
number. The indicator cell holds a label such as `3 Date of Service Edit`. Source: CMS NCCI.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from superbill.catalog.model import UnitLimit
from superbill.catalog.national.kinds import Built, Job, Kind, Seen
from superbill.catalog.national.pieces import Piece, pieces
from superbill.catalog.national.release import Release, quarter_in, quarter_named, quarter_window
from superbill.catalog.shapes import is_code

_SETTINGS = {"practitioner": "practitioner", "outpatient": "hospital", "dme": "dme", "supplier": "dme"}
_LEAST = {"practitioner": 8_000, "hospital": 8_000, "dme": 1_000}
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
        for code, limit in _rows(piece, None, {}):
            found = True
            yield code, limit
    if not found:
        raise ValueError(f"{path.name}: no row with a code and a unit value; is this an MUE file?")


def _rows(
    piece: Piece, report: Callable[[int], None] | None, skipped: dict[str, int]
) -> Iterator[tuple[str, UnitLimit]]:
    begun = False
    for cells in piece.rows(report):
        cell = [value.strip() for value in cells[:3]]
        if len(cell) == 3 and is_code(cell[0]) and cell[1].isdigit() and cell[2][:1] in ("1", "2", "3"):
            begun = True
            yield cell[0], UnitLimit(int(cell[1]), cell[2][:1])
        elif begun and any(cell):
            skipped["no code, value and indicator"] = skipped.get("no code, value and indicator", 0) + 1


def build(job: Job) -> Built:
    """Limits by code."""
    job.db.execute("CREATE TABLE unit_limit(code TEXT PRIMARY KEY, value INTEGER, indicator TEXT) WITHOUT ROWID")
    skipped: dict[str, int] = {}
    found: dict[str, UnitLimit] = {}
    for piece in job.pieces:
        for code, limit in _rows(piece, job.report, skipped):
            if code in found:
                skipped["the code stood before"] = skipped.get("the code stood before", 0) + 1
            else:
                found[code] = limit
    job.db.executemany(
        "INSERT INTO unit_limit VALUES(?,?,?)",
        [(code, one.value, one.indicator) for code, one in sorted(found.items())],
    )
    return Built({"unit limits": len(found)}, skipped)


KINDS = tuple(
    Kind(f"mue-{setting}", f"table of unit limits (NCCI MUE, {_TITLES[setting]})", _LEAST[setting], recognise, _namer(setting), build)
    for setting in _TITLES
)  # fmt: skip

"""OPPS Addendum B: for each code its status indicator and APC under Medicare's hospital outpatient payment.

A table of commas (Windows code page) or workbook, with lines of title and terms above a heading that names a code, a
status indicator (`SI`), and further columns whose names differ by quarter. The descriptor column is the AMA's for CPT
codes: it is never read. Source: CMS OPPS quarterly addenda.
"""

from __future__ import annotations

import re

from superbill.catalog.national.kinds import Built, Job, Kind, Left, Seen
from superbill.catalog.national.pieces import Piece
from superbill.catalog.national.release import Release, quarter_in, quarter_named, quarter_window
from superbill.catalog.shapes import is_code

KIND = "opps"
_CODE = ("hcpcscode", "hcpcs", "cpthcpcs", "hcpcscodes", "cpthcpcscode")
_STATUS = ("si", "statusindicator", "ci si")
_MONTHS = re.compile(
    r"(january|april|july|october|jan|apr|jul|oct)[a-z]*[^a-z0-9]{0,3}(20\d\d)|(20\d\d)[^a-z0-9]{0,3}(january|april|july|october|jan|apr|jul|oct)",
    re.I,
)
_DASHED = re.compile(r"(20\d\d)[-_. ](01|04|07|10)(?!\d)")


def release(year: int, quarter: int) -> Release:
    """The edition of a quarter."""
    since, until = quarter_window(year, quarter)
    title = f"CMS OPPS Addendum B, {year} Q{quarter}"
    return Release(f"opps-{year}q{quarter}", f"OPPS {year} Q{quarter}", title, since, until)


def named(text: str) -> Release:
    """The edition that a user calls `2026q2`."""
    return release(*quarter_named(text, "Addendum B", "2026q2"))


def recognise(piece: Piece) -> Seen | None:
    """A heading with a code and a status indicator, and among the next rows one with both."""
    columns = _columns(piece)
    if columns is None:
        return None
    return Seen(KIND, _release(piece), rank=0 if piece.form == "text" else 2)


def _columns(piece: Piece) -> dict[str, int] | None:
    rows = piece.heading(30)
    for number, row in enumerate(rows):
        names = [re.sub(r"[^a-z]", "", cell.lower()) for cell in row]
        code = next((place for place, name in enumerate(names) if name in _CODE), -1)
        status = next((place for place, name in enumerate(names) if name in _STATUS), -1)
        if code < 0 or status < 0:
            continue
        below = [one for one in rows[number + 1 :] if max(code, status) < len(one) and is_code(one[code].strip())]
        if not below or not all(
            re.fullmatch(r"[A-Z][0-9]?", one[status].strip()) for one in below if one[status].strip()
        ):
            return None
        apc = next((place for place, name in enumerate(names) if name == "apc"), -1)
        return {"code": code, "status": status, "apc": apc}
    return None


def _release(piece: Piece) -> Release | None:
    top = [" ".join(cell for row in piece.heading(8) for cell in row)]
    for text in (*piece.names, *top):
        month = _MONTHS.search(text)
        if month:
            name, year = (month[1], month[2]) if month[1] else (month[4], month[3])
            return release(int(year), ("jan", "apr", "jul", "oct").index(name[:3].lower()) + 1)
        dashed = _DASHED.search(text)
        if dashed:
            return release(int(dashed[1]), (int(dashed[2]) + 2) // 3)
        quarter = quarter_in([text])
        if quarter:
            return release(*quarter)
    return None


def build(job: Job) -> Built:
    """Status indicator and APC by code."""
    job.db.execute("CREATE TABLE opps(code TEXT PRIMARY KEY, status TEXT, apc TEXT) WITHOUT ROWID")
    found: dict[str, tuple[str, str, str]] = {}
    left = Left()
    for piece in job.pieces:
        columns = _columns(piece)
        assert columns is not None
        begun = False
        for number, row in piece.numbered(job.report):
            code = row[columns["code"]].strip() if columns["code"] < len(row) else ""
            if not is_code(code):
                if begun and any(row):
                    left.row("no code", number)
                continue
            begun = True
            status, apc = (
                row[place].strip() if 0 <= place < len(row) else "" for place in (columns["status"], columns["apc"])
            )
            found[code] = (code, status, apc)
    job.db.executemany("INSERT INTO opps VALUES(?,?,?)", (found[code] for code in sorted(found)))
    return Built({"codes": len(found)}, left, begin=frozenset(code[0] for code in found))


KINDS = (Kind(KIND, "OPPS Addendum B", 10_000, recognise, named, build, begin="0123456789GJ"),)

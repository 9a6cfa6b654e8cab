"""The Medicare physician fee schedule relative value file (PPRRVU...), as table of commas, workbook or fixed columns.

Headings repeat names and are stacked over several lines, so columns go by position: of 31, counted from the row whose
first cell is `HCPCS`, or of 171 characters. The layout has not changed since 2020. The third column is an AMA
descriptor: it is never read. A release speaks for the calendar year up to the end of its quarter, since each one holds the
year so far. Source: CMS, RVU25D record layout.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from superbill.catalog.model import FeeRow
from superbill.catalog.national.kinds import Built, Job, Kind, Left, Seen
from superbill.catalog.national.pieces import Piece, pieces
from superbill.catalog.national.release import MONTHS, Release, quarter_of, quarter_window
from superbill.catalog.shapes import is_code

_WIDTH = 31
_TITLE = re.compile(
    r"(20\d\d)\s+National Physician Fee Schedule Relative Value File\s+(January|April|July|October)", re.I
)
_FILE = re.compile(r"PPRRVU_?(20)?(\d\d)[_-]*(JAN|APR|JUL|OCT)", re.IGNORECASE)
_RELEASE = re.compile(r"RVU(\d\d)(AR|A|B|C|D)(?![A-Z])", re.IGNORECASE)
_NAMED = re.compile(r"(20\d\d)[\s_-]*(?:(a|b|c|d)|q([1-4])|(jan|apr|jul|oct)[a-z]*)", re.IGNORECASE)
#: A record in fixed columns: code, modifier, status, then PC/TC and global days at their places.
_FIXED = re.compile(r"[0-9A-Z]{5}(?:  |26|TC|53).{50}[A-Z].{44}[0-9][0-9MXYZ]{3}")


def release(year: int, quarter: int) -> Release:
    """The release of a quarter."""
    _, until = quarter_window(year, quarter)
    letter, month = "ABCD"[quarter - 1], MONTHS[quarter * 3 - 3]
    title = f"CMS Physician Fee Schedule relative value file, {month} {year} release (RVU{year % 100:02}{letter})"
    return Release(f"pfs-{year}{letter.lower()}", f"PFS {month} {year}", title, date(year, 1, 1), until)


def named(text: str) -> Release:
    """The release that a user calls `2025d`, `2025q4` or `2025-10`."""
    match = _NAMED.fullmatch(text.strip()) or re.fullmatch(r"(20\d\d)-(01|04|07|10)()()", text.strip())
    if match is None:
        raise ValueError("a release of the fee schedule is called 2025a to 2025d, for its quarter")
    year = int(match[1])
    if match[2] and match[2].isdigit():
        return release(year, (int(match[2]) + 2) // 3)
    if match[2]:
        return release(year, "abcd".index(match[2].lower()) + 1)
    return release(year, int(match[3]) if match[3] else quarter_of(match[4]))


def recognise(piece: Piece) -> Seen | None:
    """A heading row that begins HCPCS, MOD, or records in fixed columns."""
    rank = _form(piece)
    if rank is None:
        return None
    if any("QPP" in name.upper() and "NONQPP" not in name.upper() for name in piece.names):
        rank += 10  # the same indicators with another conversion factor
    return Seen("pfs", _release(piece), rank=rank)


def _form(piece: Piece) -> int | None:
    """The rank of a form of the file: commas before fixed columns before a workbook; None when it is none of them."""
    if piece.form == "text":
        if any(_FIXED.match(line) for line in piece.text.splitlines()[:40]):
            return 1
        if "HCPCS,MOD" not in piece.text.replace('"', "").replace("\t", ",")[:8_000]:
            return None
    rows = [[cell.strip().upper() for cell in row] for row in piece.heading(20)]
    if any(row[:2] == ["HCPCS", "MOD"] and len(row) >= _WIDTH - 3 for row in rows):
        return 0 if piece.form == "text" else 2
    return None


def _release(piece: Piece) -> Release | None:
    top = piece.text[:4000] if piece.form == "text" else " ".join(" ".join(row) for row in piece.heading(8))
    match = _TITLE.search(top)
    if match:
        return release(int(match[1]), quarter_of(match[2]))
    for name in piece.names:
        match = _FILE.search(name)
        if match:
            return release(2000 + int(match[2]), quarter_of(match[3]))
        match = _RELEASE.search(name)
        if match:
            return release(2000 + int(match[1]), "ABCD".index(match[2][0].upper()) + 1)
    return None


def read(path: Path) -> Iterator[tuple[str, FeeRow]]:
    """Yield (code, row) for every row of the file. Raises ValueError when it is not such a file."""
    for piece in pieces(path):
        if _form(piece) is not None:
            yield from ((code, row) for _, code, row in _rows(piece, None, Left()))
            return
    raise ValueError(f"{path.name}: no heading row that begins with HCPCS; is this a PPRRVU file?")


def _rows(piece: Piece, report: Callable[[int], None] | None, left: Left) -> Iterator[tuple[int, str, FeeRow]]:
    """(line, code, row) of each row."""
    return _fixed(piece, report, left) if _form(piece) == 1 else _table(piece, report, left)


def _odd(row: FeeRow) -> str:
    """The column that cannot hold what it holds, so that the columns are others than the layout's; "" when none is."""
    for name, value, pattern in (
        ("modifier", row.component, r"[0-9A-Z]{2}|"),
        ("status", row.status, r"[A-Z]"),
        ("PC/TC", row.pctc, r"\d"),
        ("global days", row.global_days, r"0\d\d|[A-Z]{3}"),
        ("multiple procedure", row.multiple, r"\d"),
        ("bilateral", row.bilateral, r"\d"),
        ("assistant", row.assistant, r"\d"),
        ("co-surgeon", row.cosurgeon, r"\d"),
        ("team", row.team, r"\d"),
        ("endoscopic base", row.endoscopic_base, r"[0-9A-Z]{5}|"),
    ):
        if not re.fullmatch(pattern, value):
            return name
    return ""


def _table(piece: Piece, report: Callable[[int], None] | None, left: Left) -> Iterator[tuple[int, str, FeeRow]]:
    begun = False
    for number, cells in piece.numbered(report):
        if not begun:
            begun = bool(cells) and cells[0].strip().upper() == "HCPCS"
            continue
        if not any(cells) or not cells[0].strip():
            continue
        cell = [value.strip() for value in cells] + [""] * (_WIDTH - len(cells))
        if len(cells) < 26 or not is_code(cell[0]):
            why = "no code in the first column" if not is_code(cell[0]) else "fewer columns than the layout has"
            left.row(why, number)
            continue
        row = FeeRow(
            component=cell[1],
            status=cell[3],
            pctc=cell[13],
            global_days=cell[14].zfill(3)
            if cell[14].isdigit()
            else cell[14],  # a spreadsheet program writes 10 for 010
            multiple=cell[18],
            bilateral=cell[19],
            assistant=cell[20],
            cosurgeon=cell[21],
            team=cell[22],
            endoscopic_base=cell[23],
            supervision=cell[25],
            imaging_family=cell[27],
            nonfacility_na=cell[7] == "NA",
            facility_na=cell[9] == "NA",
        )
        if odd := _odd(row):
            left.row(f"no {odd} where the layout has it", number)
            continue
        yield number, cell[0], row


def _fixed(piece: Piece, report: Callable[[int], None] | None, left: Left) -> Iterator[tuple[int, str, FeeRow]]:
    for number, line in enumerate(piece.lines(report), 1):
        if not _FIXED.match(line):
            if line.strip() and not line.startswith("HDR"):
                left.row("not a record of the layout", number)
            continue
        cut = line.ljust(171)
        row = FeeRow(
            component=cut[5:7].strip(),
            status=cut[57],
            pctc=cut[102],
            global_days=cut[103:106],
            multiple=cut[115],
            bilateral=cut[116],
            assistant=cut[117],
            cosurgeon=cut[118],
            team=cut[119],
            endoscopic_base=cut[127:132].strip(),
            supervision=cut[141:143].strip(),
            imaging_family=cut[145:147].strip(),
            nonfacility_na=cut[72:74] == "NA",
            facility_na=cut[81:83] == "NA",
        )
        if odd := _odd(row):
            left.row(f"no {odd} where the layout has it", number)
            continue
        yield number, cut[0:5], row


def build(job: Job) -> Built:
    """Rows by code and component."""
    job.db.execute(
        "CREATE TABLE fee(code TEXT, component TEXT, status TEXT, pctc TEXT, global_days TEXT, multiple TEXT, bilateral TEXT, "
        "assistant TEXT, cosurgeon TEXT, team TEXT, endoscopic_base TEXT, supervision TEXT, imaging_family TEXT, "
        "nonfacility_na INTEGER, facility_na INTEGER, PRIMARY KEY(code, component)) WITHOUT ROWID"
    )
    left = Left()
    rows = {}
    for piece in job.pieces:
        for number, code, row in _rows(piece, job.report, left):
            if (code, row.component) in rows:
                left.row("the code and component stood before", number, fits=True)
                continue
            rows[code, row.component] = (
                code, row.component, row.status, row.pctc, row.global_days, row.multiple, row.bilateral, row.assistant,
                row.cosurgeon, row.team, row.endoscopic_base, row.supervision, row.imaging_family, row.nonfacility_na,
                row.facility_na,
            )  # fmt: skip
    job.db.executemany(f"INSERT INTO fee VALUES({','.join('?' * 15)})", (rows[key] for key in sorted(rows)))
    return Built({"fee schedule rows": len(rows)}, left, begin=frozenset(code[0] for code, _ in rows))


KINDS = (Kind("pfs", "fee schedule relative value file", 10_000, recognise, named, build, begin="0123456789G"),)

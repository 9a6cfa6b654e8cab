"""The NCCI procedure-to-procedure edits (PTP), practitioner and hospital, as tabbed text, table of commas or workbook.

Seven columns: column 1 code, column 2 code, `*` where the pair is older than 1996, first day, last day or `*`, modifier
indicator 0, 1 or 9, and a phrase on why. Several heading lines stand above; a data row is known by its shape. An edition
comes as several files, sorted by the first code. Rows of indicator 9 were never in force and are left out. A pair may
have several rows, with windows that do not meet. Source: CMS NCCI; NCCI Policy Manual, introduction and chapter I.

Millions of rows are packed: codes get numbers, and so does each combination of window, indicator and reason, of which
there are few. A row is then one number of 32 bits, and the rows of a code lie in one blob, once by its first and once by
its second column.
"""

from __future__ import annotations

import re
import sqlite3
from array import array
from collections.abc import Callable, Iterable
from datetime import date

from superbill.catalog.national.kinds import Built, Job, Kind, Left, Seen
from superbill.catalog.national.pieces import Piece, TableError
from superbill.catalog.national.release import Release, quarter_in, quarter_named, quarter_window
from superbill.catalog.shapes import is_code

_ROW = re.compile(
    r"([0-9A-Z]{5})[\t,]([0-9A-Z]{5})[\t,]\s?\*?\s?[\t,]((?:19|20)\d{6})[\t,](?:(?:19|20)\d{6}|\*)?[\t,][019][\t,\r\n]"
)
_FORMS = {"practitioner": "ccipra", "hospital": "ccioph"}
_KINDS = {"practitioner": "ptp-practitioner", "hospital": "ptp-hospital"}
_CHUNK = 4 << 20
#: Combinations of window, indicator and reason that a row can refer to; the last ones go without a reason.
_MOST, _WITH_REASON = 65_535, 60_000
_UNFIT = "not a row of the layout"
#: Copies whose first days were lost have this one everywhere.
_UNKNOWN_START = "19960101"


def release(setting: str, year: int, quarter: int) -> Release:
    """The edition of a quarter. `setting` is practitioner or hospital."""
    since, until = quarter_window(year, quarter)
    own = "" if setting == "practitioner" else f"-{setting}"
    name = f"PTP{' hospital' if own else ''} {year} Q{quarter}"
    title = f"CMS NCCI procedure-to-procedure edits, {setting}, {year} Q{quarter}"
    return Release(f"ncci-ptp{own}-{year}q{quarter}", name, title, since, until)


def _namer(setting: str) -> Callable[[str], Release]:
    def named(text: str) -> Release:
        """The edition that a user calls `2024q3`."""
        return release(setting, *quarter_named(text, "the NCCI edits"))

    return named


def recognise(piece: Piece) -> Seen | None:
    """Rows of two codes, two dates and an indicator."""
    first = _first(piece)
    if first is None:
        return None
    names = " ".join(piece.names).lower()
    if "mcd" in names or "medicaid" in names:
        return Seen("", why="these are Medicaid's edits; only Medicare's are read")
    if ("add" in names and "chg" in names) or "change" in names:
        return Seen("", why="a file of quarterly changes; import the whole quarter instead")
    settings = [setting for setting, token in _FORMS.items() if token in names or setting in names]
    kind = _KINDS[settings[0]] if len(settings) == 1 else "|".join(_KINDS.values())
    quarter = quarter_in(piece.names)
    found = release(settings[0], *quarter) if quarter and len(settings) == 1 else None
    return Seen(kind, found, part=f"from {first[0]}/{first[1]}", rank=0 if piece.form == "text" else 2)


def _first(piece: Piece) -> tuple[str, str] | None:
    """The two codes of the first data row; None when the piece is no such table."""
    if piece.form == "text":
        match = _ROW.search(piece.text)
        return (match[1], match[2]) if match else None
    for row in piece.heading(16):
        if len(row) >= 6 and _ROW.match("\t".join([*row[:6], ""])):
            return row[0], row[1]
    return None


class _Packed:
    """Rows as they are collected: numbers of codes, of combinations, and for each code its rows."""

    def __init__(self) -> None:
        self.codes: dict[bytes, int] = {}
        self.firsts: list[array[int]] = []
        self.terms: dict[bytes, int] = {}
        self.combinations: dict[tuple[str, str, str, str], int] = {}
        self.left = Left()
        self.starts: set[str] = set()
        self.count = 0
        self._floor = 0
        self._before = 0

    def begin(self) -> None:
        """The next rows are those of another file: what stands above its first row is its heading."""
        self._floor = self.count
        self._before = 0

    def code(self, text: bytes) -> int:
        """The number of a code; -1 when it is none."""
        number = self.codes.get(text)
        if number is None:
            if not is_code(text.decode("cp1252")):
                return -1
            number = self.codes[text] = len(self.firsts)
            self.firsts.append(array("I"))
        return number

    def add(self, lines: list[bytes]) -> None:
        """Take rows in: tabbed, without line ends."""
        codes, terms, firsts = self.codes, self.terms, self.firsts
        current, number, rows = b"", -1, array("I")
        count = 0
        for line in lines:
            term = terms.get(line[11:])
            other = codes.get(line[6:11])
            if line[:6] != current:
                current = line[:6]
                number = self.code(current[:5]) if current[5:] == b"\t" else -1
                rows = firsts[number] if number >= 0 else array("I")
            if term is None:
                term = terms[line[11:]] = self._term(line[11:])
            if other is None:
                other = self.code(line[6:11])
            if term < 0 or other < 0 or number < 0:
                self._skip(line, term, self.count + count, lines)
                current = b""
                continue
            rows.append(other << 16 | term)
            count += 1
        self.count += count
        self._before += len(lines)

    def _skip(self, line: bytes, term: int, count: int, lines: list[bytes]) -> None:
        if term == -9:
            self.left.row("indicator 9, never in force", fits=True)
        elif count == self._floor:
            return  # a heading
        elif line.strip(b"\t\r\n \x1a"):
            known = _UNFIT in self.left.first  # looking the line up takes time, and the first is enough
            self.left.row(_UNFIT, 0 if known else self._before + lines.index(line) + 1)

    def _term(self, tail: bytes) -> int:
        """The number of what stands behind the codes; -9 for indicator 9, -1 for what is no row."""
        cells = tail.decode("cp1252", "replace").rstrip("\r\n").split("\t")
        if len(cells) < 5 or cells[0]:
            return -1
        since, until, indicator = (cell.strip() for cell in cells[2:5])
        if indicator == "9":
            return -9
        until = "" if until == "*" else until
        if indicator not in ("0", "1") or not _is_day(since) or (until and not _is_day(until)):
            return -1
        self.starts.add(since)
        reason = cells[5].strip() if len(cells) > 5 and len(self.combinations) < _WITH_REASON else ""
        key = (since, until, indicator, reason)
        number = self.combinations.get(key)
        if number is None:
            number = len(self.combinations)
            if number >= _MOST:
                raise TableError("more different windows and reasons than a table of pairs can hold")
            self.combinations[key] = number
        return number


def _is_day(text: str) -> bool:
    try:
        return len(text) == 8 and bool(date(int(text[:4]), int(text[4:6]), int(text[6:])))
    except ValueError:
        return False


def _lines(piece: Piece, report: Callable[[int], None]) -> Iterable[list[bytes]]:
    """The rows of a piece in slices, tabbed."""
    if piece.form == "book" or "\t" not in piece.text[:4096] or piece.encoding == "utf-16":
        rows = []
        for row in piece.rows(report):
            rows.append("\t".join(cell.strip() for cell in row).encode("cp1252", "replace"))
            if len(rows) >= 50_000:
                yield rows
                rows = []
        yield rows
        return
    with piece.open(report) as stream:
        rest = b""
        while chunk := stream.read(_CHUNK):
            lines = (rest + chunk).splitlines() if b"\r" in chunk[:4096] else (rest + chunk).split(b"\n")
            rest = lines.pop() if lines and not chunk.endswith((b"\n", b"\r")) else b""
            if lines and not lines[-1]:
                lines.pop()
            yield lines
        if rest:
            yield [rest]


def build(job: Job) -> Built:
    """Codes, combinations, and for each code its rows by either column."""
    packed = _Packed()
    if job.earlier is not None:
        _take(job.earlier, packed)
    for piece in job.pieces:
        packed.begin()
        for lines in _lines(piece, job.report):
            packed.add(lines)
    firsts = packed.firsts
    seconds = [array("I") for _ in firsts]
    doubled = 0
    for number, rows in enumerate(firsts):
        if not rows:
            continue
        ordered = sorted(rows)
        if any(map(int.__eq__, ordered, ordered[1:])):
            doubled += len(ordered) - len(set(ordered))
            ordered = sorted(set(ordered))
        firsts[number] = array("I", ordered)
        for row in ordered:
            seconds[row >> 16].append(number << 16 | row & 0xFFFF)
    db = job.db
    db.execute("CREATE TABLE code(code TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID")
    db.execute("CREATE TABLE term(number INTEGER PRIMARY KEY, since TEXT, until TEXT, indicator TEXT, reason TEXT)")
    db.execute("CREATE TABLE pair(number INTEGER PRIMARY KEY, first BLOB, second BLOB)")
    db.executemany(
        "INSERT INTO code VALUES(?,?)", sorted((code.decode(), number) for code, number in packed.codes.items())
    )
    starts = packed.starts - {_UNKNOWN_START}
    db.executemany(
        "INSERT INTO term VALUES(?,?,?,?,?)",
        [
            (number, since if starts else "", until, i, why)
            for (since, until, i, why), number in packed.combinations.items()
        ],
    )
    db.executemany(
        "INSERT INTO pair VALUES(?,?,?)",
        ((number, _blob(firsts[number]), _blob(seconds[number])) for number in range(len(firsts))),
    )
    begin = frozenset(code.decode()[0] for code, number in packed.codes.items() if firsts[number])
    built = Built({"code pairs": packed.count - doubled}, packed.left, begin=begin)
    if doubled:
        built.left.row("the same row again", fits=True, times=doubled)
    if starts:
        built.since = date.fromisoformat(f"{min(starts | packed.starts)[:4]}-01-01")
    elif packed.count:
        built.notes.append("the first days of its pairs are not known, so it speaks for its own quarter only")
    built.facts["starts"] = bool(starts)
    return built


def _blob(rows: array[int]) -> bytes:
    """Numbers of 32 bits, the least byte first, whatever the machine."""
    import sys

    if sys.byteorder == "big":
        rows = array("I", rows)
        rows.byteswap()
    return rows.tobytes()


def _take(earlier: sqlite3.Connection, packed: _Packed) -> None:
    """Take in the rows of the edition as it is installed, before parts are added."""
    from superbill.catalog.tables import rows_of

    names = {number: code for code, number in earlier.execute("SELECT code, number FROM code")}
    terms = {}
    for number, since, until, indicator, reason in earlier.execute("SELECT * FROM term"):
        terms[number] = packed._term(
            f"\t\t{since or _UNKNOWN_START}\t{until or '*'}\t{indicator}\t{reason}".encode("cp1252")
        )
    for number, blob in earlier.execute("SELECT number, first FROM pair"):
        mine = packed.code(names[number].encode())
        rows = packed.firsts[mine]
        for row in rows_of(blob):
            rows.append(packed.code(names[row >> 16].encode()) << 16 | terms[row & 0xFFFF])
            packed.count += 1


KINDS = tuple(
    Kind(
        id,
        f"table of code pairs (NCCI PTP, {setting})",
        500_000,
        recognise,
        _namer(setting),
        build,
        parts=True,
        begin="0123456789G",
    )
    for setting, id in _KINDS.items()
)

"""The list of place-of-service codes as a table: code, name, description. Source: CMS place of service code set.

CMS shows the list on a page and in a PDF; copies as tables have a heading with `Place of Service` or `POS`. It has no
edition but the day on which it was taken.
"""

from __future__ import annotations

import re
from datetime import date

from superbill.catalog.national.kinds import Built, Job, Kind, Left, Seen
from superbill.catalog.national.pieces import Piece
from superbill.catalog.national.release import Release

KIND = "pos"
_CODE = ("placeofservicecode", "placeofservicecodes", "poscode", "pos", "placeofservicecodesnumber")
_NAME = ("placeofservicename", "posname", "name", "placeofservice")
_TEXT = ("placeofservicedescription", "description", "posdescription")
_DAY = re.compile(r"(20\d\d)[-_.]?(\d\d)(?:[-_.]?(\d\d))?(?!\d)")


def named(text: str) -> Release:
    """The list that a user calls by the month or day it was taken: `2026-04`."""
    match = _DAY.fullmatch(text.strip())
    try:
        since = date(int(match[1]), int(match[2]), int(match[3] or 1)) if match else None
    except ValueError:
        since = None
    if since is None:
        raise ValueError("the list of places is called by the month it was taken, as 2026-04")
    return _release(since)


def _release(since: date) -> Release:
    return Release(f"pos-{since:%Y-%m}", f"POS {since:%b %Y}", f"CMS place of service codes, {since:%B %Y}", None, None)


def recognise(piece: Piece) -> Seen | None:
    """A heading of place of service code and name, and rows of two digits below it."""
    if _columns(piece) is None:
        return None
    for name in piece.names:
        match = _DAY.search(name)
        if match and 1 <= int(match[2]) <= 12:
            return Seen(KIND, _release(date(int(match[1]), int(match[2]), 1)))
    return Seen(KIND)


def _columns(piece: Piece) -> tuple[int, int, int] | None:
    rows = piece.heading(20)
    for number, row in enumerate(rows):
        names = [re.sub(r"[^a-z]", "", cell.lower()) for cell in row]
        code, title, text = (
            next((place for place, one in enumerate(names) if one in known), -1) for known in (_CODE, _NAME, _TEXT)
        )
        if code >= 0 and title >= 0 and code != title and any("pos" in one or "placeofservice" in one for one in names):
            below = [one[code].strip() for one in rows[number + 1 :] if code < len(one) and one[code].strip()]
            return (
                (code, title, text) if below and all(re.fullmatch(r"\d{1,2}(?:-\d\d)?", one) for one in below) else None
            )
    return None


def build(job: Job) -> Built:
    """Names and descriptions by code; ranges of codes that are not assigned are left out."""
    job.db.execute("CREATE TABLE place(code TEXT PRIMARY KEY, name TEXT, text TEXT) WITHOUT ROWID")
    found: dict[str, tuple[str, str, str]] = {}
    left = Left()
    for piece in job.pieces:
        columns = _columns(piece)
        assert columns is not None
        for row in piece.rows(job.report):
            cell = [row[place].strip() if 0 <= place < len(row) else "" for place in columns]
            if not re.fullmatch(r"\d{1,2}", cell[0]) or not cell[1]:
                continue
            if "unassigned" in cell[1].lower():
                left.row("not assigned", fits=True)
                continue
            code = cell[0].zfill(2)
            found[code] = (code, " ".join(cell[1].split()), " ".join(cell[2].split()))
    job.db.executemany("INSERT INTO place VALUES(?,?,?)", (found[code] for code in sorted(found)))
    return Built({"places of service": len(found)}, left)


KINDS = (Kind(KIND, "list of places of service", 40, recognise, named, build),)

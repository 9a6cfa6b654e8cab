"""Which edition a file is, and the days of service it speaks for: read off names and headings, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NAMED = re.compile(r"(20\d\d)[\s_-]*q([1-4])", re.IGNORECASE)
_QUARTER = re.compile(r"(?<!\d)(20\d\d)[\s_-]*q([1-4])(?!\d)", re.IGNORECASE)
_MONTH = re.compile(r"(?<!\d)(20\d\d)[\s_-]*(jan|apr|jul|oct)[a-z]*", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)(\d{1,2})[-_](\d{1,2})[-_](20\d\d)(?!\d)")
#: NCCI versions count years from 1994 and quarters from 0: v302 is the third quarter of 2024.
_VERSION = re.compile(r"(?<![a-z0-9])v(\d\d)[.]?([0-3])r\d", re.IGNORECASE)


@dataclass(frozen=True)
class Release:
    """One edition: its id, its name in messages, its title, and its window of days of service, both ends included."""

    id: str
    name: str
    title: str
    since: date | None
    until: date | None


def quarter_window(year: int, quarter: int) -> tuple[date, date]:
    """The first and the last day of a quarter."""
    first = date(year, quarter * 3 - 2, 1)
    after = date(year + 1, 1, 1) if quarter == 4 else date(year, quarter * 3 + 1, 1)
    return first, after - timedelta(days=1)


def quarter_named(text: str, table: str, example: str = "2024q3") -> tuple[int, int]:
    """The (year, quarter) of an edition that a user calls by its quarter, `2024q3`. Raises ValueError, naming the table."""
    match = _NAMED.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"an edition of {table} is called by its quarter, as {example}")
    return int(match[1]), int(match[2])


def quarter_in(texts: Iterable[str]) -> tuple[int, int] | None:
    """The (year, quarter) that the first of some texts names: `2024q3`, `2025_OCT`, `v302r0`, `07-01-2024`."""
    for text in texts:
        match = _QUARTER.search(text)
        if match:
            return int(match[1]), int(match[2])
        match = _VERSION.search(text)
        if match:
            return 1994 + int(match[1]), int(match[2]) + 1
        match = _MONTH.search(text)
        if match:
            return int(match[1]), quarter_of(match[2])
        match = _DAY.search(text)
        if match and match[1].lstrip("0") in ("1", "4", "7", "10") and match[2].lstrip("0") == "1":
            return int(match[3]), (int(match[1]) + 2) // 3
    return None


def quarter_of(month: str) -> int:
    """The quarter that a month, by its English name, begins or lies in."""
    return MONTHS.index(month[:3].title()) // 3 + 1

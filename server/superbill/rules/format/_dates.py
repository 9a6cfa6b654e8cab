"""Read dates that no charge file should hold: what is wrong with them, and which days they may mean."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from superbill.charges import values
from superbill.rules.format._text import is_nothing

#: century: the year has two digits. order: day and month are exchanged, or may be. serial: a spreadsheet's
#: day number. form: a full date in a form that few systems read. two: two dates. impossible: no such day.
#: none: no date at all.
Kind = Literal["century", "order", "serial", "form", "two", "impossible", "none"]


@dataclass(frozen=True, slots=True)
class BadDate:
    """What is wrong with a date, and the days that it may mean, likeliest first."""

    kind: Kind
    choices: tuple[str, ...] = ()


_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_SHORT = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{2})(?:\s.*)?")
_LATE_YEAR = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:\s.*)?")
_EARLY_YEAR = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s].*)?")
_EIGHT = re.compile(r"(\d{2})(\d{2})(\d{4})")
_SIX = re.compile(r"(\d{2})(\d{2})(\d{2})")
_STAMP = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4}(?:\d{2})?(?:\.\d+)?(?:Z|[+-]\d{4})?|\.0+)")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_NAMED = (
    re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[-\s,.]*(?P<month>[a-z]{3,9})[-\s,.]*(?P<year>\d{4}|\d{2})(?::.*)?"),
    re.compile(
        r"(?:[a-z]{3,9},?\s+)?(?P<month>[a-z]{3,9})[-\s.]*(?P<day>\d{1,2})(?:st|nd|rd|th)?[-\s,]+(?P<year>\d{4}|\d{2})"
    ),
)
_TWO = re.compile(r"\s*(?:\s-\s|\bto\b|\bthru\b|\bthrough\b|(?<=\d{8})-(?=\d{8}$))\s*")
_FIRST_SERIAL, _LAST_SERIAL = 36526, 73050  # 2000-01-01 and 2099-12-31
_EPOCH = date(1899, 12, 30)


@lru_cache(maxsize=4096)
def judge_date(text: str) -> BadDate | None:
    """What is wrong with a date; None when it reads as one, or nothing stands there."""
    if is_nothing(text):
        return None
    value = values.clean(text)
    if 16 < len(value) < 60:
        pieces = _TWO.split(value)
        if len(pieces) == 2 and values.day(pieces[0]) and values.day(pieces[1]):
            return BadDate("two")
    day = values.day(text)
    if day is not None:
        if day.year >= 1900:
            return None
        return (
            BadDate("century", _iso([(2000 + day.year, day.month, day.day)]))
            if day.year < 100
            else BadDate("impossible")
        )
    if len(value) > 60:
        return BadDate("none")
    return _by_digits(value) or _by_name(value.lower()) or BadDate("none")


def _by_digits(value: str) -> BadDate | None:
    found = _SHORT.fullmatch(value)
    if found:
        a, mark, b, c = int(found[1]), found[2], int(found[3]), int(found[4])
        choices = _iso([(2000 + c, a, b), (2000 + c, b, a)] + ([(2000 + a, b, c)] if mark != "/" else []))
        return BadDate("century", choices) if choices else BadDate("impossible")
    found = _LATE_YEAR.fullmatch(value)
    if found:
        a, b, year = int(found[1]), int(found[3]), int(found[4])
        choices = _iso([(year, a, b), (year, b, a)])
        return BadDate("order", choices) if choices else BadDate("impossible")
    found = _EARLY_YEAR.fullmatch(value)
    if found:
        year, a, b = (int(part) for part in found.groups())
        straight, turned = _iso([(year, a, b)]), _iso([(year, b, a)])
        return BadDate("form", straight) if straight else BadDate("order", turned) if turned else BadDate("impossible")
    found = _STAMP.fullmatch(value)
    if found:
        choices = _iso([(int(found[1]), int(found[2]), int(found[3]))])
        if choices:
            return BadDate("form", choices)
    found = _EIGHT.fullmatch(value)
    if found:
        choices = _iso([(int(found[3]), int(found[1]), int(found[2])), (int(found[3]), int(found[2]), int(found[1]))])
        likely = tuple(choice for choice in choices if choice[:2] in ("19", "20"))
        if not likely:
            return BadDate("impossible")
        return BadDate("form" if len(likely) == 1 and int(found[1]) <= 12 else "order", likely)
    found = _SIX.fullmatch(value)
    if found:
        a, b, c = (int(part) for part in found.groups())
        choices = _iso([(2000 + c, a, b), (2000 + a, b, c)])
        return BadDate("century", choices) if choices else BadDate("none")
    found = _SERIAL.fullmatch(value)
    if found and _FIRST_SERIAL <= int(found[1]) <= _LAST_SERIAL:
        return BadDate("serial", ((_EPOCH + timedelta(days=int(found[1]))).isoformat(),))
    return None


def _by_name(value: str) -> BadDate | None:
    for pattern in _NAMED:
        found = pattern.fullmatch(value)
        if found and found["month"][:3] in _MONTHS:
            year = int(found["year"])
            short = len(found["year"]) == 2
            choices = _iso([(2000 + year if short else year, _MONTHS.index(found["month"][:3]) + 1, int(found["day"]))])
            return BadDate("century" if short else "form", choices) if choices else BadDate("impossible")
    return None


def _iso(readings: Iterable[tuple[int, int, int]]) -> tuple[str, ...]:
    """The readings that are days, as ISO dates, each once."""
    texts = (f"{year:04}-{month:02}-{day:02}" for year, month, day in readings)
    return tuple(dict.fromkeys(text for text in texts if values.day(text) is not None))

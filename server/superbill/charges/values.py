"""Read the values of a service line: codes, modifiers, units, dates, money. Nothing here raises."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

_CODE = re.compile(r"(?:[0-9]{5}|[0-9]{4}[FTUMA]|[A-EGHJ-MP-V][0-9]{4})")
_DATES = (
    (re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]\d{1,2}:.*)?"), (1, 3, 4)),
    (re.compile(r"(\d{1,2})([-/])(\d{1,2})\2(\d{4})(?: \d{1,2}:.*)?"), (4, 1, 3)),
    (re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{4}|\d{6})?"), (1, 2, 3)),
)
_MONTH_NAME = re.compile(r"(\d{1,2})(-?)([A-Za-z]{3})\2(\d{4})")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")
_SPACES = "    ﻿​"


def clean(text: str) -> str:
    """`text` without blanks of any kind around it."""
    return text.strip().strip(_SPACES).strip()


def has_code_shape(text: str) -> bool:
    """Whether `text` is shaped like a CPT or HCPCS Level II code, in upper case."""
    return _CODE.fullmatch(text) is not None


def code(text: str | None) -> str:
    """The code that `text` holds, blanks dropped and in upper case; "" when it has no code's shape."""
    if not text:
        return ""
    value = clean(text).upper()
    return value if _CODE.fullmatch(value) else ""


def is_level_two(text: str) -> bool:
    """Whether `text` is shaped like a code of HCPCS Level II, which CPT does not hold. D codes are dental and in neither."""
    return has_code_shape(text) and text[0].isalpha() and text[0] != "D"


def modifier(text: str) -> str:
    """The modifier that `text` holds, in upper case; "" when it is not two letters or digits."""
    value = clean(text).upper()
    return value if len(value) == 2 and value.isascii() and value.isalnum() else ""


def place(text: str | None) -> str:
    """The place of service that `text` holds; "" when it is not two digits."""
    value = clean(text or "")
    return value if len(value) == 2 and value.isascii() and value.isdigit() else ""


@lru_cache(maxsize=8192)
def number(text: str | None) -> Decimal | None:
    """A plain decimal number, or None."""
    value = clean(text or "")
    if not _NUMBER.fullmatch(value):
        return None
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


@lru_cache(maxsize=8192)
def money(text: str | None) -> Decimal | None:
    """An amount of money; a currency sign, thousands commas and brackets for a negative are understood."""
    value = clean(text or "").replace("$", "").replace(",", "").strip()
    if value.startswith("(") and value.endswith(")"):
        value = "-" + value[1:-1]
    return number(value)


@lru_cache(maxsize=8192)
def day(text: str | None) -> date | None:
    """A date in one of the forms that charge files use (US order where the year stands last), or None."""
    value = clean(text or "")
    if not value:
        return None
    for pattern, order in _DATES:
        match = pattern.fullmatch(value)
        if match:
            return _date(*(int(match.group(index)) for index in order))
    match = _MONTH_NAME.fullmatch(value)
    if match and match.group(3).lower() in _MONTHS:
        return _date(int(match.group(4)), _MONTHS.index(match.group(3).lower()) + 1, int(match.group(1)))
    return None


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None

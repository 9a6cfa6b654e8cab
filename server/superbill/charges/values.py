"""Read the values of a service line: codes, modifiers, units, dates, money. Nothing here raises."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

#: The shape of a code.
CODE = re.compile(r"(?:[0-9]{5}|[0-9]{4}[FTUMA]|[A-EGHJ-MP-V][0-9]{4})")
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
    return CODE.fullmatch(text) is not None


@lru_cache(maxsize=8192)
def code(text: str | None) -> str:
    """The code that `text` holds, blanks dropped and in upper case; "" when it has no code's shape."""
    if not text:
        return ""
    value = clean(text).upper()
    return value if CODE.fullmatch(value) else ""


def is_level_two(text: str) -> bool:
    """Whether `text` is shaped like a code of HCPCS Level II, which CPT does not hold. D codes are dental and in neither."""
    return has_code_shape(text) and text[0].isalpha() and text[0] != "D"


@lru_cache(maxsize=8192)
def modifier(text: str) -> str:
    """The modifier that `text` holds, in upper case; "" when it is not two letters or digits."""
    value = clean(text).upper()
    return value if len(value) == 2 and value.isascii() and value.isalnum() else ""


@lru_cache(maxsize=8192)
def place(text: str | None) -> str:
    """The place of service that `text` holds; "" when it is not two digits."""
    value = clean(text or "")
    return value if len(value) == 2 and value.isascii() and value.isdigit() else ""


#: How files begin what they write for a professional claim, and for a facility's.
_PROFESSIONAL = ("p", "carrier", "1500", "837p", "cms", "hcfa")
_FACILITY = ("facility", "fac", "inst", "inpat", "outpat", "hosp", "ub", "837i")
_CLAIM_TYPES = dict.fromkeys(("71", "72", "81", "82", "1700", "2700", "1800", "2800"), "professional")
#: CMS's claim types of facilities (their last figures are the type of bill, where there are four), or a type of bill.
_INSTITUTIONAL = re.compile(r"[1-6]0|6[1-4]|[12]0[1-8][1-9]|0?[1-8][1-9][0-9a-z]")


#: From this day on diagnoses are coded in ICD-10 (CMS).
ICD10_SINCE = date(2015, 10, 1)


@lru_cache(maxsize=1024)
def setting(text: str) -> str:
    """ "professional" or "facility" where a kind of claim, a claim type code or a type of bill says so; else as written,
    in lower case."""
    value = clean(text).lower()
    if value.startswith(_PROFESSIONAL):
        return "professional"
    if value.startswith(_FACILITY) or _INSTITUTIONAL.fullmatch(value):
        return "facility"
    return _CLAIM_TYPES.get(value, value)


#: Kinds of code that are CPT or HCPCS codes, as price files and interfaces call them.
_PROCEDURE_KINDS = frozenset({"HC", "C4", "CDT", "CPT4", "CPT", "HCPCS"})


def names_procedures(kind: str) -> bool:
    """Whether a code's kind as a file names it ("CPT", "HCPCS", "MS-DRG", "RC", "NDC") is that of procedure codes.
    What is left blank may be one."""
    value = clean(kind).upper()
    return not value or value in _PROCEDURE_KINDS or "CPT" in value or "HCPC" in value


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


def plain_money(amount: Decimal) -> str:
    """An amount as claims write it: no sign, no trailing zeros behind the point."""
    return format(amount.normalize(), "f")


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


def eight_digits(text: str) -> str:
    """A date as X12 and HL7 write it, 20251015; what is no date stays as it is."""
    found = day(text)
    return found.strftime("%Y%m%d") if found else text


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None

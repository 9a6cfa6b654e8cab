"""HCPCS Level II codes: what CMS's file says of one, and which listed codes are one slip away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from superbill.catalog.model import HcpcsCode
from superbill.catalog.shapes import is_level_two
from superbill.rules.knowledge import Knowledge

#: First letters of the codes in CMS's file. D codes are the dentists' and not in it.
_LETTERS = "ABCEGHJKLMPQRSTUV"


def is_listed_kind(code: str) -> bool:
    """Whether a code is of the kind that CMS's file lists all of: Level II, dental codes left out."""
    return code[:1].isalpha() and code[0] != "D" and is_level_two(code)


def in_force(record: HcpcsCode | None, on: date) -> bool:
    """Whether a code could be billed on a day."""
    return (
        record is not None
        and (record.since is None or record.since <= on)
        and (record.until is None or on <= record.until)
    )


def near(code: str, on: date, know: Knowledge) -> list[str]:
    """The codes in force on a day that differ from `code` by one character or by two that changed places."""
    return [other for other in _slips(code) if other != code and in_force(know.hcpcs(other, on), on)]


def _slips(code: str) -> Iterator[str]:
    for place, char in enumerate(code):
        for other in _LETTERS if place == 0 else "0123456789":
            if other != char:
                yield code[:place] + other + code[place + 1 :]
    for place in range(1, len(code) - 1):
        if code[place] != code[place + 1]:
            yield code[:place] + code[place + 1] + code[place] + code[place + 2 :]


def successors(record: HcpcsCode, on: date, know: Knowledge) -> list[str]:
    """The codes that CMS refers to from an ended one, those left out that could not be billed on that day."""
    return [other for other in record.successors if not is_level_two(other) or in_force(know.hcpcs(other, on), on)]

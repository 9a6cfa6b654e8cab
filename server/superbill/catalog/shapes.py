"""The shapes of codes: what can be a CPT or HCPCS code at all, whatever any table says.

Category I is five digits; II, III, PLA, MAAA and administrative codes are four digits and one of F T U M A;
Level II is a letter and four digits. The letters in use are read off CMS's files of 2025.
"""

from __future__ import annotations

import re

CODE = re.compile(r"(?:[0-9]{5}|[0-9]{4}[FTUMA]|[A-EGHJ-MP-V][0-9]{4})")
MODIFIER = re.compile(r"[A-Z0-9]{2}")
#: Raised by one whenever the tables of the database change, so that an old one is never read by new code.
FORMAT = 5
#: In the index of the search, entries of procedure codes are numbered below this and modifiers from here on.
FIRST_MODIFIER = 1_000_000


def is_code(text: str) -> bool:
    """Whether `text` has the shape of a CPT or HCPCS Level II code. Upper case is expected."""
    return CODE.fullmatch(text) is not None


def is_level_two(text: str) -> bool:
    """Whether `text` has the shape of a HCPCS Level II code: a letter, four digits."""
    return len(text) == 5 and "A" <= text[0] <= "V" and text[1:].isdigit() and is_code(text)


def is_modifier(text: str) -> bool:
    """Whether `text` has the shape of a modifier: two letters or digits."""
    return MODIFIER.fullmatch(text) is not None


def in_ranges(code: str, spans: tuple[tuple[str, str], ...]) -> bool:
    """Whether a code lies in one of the inclusive ranges of its own shape."""
    for low, high in spans:  # noqa: SIM110 - every rule asks, and `any` over a generator takes twice the time
        if low <= code <= high and shape(low) == shape(code):
            return True
    return False


def shape(code: str) -> str:
    """The shape of a code: digits as `9`, a letter in front as `A`, a letter behind kept (`9999T`, `A9999`)."""
    if code.isdigit():
        return "9" * len(code)
    return "".join("9" if char.isdigit() else "A" if place == 0 else char for place, char in enumerate(code))


def number(code: str) -> int:
    """The digits of a code as a number, by which codes of one shape are near to each other; 0 where it has none."""
    return int(code) if code.isdigit() else int("".join(filter(str.isdigit, code)) or 0)


def parse_range(text: str) -> tuple[str, str]:
    """Read `"70010-79999"` or `"76380"` as an inclusive range. Raises ValueError when it is neither."""
    low, dash, high = text.partition("-")
    low, high = low.strip(), high.strip() if dash else low.strip()
    if not is_code(low) or not is_code(high) or high < low or shape(low) != shape(high):
        raise ValueError(f"{text!r} is not a code or a range of codes of one shape")
    return low, high

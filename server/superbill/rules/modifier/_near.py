"""Modifiers that were probably meant: look-alikes, swapped characters, common ones one character off."""

from __future__ import annotations

from datetime import date

from superbill.rules.knowledge import Knowledge

_ALIKE = {
    "O": "0",
    "I": "1",
    "L": "1",
    "Z": "2",
    "S": "5",
    "G": "6",
    "B": "8",
    "0": "O",
    "1": "L",
    "5": "S",
    "8": "B",
}

#: What is on most lines that carry anything, most frequent first.
_COMMON = [
    "25",
    "26",
    "59",
    "TC",
    "LT",
    "RT",
    "50",
    "76",
    "GP",
    "KX",
    "51",
    "GA",
    "GC",
    "57",
    "58",
    "77",
    "78",
    "79",
    "80",
    "91",
    "95",
    "24",
    "GO",
    "GN",
    "GY",
    "GZ",
    "XE",
    "XP",
    "XS",
    "XU",
    "AS",
    "AA",
    "QZ",
    "JZ",
    "JW",
]
_AT_MOST = 3


def near(modifier: str, on: date, know: Knowledge) -> list[str]:
    """Up to three modifiers in force on a day that `modifier` may be a slip for, the likeliest first."""
    first, second = modifier[0], modifier[1]
    alike = [
        _ALIKE.get(first, first) + second,
        first + _ALIKE.get(second, second),
        _ALIKE.get(first, first) + _ALIKE.get(second, second),
    ]
    off_by_one = [common for common in _COMMON if (common[0] == first) != (common[1] == second)]
    found: list[str] = []
    swapped = [second + first] if second + first in _COMMON else []
    for other in (*alike, *swapped, *off_by_one):
        entry = know.modifier(other)
        if entry is None or other == modifier or other in found:
            continue
        if (entry.since is None or entry.since <= on) and (entry.until is None or on <= entry.until):
            found.append(other)
    return found[:_AT_MOST]

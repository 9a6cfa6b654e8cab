"""Diagnosis pointers as sheets and exports write them: letters as on the paper form, or numbers, with or without marks
between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_BETWEEN = re.compile(r"[\s,;:/|]+")
_LETTERS = "ABCDEFGHIJKL"
_MOST = 4


@lru_cache(maxsize=4096)
def wrong_pointers(text: str, count: int | None) -> tuple[tuple[str, str, str], ...]:
    """What is wrong with the pointers of a line: (kind, value, count) with the kinds "many", "unreadable", "beyond" and
    "twice". `count` is the number of diagnoses that there are, None where it is not known.

    A claim line has one to four pointers, each one of the claim's twelve diagnoses (CMS-1500, item 24E; X12 837P, SV107).

    >>> wrong_pointers("AB", 2), wrong_pointers("1,1", None), wrong_pointers("C", 2)
    ((), (('twice', '1', ''),), (('beyond', 'C', '2'),))
    """
    known = "" if count is None else str(count)
    found: list[tuple[str, str, str]] = []
    seen: set[int] = set()
    given = list(_pointers(text, count))
    if len(given) > _MOST:
        found.append(("many", str(len(given)), known))
    for shown, number in given:
        if not 1 <= number <= len(_LETTERS):
            found.append(("unreadable", shown, known))
        elif count is not None and number > count:
            found.append(("beyond", shown, known))
        elif number in seen:
            found.append(("twice", shown, known))
        seen.add(number)
    return tuple(found)


def _pointers(text: str, count: int | None) -> Iterator[tuple[str, int]]:
    """Each pointer as written, and its number; 0 for what is none. `12` is the twelfth where there are so many, else the
    first and the second."""
    for word in _BETWEEN.split(text.strip()):
        upper = word.upper()
        if not word:
            continue
        if all(letter in _LETTERS for letter in upper):
            yield from ((letter, _LETTERS.index(letter) + 1) for letter in upper)
        elif not word.isdecimal() or not word.isascii() or len(word) > len(_LETTERS):
            yield word, 0
        elif int(word) <= (len(_LETTERS) if count is None else count) or len(word) == 1 or "0" in word:
            yield word, int(word)
        else:
            yield from ((figure, int(figure)) for figure in word)

"""The code pairs of a code that matter most, for the card of the code."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nsmallest
from typing import TYPE_CHECKING

from superbill.catalog.shapes import shape

if TYPE_CHECKING:
    from datetime import date

    from superbill.catalog.pairs import PairTable
    from superbill.rules.knowledge import Knowledge

_SHOWN = 10
_LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Nearest:
    """Codes by the column of the code that was asked about and the indicator ("2-1": it bundles into them unless distinct),
    ten in all, and how many more pairs there are."""

    codes: dict[str, list[str]]
    more: int


def nearest(know: Knowledge, table: PairTable, code: str, on: date | None) -> Nearest:
    """The ten pairs of a code that matter most: with codes of its own family, and of those the nearest by number."""
    known: Nearest = table.kept(("nearest", code, on), lambda: _nearest(know, table, code, on))
    return known


def _nearest(know: Knowledge, table: PairTable, code: str, on: date | None) -> Nearest:
    found = [
        (other, f"{column}-{indicator}") for column in (2, 1) for other, indicator in table.partners(code, column, on)
    ]
    mine, kind, number = know.family(code), shape(code), _number(code)
    close = nsmallest(_LOOKED_AT, found, key=lambda pair: (shape(pair[0]) != kind, abs(_number(pair[0]) - number)))

    def relevance(pair: tuple[str, str]) -> tuple[int, bool, int]:
        theirs = know.family(pair[0])
        shared = next(
            (at for at, (a, b) in enumerate(zip(mine, theirs, strict=False)) if a != b), min(len(mine), len(theirs))
        )
        return -shared, know.procedure(pair[0]) is None, abs(_number(pair[0]) - number)

    codes: dict[str, list[str]] = {"2-1": [], "2-0": [], "1-1": [], "1-0": []}
    for other, key in sorted(close, key=relevance)[:_SHOWN]:
        codes[key].append(other)
    return Nearest(codes, max(len(found) - _SHOWN, 0))


def _number(code: str) -> int:
    digits = "".join(char for char in code if char.isdigit())
    return int(digits or 0)

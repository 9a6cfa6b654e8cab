"""The code pairs of a code that matter most, for the card of the code."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import nsmallest
from typing import TYPE_CHECKING

from superbill.catalog.reasons import of_pair
from superbill.catalog.shapes import number, shape

if TYPE_CHECKING:
    from datetime import date

    from superbill.catalog.pairs import PairTable
    from superbill.rules.knowledge import Knowledge

_SHOWN = 10
_LOOKED_AT = 30


@dataclass(frozen=True, slots=True)
class Nearest:
    """Codes by the column of the code that was asked about and the indicator ("2-1": it bundles into them unless distinct),
    each with why, in our words; ten in all, and how many more pairs there are."""

    codes: dict[str, list[tuple[str, str]]]
    more: int


def nearest(know: Knowledge, table: PairTable, code: str, on: date | None) -> Nearest:
    """The ten pairs of a code that matter most: with codes of its own family, and of those the nearest by number."""
    known: Nearest = table.kept(("nearest", code, on), lambda: _nearest(know, table, code, on))
    return known


def _nearest(know: Knowledge, table: PairTable, code: str, on: date | None) -> Nearest:
    columns = {column: table.terms(code, column, on) for column in (2, 1)}
    count = sum(map(len, columns.values()))
    near: list[tuple[str, int, str, int]] = []
    for size in (2, 1, 0):  # of thousands of pairs only those of like codes are worth a closer look
        start = code[:size]
        near = [
            (other, column, indicator, term)
            for column in (2, 1)
            for other, indicator, term in columns[column]
            if other.startswith(start)
        ]
        if len(near) >= _SHOWN:
            break
    mine, kind, home = know.family(code), shape(code), number(code)
    close = nsmallest(_LOOKED_AT, near, key=lambda pair: (abs(number(pair[0]) - home), shape(pair[0]) != kind))

    def relevance(pair: tuple[str, int, str, int]) -> tuple[int, bool, int]:
        theirs = know.family(pair[0])
        depth = min(len(mine), len(theirs))
        shared = next((at for at in range(depth) if mine[at] != theirs[at]), depth)
        return -shared, not know.catalog.title(pair[0]), abs(number(pair[0]) - home)

    codes: dict[str, list[tuple[str, str]]] = {"2-1": [], "2-0": [], "1-1": [], "1-0": []}
    for other, column, indicator, term in sorted(close, key=relevance)[:_SHOWN]:
        codes[f"{column}-{indicator}"].append((other, of_pair(table.phrase(term))))
    return Nearest(codes, max(count - _SHOWN, 0))

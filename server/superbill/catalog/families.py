"""Where a code belongs: the tree of families and ranges, read from the compiled catalog."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right, insort
from collections.abc import Callable, Sequence

from superbill.catalog.shapes import number, shape

_Range = tuple[str, str, str]


def family_paths(db: sqlite3.Connection) -> Callable[[str], tuple[str, ...]]:
    """A function from code to the names of its families, root first; the narrowest range that holds it decides."""
    nodes = {row[0]: (row[1], row[2]) for row in db.execute("SELECT id, parent, name FROM family")}
    depth: dict[str, int] = {}
    for name in nodes:
        depth[name] = depth.get(nodes[name][0], 0) + 1
    forms: dict[str, list[_Range]] = {}
    for one in db.execute("SELECT low, high, family FROM family_range"):
        forms.setdefault(shape(one[0]), []).append(one)

    stretches: dict[str, tuple[list[tuple[str, int]], list[str]]] = {}

    def path(code: str) -> tuple[str, ...]:
        form = shape(code)
        if form not in stretches:
            stretches[form] = _stretches(forms.get(form, ()), depth)
        starts, families = stretches[form]
        at = bisect_right(starts, (code, 0)) - 1
        family = families[at] if at >= 0 else ""
        names: list[str] = []
        while family:
            parent, name = nodes[family]
            names.append(name)
            family = parent
        return tuple(reversed(names))

    return path


def _stretches(ranges: Sequence[_Range], depth: dict[str, int]) -> tuple[list[tuple[str, int]], list[str]]:
    """Ranges that may lie in each other as stretches that do not: where each begins, and the family that decides in it
    ("" for none). A stretch begins with a code, (code, 0), or behind it, (code, 1)."""
    begins: dict[tuple[str, int], list[tuple[int, int, str]]] = {}
    ends: dict[tuple[str, int], list[tuple[int, int, str]]] = {}
    for low, high, family in ranges:
        rank = (-depth[family], number(high) - number(low), family)
        begins.setdefault((low, 0), []).append(rank)
        ends.setdefault((high, 1), []).append(rank)
    open_ones: list[tuple[int, int, str]] = []
    starts, families = sorted({*begins, *ends}), []
    for point in starts:
        for rank in begins.get(point, ()):
            insort(open_ones, rank)
        for rank in ends.get(point, ()):
            open_ones.remove(rank)
        families.append(open_ones[0][2] if open_ones else "")
    return starts, families

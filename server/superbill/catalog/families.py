"""Where a code belongs: the tree of families and ranges, read from the compiled catalog."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from superbill.catalog.shapes import shape


def family_paths(db: sqlite3.Connection) -> Callable[[str], tuple[str, ...]]:
    """A function from code to the names of its families, root first; the narrowest range that holds it decides."""
    nodes = {row[0]: (row[1], row[2]) for row in db.execute("SELECT id, parent, name FROM family")}
    spans = list(db.execute("SELECT low, high, family FROM family_range"))
    depth: dict[str, int] = {}
    for name in nodes:
        depth[name] = depth.get(nodes[name][0], 0) + 1

    def path(code: str) -> tuple[str, ...]:
        best = ""
        best_rank = (-1, 0)
        form = shape(code)
        for low, high, family in spans:
            if low <= code <= high and shape(low) == form:
                rank = (depth[family], -_size(low, high))
                if rank > best_rank:
                    best, best_rank = family, rank
        names: list[str] = []
        while best:
            parent, name = nodes[best]
            names.append(name)
            best = parent
        return tuple(reversed(names))

    return path


def _size(low: str, high: str) -> int:
    digits = [int("".join(char for char in text if char.isdigit()) or 0) for text in (low, high)]
    return digits[1] - digits[0]

"""Which cell of a row holds the code, and the modifier slots, of which one cell may hold several."""

from __future__ import annotations

import re

from superbill.charges import values
from superbill.charges.dialects.delimited.layout import Group, Layout

_SEPARATED = re.compile(r"[^,;:/|~\s]+")
_SEPARATED_DASH = re.compile(r"[^-,;:/|~\s]+")


def code_column(found: list[str], group: Group) -> int:
    """Of the columns that may hold the code, the first that holds one; else the first that holds anything.

    A column whose kind is said to be another than that of procedure codes holds none; -1 when this leaves no column.
    """
    codes = group.codes
    if group.kinds:
        codes = tuple(
            index
            for index, kind in zip(codes, group.kinds, strict=True)
            if not (0 <= kind < len(found)) or values.names_procedures(found[kind])
        )
        if not codes:
            return -1
    if len(codes) == 1:
        return codes[0]
    filled = [index for index in codes if index < len(found) and found[index].strip()]
    for index in filled:
        if values.code(found[index]):
            return index
    return filled[0] if filled else codes[0]


def modifier_slots(found: list[str], group: Group, layout: Layout) -> list[tuple[str, int, tuple[int, int]]]:
    """(text, column, span within the cell's value) of every modifier slot of a row."""
    slots: list[tuple[str, int, tuple[int, int]]] = []
    for index in group.modifiers:
        if index >= len(found):
            continue
        value = found[index]
        if layout.packed and value.strip():
            pattern = _SEPARATED if value.strip().startswith("-") else _SEPARATED_DASH
            for match in pattern.finditer(value):
                slots.append((match.group(), index, match.span()))
        else:
            slots.append((value, index, (0, len(value))))
    return slots

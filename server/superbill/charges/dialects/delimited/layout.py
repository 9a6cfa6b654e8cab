"""How one delimited document is laid out: separator, heading, which column holds what, and what its rows are for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from superbill.charges import values
from superbill.charges.columns import Column, Role, column, normalise
from superbill.charges.dialect import HEAD_LINES, HEAD_SIZE
from superbill.charges.dialects.delimited.cells import body, read_row, split
from superbill.charges.model import Purpose

SEPARATORS = (",", "\t", "|", ";")
_COMMON_MODIFIERS = frozenset(
    [
        "25",
        "26",
        "TC",
        "59",
        "50",
        "51",
        "LT",
        "RT",
        "76",
        "77",
        "GP",
        "GO",
        "GN",
        "GA",
        "GY",
        "GZ",
        "KX",
        "QW",
        "24",
        "57",
        "58",
        "78",
        "79",
        "80",
        "AS",
        "XS",
        "XE",
        "XU",
        "XP",
    ]
)
_CLAIM_ROLES = frozenset({"units", "date", "place", "claim", "patient", "diagnosis", "pointer", "line_number"})
_MODIFIER_COLUMNS = 6


@dataclass(frozen=True, slots=True)
class Group:
    """The columns of one service line. A wide file has several groups in each row. -1: no such column."""

    codes: tuple[int, ...]
    modifiers: tuple[int, ...] = ()
    units: int = -1
    date: int = -1
    date_to: int = -1
    place: int = -1
    charge: int = -1
    diagnoses: tuple[int, ...] = ()
    pointer: int = -1


@dataclass(frozen=True, slots=True)
class Layout:
    """What the head of a document tells of all its rows.

    `heading` is the line on which the heading row begins, -1 when there is none. `groups` is empty when the headings are
    those of a charge file and none of them is known to hold the code. `packed` says that the only modifier
    column may hold several modifiers in one cell.
    """

    separator: str
    heading: int
    width: int
    groups: tuple[Group, ...]
    purpose: Purpose
    claim: int = -1
    patient: int = -1
    provider: int = -1
    payer: int = -1
    setting: int = -1
    packed: bool = False
    roles: tuple[tuple[int, str, int], ...] = ()
    names: tuple[str, ...] = field(default=(), compare=True)
    sureness: float = 0.0


def detect(head: Sequence[str], expected: str = "") -> Layout | None:
    """The layout of a document with this head, or None when it holds no charges in columns that can be told.

    `expected` is the separator that the file's ending suggests.
    """
    head = _bounded(head)
    if not any(line.strip() for line in head):
        return None
    best: Layout | None = None
    for separator in SEPARATORS:
        if not any(separator in line for line in head):
            continue
        rows = _rows(head, separator)
        found = _with_heading(rows, separator) or _without_heading(rows, separator)
        if found and (best is None or found.sureness > best.sureness + (0.05 if best.separator == expected else 0)):
            best = found
    return best


def _bounded(head: Sequence[str]) -> list[str]:
    lines: list[str] = []
    size = 0
    for line in head[:HEAD_LINES]:
        size += len(line)
        if size > HEAD_SIZE and lines:
            break
        lines.append(line[:HEAD_SIZE])
    return lines


def _rows(head: list[str], separator: str) -> list[tuple[int, list[str]]]:
    """(line, cells) of the rows of the head."""
    rows = []
    index = 0
    while index < len(head):
        row = read_row(head, index, separator)
        text = body(row.text)
        if text.strip():
            rows.append((index, split(text, separator)))
        index += max(row.height, 1)
    return rows


def _with_heading(rows: list[tuple[int, list[str]]], separator: str) -> Layout | None:
    """The layout by the first row that reads like a heading: names of columns, none of them a value."""
    for order, (line, cells) in enumerate(rows[:12]):
        if len(cells) < 2:
            continue
        columns = {index: found for index, name in enumerate(cells) if (found := column(values.clean(name)))}
        roles = {found.role for found in columns.values()}
        if not roles & {"code", "modifier", "modifiers"}:
            continue
        if any(values.code(name) for name in cells):
            continue  # a heading names codes, it does not hold one
        layout = _lay_out(separator, line, cells, columns, [row for _, row in rows[order + 1 :]])
        if layout:
            return layout
        if roles & {"modifier", "modifiers"} and len(roles & _CLAIM_ROLES) >= 3:
            return Layout(separator, line, len(cells), (), "claim", names=tuple(cells), sureness=0.5)
    return None


def _lay_out(
    separator: str, line: int, names: list[str], columns: dict[int, Column], samples: list[list[str]]
) -> Layout | None:
    by_role: dict[str, list[int]] = {}
    for index, found in sorted(columns.items(), key=lambda item: (item[1].rank, item[1].number, item[0])):
        by_role.setdefault(found.role, []).append(index)
    codes = [index for index in by_role.get("code", []) if _may_hold_codes(index, samples)]
    if not codes:
        return None
    numbered = [index for index in codes if columns[index].number > 0]
    if len(numbered) > 1 and len({normalise(names[i]).rstrip("0123456789") for i in numbered}) == 1:
        groups = tuple(_wide_group(index, columns) for index in numbered)
        modifiers: tuple[int, ...] = ()
        packed = False
    else:
        modifiers, packed = _modifier_columns(by_role, columns)
        # Two code columns of one rank (CPT and HCPC) are alternatives; a vaguer name beside a surer one is not a code.
        sure = [index for index in codes if columns[index].rank <= columns[codes[0]].rank + 11]
        group = Group(
            codes=tuple(sure),
            modifiers=modifiers,
            units=_first(by_role, "units"),
            date=_first(by_role, "date"),
            date_to=_first(by_role, "date_to"),
            place=_first(by_role, "place"),
            charge=_first(by_role, "charge"),
            diagnoses=tuple(sorted(by_role.get("diagnosis", ())))[:12],
            pointer=_first(by_role, "pointer"),
        )
        groups = (group,)
    purpose = _purpose(by_role, names)
    sureness = 0.9 + min(len(columns), 9) / 100
    return Layout(
        separator=separator,
        heading=line,
        width=len(names),
        groups=groups,
        purpose=purpose,
        claim=_first(by_role, "claim"),
        patient=_first(by_role, "patient"),
        provider=_first(by_role, "provider"),
        payer=_first(by_role, "payer"),
        setting=_first(by_role, "setting"),
        packed=packed,
        roles=tuple((index, found.role, found.number) for index, found in sorted(columns.items())),
        names=tuple(names),
        sureness=sureness,
    )


def _first(by_role: dict[str, list[int]], role: str) -> int:
    found = by_role.get(role)
    return found[0] if found else -1


def _modifier_columns(by_role: dict[str, list[int]], columns: dict[int, Column]) -> tuple[tuple[int, ...], bool]:
    single = by_role.get("modifier", [])
    single = sorted(single, key=lambda index: (columns[index].number, index))[:_MODIFIER_COLUMNS]
    if single:
        return tuple(single), len(single) == 1
    joined = by_role.get("modifiers", [])
    return (tuple(joined[:_MODIFIER_COLUMNS]), len(joined) == 1) if joined else ((), False)


def _wide_group(index: int, columns: dict[int, Column]) -> Group:
    number = columns[index].number
    same: dict[Role, int] = {
        found.role: place for place, found in columns.items() if found.number == number and place != index
    }
    return Group(
        codes=(index,),
        modifiers=(same["modifier"],) if "modifier" in same else (),
        units=same.get("units", -1),
        place=same.get("place", -1),
        charge=same.get("charge", -1),
        date=_shared(columns, "date", same),
        date_to=_shared(columns, "date_to", same),
    )


def _shared(columns: dict[int, Column], role: Role, same: dict[Role, int]) -> int:
    if role in same:
        return same[role]
    places = [place for place, found in columns.items() if found.role == role and found.number == 0]
    return places[0] if places else -1


def _may_hold_codes(index: int, samples: list[list[str]]) -> bool:
    """Whether a column called like a code column can be one: not if it is full and nothing in it is near a code."""
    cells = [values.clean(row[index]) for row in samples if index < len(row)]
    cells = [cell for cell in cells if cell]
    if len(cells) < 3:
        return True
    near = sum(1 for cell in cells if _near_code(cell))
    return near * 5 >= len(cells)


def _near_code(text: str) -> bool:
    if values.code(text[:5]):
        return len(text) == 5 or not text[5].isalnum() or len(text) in (7, 9)
    return len(text) <= 5 and text.replace(".", "").isalnum()


def _purpose(by_role: dict[str, list[int]], names: list[str]) -> Purpose:
    known = {normalise(name) for name in names}
    if "price" in by_role or "code_type" in by_role or any(name.startswith("standard_charge") for name in known):
        return "price" if not {"claim", "patient", "date"} & set(by_role) else "claim"
    if _CLAIM_ROLES & set(by_role):
        return "claim"
    if by_role.keys() & {"modifier", "modifiers"} and not by_role.keys() & {"description", "charge"}:
        return "claim"
    return "price"


def _without_heading(rows: list[tuple[int, list[str]]], separator: str) -> Layout | None:
    """The layout of a file that has no heading, by what its columns hold.

    Five digits alone may be anything, so a code column needs company: a column of modifiers or a column of dates.
    """
    table = [cells for _, cells in rows if len(cells) > 1]
    if len(table) < 3 or len(table) < 0.8 * len(rows):
        return None
    width = Counter(len(cells) for cells in table).most_common(1)[0][0]
    table = [cells for cells in table if len(cells) == width]
    if len(table) < 3:
        return None
    holds: dict[str, list[int]] = {}
    for index in range(min(width, 60)):
        kind = _kind([values.clean(row[index]) for row in table])
        if kind:
            holds.setdefault(kind, []).append(index)
    codes = holds.get("code", [])
    modifiers = [index for index in holds.get("modifier", []) if codes and 0 < index - codes[0] <= 5]
    if len(codes) != 1 or not (modifiers or (holds.get("date") and holds.get("small"))):
        return None
    after = [index for index in holds.get("small", []) if index > codes[0]]
    units = after[0] if after else -1
    group = Group(
        codes=(codes[0],),
        modifiers=tuple(modifiers[:_MODIFIER_COLUMNS]),
        units=units,
        date=holds.get("date", [-1])[0],
        place=next((index for index in holds.get("place", []) if index != units), -1),
    )
    roles = [(codes[0], "code", 0), *((index, "modifier", n) for n, index in enumerate(modifiers, 1))]
    roles += [
        (index, role, 0)
        for index, role in ((group.units, "units"), (group.date, "date"), (group.place, "place"))
        if index >= 0
    ]
    return Layout(
        separator=separator,
        heading=-1,
        width=width,
        groups=(group,),
        purpose="claim",
        roles=tuple(sorted(roles)),
        sureness=0.6,
    )


_SMALL = re.compile(r"[1-9]\d?")
_PLACES = frozenset(
    [
        "02",
        "10",
        "11",
        "12",
        "19",
        "20",
        "21",
        "22",
        "23",
        "24",
        "31",
        "32",
        "34",
        "41",
        "49",
        "50",
        "65",
        "71",
        "72",
        "81",
    ]
)


def _kind(cells: list[str]) -> str:
    filled = [cell for cell in cells if cell]
    if not filled:
        return ""
    share = len(filled) / len(cells)
    if share >= 0.8 and all(values.code(cell) for cell in filled) and len(set(filled)) > 1:
        return "code"
    if all(values.day(cell) for cell in filled) and share >= 0.8:
        return "date"
    if all(len(cell) == 2 for cell in filled):
        upper = {cell.upper() for cell in filled}
        if share >= 0.8 and upper <= _PLACES:
            return "place"
        if upper & _COMMON_MODIFIERS and sum(cell.upper() in _COMMON_MODIFIERS for cell in filled) * 2 >= len(filled):
            return "modifier"
    if share >= 0.8 and all(_SMALL.fullmatch(cell) for cell in filled):
        return "small"
    return ""

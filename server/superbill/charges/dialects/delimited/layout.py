"""How one delimited document is laid out: separator, heading, which column holds what, and what its rows are for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from superbill.charges import values
from superbill.charges.columns import ROLES, Column, Role, column, identify, normalise
from superbill.charges.dialect import HEAD_LINES, HEAD_SIZE
from superbill.charges.dialects.delimited.cells import body, read_row, split
from superbill.charges.model import Purpose
from superbill.charges.remarks import in_hash

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
#: Rows in which a heading is looked for, and columns that one may have: with a name that promises a table, and without.
_HEADING_ROWS = 12
_MOST_COLUMNS, _MOST_UNNAMED = 20_000, 1_000
#: Columns that only files of facility claims have.
_FACILITY_NAMES = frozenset({"at_physn_npi", "clm_admsn_dt", "clm_fac_type_cd", "clm_drg_cd", "clm_ip_admsn_type_cd"})
#: Dates of a whole claim: the day of one of its lines is not known when they differ.
_CLAIM_FROM, _CLAIM_THRU = "clm_from_dt", "clm_thru_dt"
_CANDIDATES = 5
_LONGEST_NAME = 60

#: What the settings say of columns, by `columns.identify` of the heading.
Mapped = Mapping[str, Column]


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
    provider: int = -1
    kinds: tuple[int, ...] = ()  #: for each code column the one that says which kind of code it holds, or -1


@dataclass(frozen=True, slots=True)
class Layout:
    """What the head of a document tells of all its rows.

    `heading` is the line on which the heading row begins, -1 when there is none. `groups` is empty when the headings are
    those of a charge file and none of them is known to hold the code; `candidates` are then the columns that may. `packed`
    says that the only modifier column may hold several modifiers in one cell. `setting` is a column, `facility` says that
    all rows are a facility's, `revenue` is the revenue code, which only a facility's lines have. `thru` is the last day of
    the claim, where the date of a line is that of its claim. `needed` is the number of columns up to the last one that
    has a name.
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
    revenue: int = -1
    facility: bool = False
    thru: int = -1
    packed: bool = False
    needed: int = 0
    candidates: tuple[int, ...] = ()
    roles: tuple[tuple[int, str, int], ...] = ()
    names: tuple[str, ...] = field(default=(), compare=True)
    sureness: float = 0.0


def detect(head: Sequence[str], expected: str = "", mapping: Sequence[tuple[str, str, int]] = ()) -> Layout | None:
    """The layout of a document with this head, or None when it holds no charges in columns that can be told.

    `expected` is the separator that the file's ending suggests, `mapping` what the settings say (`Hints.columns`).
    """
    head = _bounded(head)
    if not any(line.strip() for line in head):
        return None
    mapped = {
        heading: Column(role, number, number - 100)
        for heading, name, number in mapping
        for role in ROLES
        if role == name
    }
    best: Layout | None = None
    for separator in SEPARATORS:
        if not any(separator in line for line in head):
            continue
        rows = _rows(head, separator)
        most = _MOST_COLUMNS if expected else _MOST_UNNAMED
        found = _with_heading(rows, separator, mapped, most) or _without_heading(rows, separator)
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
        if in_hash(head[index]) is not None:  # a comment for us, which may hold commas
            index += 1
            continue
        row = read_row(head, index, separator)
        text = body(row.text)
        if text.strip():
            rows.append((index, split(text, separator)))
        index += max(row.height, 1)
    return rows


def _with_heading(rows: list[tuple[int, list[str]]], separator: str, mapped: Mapped, most: int) -> Layout | None:
    """The layout by the first row that reads like a heading: names of columns, none of them a value."""
    for order, (line, cells) in enumerate(rows[:_HEADING_ROWS]):
        if not 2 <= len(cells) <= most:
            continue
        columns = _columns(cells, mapped)
        roles = {found.role for found in columns.values()}
        if not roles & {"code", "modifier", "modifiers"}:
            continue
        if any(values.code(name) for name in cells):
            continue  # a heading names codes, it does not hold one
        samples = [row for _, row in rows[order + 1 :]]
        layout = _lay_out(separator, line, cells, columns, samples)
        if layout:
            return layout
        if roles & {"modifier", "modifiers"} and len(roles & _CLAIM_ROLES) >= 3:
            return Layout(
                separator,
                line,
                len(cells),
                (),
                "claim",
                roles=_roles(columns),
                names=tuple(cells),
                candidates=_candidates(cells, columns, samples),
                sureness=0.5,
            )
    return None


def _columns(names: list[str], mapped: Mapped) -> dict[int, Column]:
    """What the columns of a heading hold. What the settings say of one leaves no guess about others of its role."""
    said = {}
    if mapped:
        said = {
            index: mapped[key] for index, name in enumerate(names) if (key := identify(values.clean(name))) in mapped
        }
    taken = {found.role for found in said.values()}
    if taken & {"modifier", "modifiers"}:
        taken |= {"modifier", "modifiers"}
    columns: dict[int, Column] = {}
    for index, name in enumerate(names):
        found = said.get(index) or column(values.clean(name))
        if found and (index in said or found.role not in taken):
            columns[index] = found
    return columns


def _roles(columns: dict[int, Column]) -> tuple[tuple[int, str, int], ...]:
    return tuple((index, found.role, found.number) for index, found in sorted(columns.items()))


def _candidates(names: list[str], columns: dict[int, Column], samples: list[list[str]]) -> tuple[int, ...]:
    """The columns of a charge file that may hold the code: those in which most values look like one."""
    shares = []
    for index, name in enumerate(names):
        if not 0 < len(values.clean(name)) <= _LONGEST_NAME or (
            index in columns and columns[index].role not in ("code", "description", "note", "price")
        ):
            continue
        filled = [cell for row in samples if index < len(row) and (cell := values.clean(row[index]))]
        near = sum(1 for cell in filled if values.code(cell[:5]) and not cell[5:6].isalnum())
        if near and near * 2 >= len(filled):
            shares.append((-near / len(filled), index))
    return tuple(index for _, index in sorted(shares)[:_CANDIDATES])


def _lay_out(
    separator: str, line: int, names: list[str], columns: dict[int, Column], samples: list[list[str]]
) -> Layout | None:
    by_role: dict[str, list[int]] = {}
    for index, found in sorted(columns.items(), key=lambda item: (item[1].rank, item[1].number, item[0])):
        by_role.setdefault(found.role, []).append(index)
    kinds = _kinds_of_codes(by_role, columns)
    codes = [
        index
        for index in by_role.get("code", [])
        if index in kinds or columns[index].rank < 0 or _may_hold_codes(index, samples)
    ]
    if not codes:
        return None
    purpose = _purpose(by_role, names)
    keys = [] if purpose == "price" or kinds else _line_keys(codes, names, columns)
    date, date_to, thru = _dates(by_role, names)
    if keys:
        groups = tuple(_wide_group(key, index, names, columns, date_to) for key, index in keys)
        packed = all(len(group.modifiers) == 1 for group in groups)
    else:
        modifiers, packed = _modifier_columns(by_role, columns)
        # Two code columns of one rank (CPT and HCPC) are alternatives; a vaguer name beside a surer one is not a code.
        sure = [index for index in codes if index in kinds or columns[index].rank <= columns[codes[0]].rank + 11]
        group = Group(
            codes=tuple(sure),
            modifiers=modifiers,
            units=_first(by_role, "units"),
            date=date,
            date_to=date_to,
            place=_first(by_role, "place"),
            charge=_first(by_role, "charge"),
            diagnoses=tuple(sorted(by_role.get("diagnosis", ())))[:12],
            pointer=_first(by_role, "pointer"),
            kinds=tuple(kinds.get(index, -1) for index in sure) if kinds else (),
        )
        groups = (group,)
    known = {normalise(name) for name in names}
    revenue, place = _first(by_role, "revenue"), _first(by_role, "place")
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
        revenue=revenue,
        facility=place < 0 and (revenue >= 0 or bool(known & _FACILITY_NAMES)),
        thru=thru,
        packed=packed,
        needed=max((index + 1 for index, name in enumerate(names) if name.strip()), default=0),
        roles=_roles(columns),
        names=tuple(names),
        sureness=0.9 + min(len(columns), 9) / 100,
    )


def _kinds_of_codes(by_role: dict[str, list[int]], columns: dict[int, Column]) -> dict[int, int]:
    """For each code column that has one, the column that says which kind of code stands in it."""
    codes, kinds = by_role.get("code", []), by_role.get("code_type", [])
    found = {}
    for code in codes:
        same = [kind for kind in kinds if columns[kind].number == columns[code].number]
        if same:
            found[code] = same[0]
    if not found and kinds and codes:
        found[codes[0]] = kinds[0]
    return found


def _line_keys(codes: list[int], names: list[str], columns: dict[int, Column]) -> list[tuple[int, int]]:
    """(number of the service line, its code column) where each row holds several lines; else nothing."""
    keyed = sorted((columns[index].group, index) for index in codes if columns[index].group)
    if len({key for key, _ in keyed}) > 1 and len({key for key, _ in keyed}) == len(keyed):
        return keyed
    numbered = sorted(
        (columns[index].number, index) for index in codes if columns[index].number and columns[index].rank >= 0
    )
    stems = {_stem(names[index]) for _, index in numbered}
    if not numbered or len(stems) != 1:
        return []
    if numbered[0][0] > 1:  # `cpt`, `cpt2`, `cpt3`
        first = [index for index in codes if not columns[index].number and _stem(names[index]) in stems]
        numbered = [(1, index) for index in first[:1]] + numbered
    return numbered if len(numbered) > 1 else []


def _stem(name: str) -> str:
    return normalise(name).rstrip("0123456789").rstrip("_")


def _dates(by_role: dict[str, list[int]], names: list[str]) -> tuple[int, int, int]:
    """The columns of a line's first and last day, and of the last day of the claim where the first is the claim's."""
    date, date_to = _first(by_role, "date"), _first(by_role, "date_to")
    if date_to >= 0 and normalise(names[date_to]) == _CLAIM_THRU:
        thru = date_to if date >= 0 and normalise(names[date]) == _CLAIM_FROM else -1
        return date, -1, thru
    return date, date_to, -1


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


def _wide_group(key: int, code: int, names: list[str], columns: dict[int, Column], date_to: int) -> Group:
    """The columns of service line `key`: those that bear its number, and for dates else the ones without a number."""
    grouped = columns[code].group > 0
    first = key == 1 and not grouped and not columns[code].number

    def of(role: Role, shared: bool = False) -> list[int]:
        mine, open_to_all = [], []
        for index, found in sorted(columns.items(), key=lambda item: (item[1].rank, item[1].number, item[0])):
            if found.role != role or index == code:
                continue
            if found.group == key or (not found.group and found.number == key and not grouped):
                mine.append(index)
            elif not found.group and not found.number:
                open_to_all.append(index)
        return mine or (open_to_all if shared or first else [])

    def one(role: Role, shared: bool = False) -> int:
        found = of(role, shared)
        return found[0] if found else -1

    last = one("date_to", shared=True)
    return Group(
        codes=(code,),
        modifiers=tuple((of("modifier") or of("modifiers"))[:_MODIFIER_COLUMNS]),
        units=one("units"),
        place=one("place", shared=True),
        charge=one("charge"),
        date=one("date", shared=True),
        date_to=last if last >= 0 and (date_to >= 0 or columns[last].number or columns[last].group) else -1,
        diagnoses=tuple(index for index in of("diagnosis") if grouped or normalise(names[index]).startswith("line_")),
        pointer=one("pointer"),
        provider=one("provider"),
    )


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
    if {"revenue", "description"} <= set(by_role) and not {"claim", "patient", "date"} & set(by_role):
        return "price"  # a charge master: what is charged by default
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

"""Tables in running text, as people paste them: pipes, tabs, columns held by blanks; whole, wrapped or cut off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

_ROLES = {
    "modifier": "modifier mod modifiers mods modifiercode modifiernumber cptmodifier hcpcsmodifier modifiercodes",
    "code": "code cpt hcpcs cptcode hcpcscode relatedcode procedurecode codes cptcodes relatedcodes column2 column1 cpthcpcs cpthcpcscode",
    "payer": "payer plan insurer payers payor carrier",
    "means": "description meaning means definition name whatitmeans title descriptor modifierdescription modifiername label gloss shortdescription",
    "when": "whentouse when usage use application guidance notes note whentouseit usehere how comment comments rationale policy coverage relationship "
    "why reason difference whenused usewhen instructions explanation context relation usageguidance whentoapply appliedwhen usagenotes requirement",
}
_ROLE = {word: role for role, words in _ROLES.items() for word in words.split()}
_SEPARATOR = re.compile(r"^[\s|:+=-]*-{1,}[\s|:+=-]*$")
_GAP = re.compile(r"\s{2,}")
_FIRST = ("modifier", "code", "payer")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line (from 0), its cells, and whether a closing pipe ends it."""

    line: int
    cells: tuple[str, ...]
    closed: bool = False


@dataclass(slots=True)
class Table:
    """A table: where it begins, what its columns hold ("" for a column of no known kind), its rows, and the line behind it."""

    line: int
    roles: tuple[str, ...]
    headings: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)
    end: int = 0

    @property
    def kind(self) -> str:
        """What the rows are about: "modifier", "code", "payer", or "" for a table of any other kind."""
        return self.roles[0] if self.roles and self.roles[0] in _FIRST else ""

    def cell(self, row: Row, role: str) -> str:
        """The text of a row under the first column of a role."""
        if role not in self.roles:
            return ""
        place = self.roles.index(role)
        return row.cells[place] if place < len(row.cells) else ""


def is_separator(line: str) -> bool:
    """Whether a line is the rule between a heading and its rows: `|---|:--|`."""
    return "-" in line and "|" in line and _SEPARATOR.match(line) is not None


def table_at(lines: Sequence[str], start: int, section: str = "") -> Table | None:
    """The table that begins on a line (from 0), or None when none does.

    `section` is the section around it: in one about modifiers, rows without a heading are read as modifier, meaning, use.
    """
    line = lines[start]
    following = lines[start + 1] if start + 1 < len(lines) else ""
    style = "pipe" if "|" in line else "tab" if "\t" in line.strip() else "gap" if _GAP.search(line.strip()) else ""
    if not style:
        return None
    cells, _ = _cells(line, style)
    roles = tuple(_ROLE.get(re.sub(r"[^a-z0-9]", "", cell.lower()), "") for cell in cells)
    known = sum(map(bool, roles))
    ruled = style == "pipe" and is_separator(following)
    if len(cells) > 1 and (known >= 2 or (known and roles[0] in _FIRST and style != "gap") or ruled):
        return _rows(lines, Table(start, _named(roles), cells), start + 1, style)
    if (
        section in ("modifiers", "never")
        and style != "gap"
        and re.fullmatch(r"\W*(?:modifier )?-?[0-9A-Z]{2}\W*", cells[0])
    ):
        assumed = ("modifier", "means", "when")[: max(2, min(3, len(cells)))]
        return _rows(lines, Table(start, assumed, assumed), start, style)
    return None


def _named(roles: tuple[str, ...]) -> tuple[str, ...]:
    """A column has one role; a second one of the same kind is of no known kind."""
    return tuple(role if roles.index(role) == place else "" for place, role in enumerate(roles))


def _cells(line: str, style: str) -> tuple[tuple[str, ...], bool]:
    if style == "pipe":
        text = line.strip()
        closed = text.endswith("|") and not text.endswith("\\|")
        inner = re.split(r"(?<!\\)\|", text.removeprefix("|"))
        if closed:
            inner = inner[:-1]
        return tuple(cell.replace("\\|", "|").strip() for cell in inner), closed
    parts = line.strip("\n").split("\t") if style == "tab" else _GAP.split(line.strip())
    return tuple(part.strip() for part in parts), False


def _rows(lines: Sequence[str], table: Table, start: int, style: str) -> Table:
    place = start
    stops = _stops(lines[table.line], table.headings) if style == "gap" else []
    while place < len(lines):
        line = lines[place]
        if style == "pipe" and is_separator(line):
            place += 1
            continue
        if style == "gap" and set(line.strip()) <= set("-= ") and line.strip():
            place += 1
            continue
        row = _row(line, place, style, stops)
        if row is not None:
            if table.rows and not row.cells[0] and any(row.cells):  # wrapped below the row before
                table.rows[-1] = _joined(table.rows[-1], row)
            elif any(row.cells):
                table.rows.append(row)
        elif table.rows and line.strip() and line.strip()[0].islower() and not table.rows[-1].closed:
            last = table.rows[-1]
            table.rows[-1] = Row(last.line, (*last.cells[:-1], f"{last.cells[-1]} {line.strip()}".strip()), False)
        elif not line.strip() and _continues(lines, place + 1, style):
            pass  # an empty line between rows
        else:
            break
        place += 1
    table.end = place
    return table


def _row(line: str, place: int, style: str, stops: list[int]) -> Row | None:
    if style == "pipe":
        return Row(place, *_cells(line, style)) if "|" in line else None
    if style == "tab":
        return Row(place, *_cells(line, style)) if "\t" in line.rstrip("\t ") or line.endswith("\t") else None
    if not line.strip():
        return None
    if all(stop >= len(line) or (line[stop - 1] == " ") for stop in stops[1:]) and len(line) > stops[1]:
        bounds = [*stops, len(line)]
        return Row(place, tuple(line[low:high].strip() for low, high in pairwise(bounds)))
    cells, _ = _cells(line, style)
    return Row(place, cells) if len(cells) > 1 and not line[0].isspace() else None


def _stops(heading: str, cells: tuple[str, ...]) -> list[int]:
    """Where the columns of a heading begin."""
    found: list[int] = []
    place = 0
    for cell in cells:
        place = heading.index(cell, place)
        found.append(place)
        place += len(cell)
    return found


def _continues(lines: Sequence[str], place: int, style: str) -> bool:
    """Whether a table goes on behind an empty line: with pipes and tabs only, where a row cannot be mistaken."""
    if style == "gap" or place >= len(lines):
        return False
    return (
        re.match(r"\W*[0-9A-Z]{2}\W*[|\t]" if style == "tab" else r"\s*\|?\s*\W*[0-9A-Z]{2,5}\W*\s*\|", lines[place])
        is not None
    )


def _joined(first: Row, second: Row) -> Row:
    width = max(len(first.cells), len(second.cells))
    pairs = (
        " ".join(cells[place] for cells in (first.cells, second.cells) if place < len(cells) and cells[place])
        for place in range(width)
    )
    return Row(first.line, tuple(pairs), second.closed or first.closed)


def broken(table: Table) -> Row | None:
    """The row in which a text breaks off, if it does: the last one, unfinished. For a table that ends its text.

    Unfinished is a row with fewer cells than the heading or an empty last one; one without the closing pipe or the full
    stop that all rows before it have.
    """
    if not table.rows:
        return None
    row, before = table.rows[-1], table.rows[:-1]
    if len(row.cells) < len(table.roles) or not row.cells[-1]:
        return row
    if before and all(one.closed for one in before) and not row.closed:
        return row
    ended = [one.cells[-1].rstrip().endswith((".", "!", "?", ")", '"')) for one in before if one.cells[-1]]
    if ended and all(ended) and not row.closed and not row.cells[-1].rstrip().endswith((".", "!", "?", ")", '"')):
        return row
    return None

"""Carry out a fix in a row: the least change of text that leaves the file a file of the same layout."""

from __future__ import annotations

from superbill.charges.dialect import (
    InsertText,
    Operation,
    Placed,
    RemoveLine,
    SetValue,
    SplitLine,
    TextEdit,
    modifiers_after,
)
from superbill.charges.dialects.delimited.cells import Cell, body, cells
from superbill.charges.dialects.delimited.layout import Group, Layout
from superbill.charges.dialects.delimited.slots import modifier_slots
from superbill.charges.model import Record


def edits(record: Record, operation: Operation, layout: Layout, parts: list[Placed]) -> list[TextEdit] | None:
    """The text edits for `operation`, or None when this row cannot take it. `parts` are the record's."""
    if isinstance(operation, RemoveLine):
        return [TextEdit(0, len(record.text), "")]
    if isinstance(operation, InsertText):
        return None
    text = body(record.text)
    found = cells(text, layout.separator)
    if isinstance(operation, SetValue):
        return _set_value(record, operation, layout, found, parts)
    group = _group(found, layout, operation.item)
    if group is None:
        return None
    if isinstance(operation, SplitLine):
        return _split(record, operation, layout, group, found)
    current = _modifiers(found, group, layout)
    wanted = modifiers_after(operation, current)
    return _write_modifiers(found, group, layout, wanted)


def _group(found: list[Cell], layout: Layout, item: int) -> Group | None:
    if len(layout.groups) == 1:
        return layout.groups[0]
    filled = [g for g in layout.groups if g.codes[0] < len(found) and found[g.codes[0]].value]
    return filled[item] if item < len(filled) else None


def _modifiers(found: list[Cell], group: Group, layout: Layout) -> list[str]:
    return [text.strip() for text, _, _ in modifier_slots([cell.value for cell in found], group, layout)]


def _write_modifiers(found: list[Cell], group: Group, layout: Layout, wanted: list[str]) -> list[TextEdit] | None:
    columns = [index for index in group.modifiers if index < len(found)]
    if not columns or (not layout.packed and len(wanted) > len(columns)):
        return None
    if layout.packed:
        cell = found[columns[0]]
        joint = _joint(cell.value)
        if joint == layout.separator and not cell.quoted and len(wanted) > 1:
            joint = " "
        return [TextEdit(cell.start, cell.end, joint.join(wanted))]
    changed = []
    for place, index in enumerate(columns):
        value = wanted[place] if place < len(wanted) else ""
        cell = found[index]
        if cell.value != value:
            changed.append(TextEdit(cell.start, cell.end, value))
    return changed


def _joint(value: str) -> str:
    """What stands between the modifiers of a cell; a comma and no blank when there is only one."""
    for mark in (", ", ",", "; ", ";", ":", "/", "|", "~", " ", "-"):
        if mark in value.strip():
            return mark
    return ","


def _set_value(
    record: Record, operation: SetValue, layout: Layout, found: list[Cell], parts: list[Placed]
) -> list[TextEdit] | None:
    text = operation.text
    for placed in parts:
        if placed.part == operation.part:
            start, end = placed.start, placed.end
            inside = next((cell for cell in found if cell.start <= start and end <= cell.end), None)
            quoted = inside is not None and inside.quoted
            if inside is not None and record.text[start:end] == text:
                start, end = inside.start, inside.end  # only the blanks around the value are to go
            if not quoted and (layout.separator in text or '"' in text or "\n" in text):
                text = '"' + text.replace('"', '""') + '"'
            elif quoted:
                text = text.replace('"', '""')
            return [TextEdit(start, end, text)]
    return None


def _split(
    record: Record, operation: SplitLine, layout: Layout, group: Group, found: list[Cell]
) -> list[TextEdit] | None:
    if len(layout.groups) > 1 or (layout.packed and not group.modifiers):
        return None
    text = body(record.text)
    end = record.text[len(text) :] or "\n"
    rows = []
    for modifiers in (operation.first, operation.second):
        changes = _write_modifiers(found, group, layout, list(modifiers))
        if changes is None:
            return None
        if 0 <= group.units < len(found):
            cell = found[group.units]
            changes.append(TextEdit(cell.start, cell.end, operation.units))
        row = text
        for change in sorted(changes, key=lambda edit: -edit.start):
            row = row[: change.start] + change.text + row[change.end :]
        rows.append(row)
    return [TextEdit(0, len(text), rows[0] + end + rows[1])]

"""Carry out a fix in a sheet, in the style that its entry is written in."""

from __future__ import annotations

import json
from collections.abc import Iterable

from superbill.charges.dialect import (
    InsertText,
    Operation,
    Placed,
    RemoveLine,
    SetValue,
    SplitLine,
    TextEdit,
    halves,
    modifiers_after,
)
from superbill.charges.dialects.sheet.lines import Entry
from superbill.charges.jsontext.nodes import Node
from superbill.charges.model import Record

_UNSAFE = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def edits(
    text: str,
    operation: Operation,
    found: list[Entry],
    claim: Node | None,
    parts: list[Placed],
    quoted: bool,
    following: Iterable[Record] = (),
) -> list[TextEdit] | None:
    """The text edits for `operation`, or None when this entry cannot take it. `parts` are the record's."""
    if isinstance(operation, InsertText):
        return None
    if isinstance(operation, SetValue):
        return _set_value(text, operation, parts)
    lines = [entry for entry in found if entry.text("code") is not None or entry.modifiers]
    if not 0 <= operation.item < len(lines):
        return None
    entry = lines[operation.item]
    if isinstance(operation, RemoveLine):
        return _remove(text, entry, claim, quoted, following)
    if isinstance(operation, SplitLine):
        return _split(text, entry, claim, operation, quoted)
    present = [node.text.strip().upper() for node in entry.modifiers]
    wanted = modifiers_after(operation, present)
    return _modifiers(text, entry, wanted, quoted)


def _set_value(text: str, operation: SetValue, parts: list[Placed]) -> list[TextEdit] | None:
    value = operation.text
    for placed in parts:
        if placed.part != operation.part:
            continue
        mark = text[placed.start - 1 : placed.start]
        if mark in ('"', "'") and text[placed.end : placed.end + 1] == mark:
            if mark in value:
                return None
            return [TextEdit(placed.start, placed.end, value)]
        return [TextEdit(placed.start, placed.end, _plain(value))]
    return None


def _plain(value: str) -> str:
    """A value without quotes where it may stand so, else in double quotes."""
    safe = value.replace(".", "").isalnum() and value.isascii() and value.lower() not in _UNSAFE
    number = value.replace(".", "", 1).isdecimal()
    if safe and not (number and value.startswith("0") and len(value) > 1 and not value.startswith("0.")):
        exponent = value[:1].isdecimal() and not value.isdecimal() and not number
        return json.dumps(value) if exponent and "e" in value.lower() else value
    return value if value.startswith('"') else json.dumps(value)


def _modifiers(text: str, entry: Entry, wanted: list[str], quoted: bool) -> list[TextEdit] | None:
    if len(wanted) > 4:
        return None
    if entry.slots:
        return _slots(text, entry, wanted, quoted)
    marks = {text[node.start] for node in entry.modifiers if node.kind == "string"}
    mark = '"' if quoted or '"' in marks else "'" if marks else ""
    written = [f"{mark}{value}{mark}" if mark else _plain(value) for value in wanted]
    if not entry.holder:
        return _insert(text, entry, "mods", f"[{', '.join(written)}]", quoted) if wanted else []
    node = entry.node.members[entry.holder]
    if node.kind == "array" and text[node.start : node.start + 1] != "[" and node.items:
        first = node.items[0]
        before = text.rfind("\n", 0, first.start) + 1
        lead = "\n" + text[before : first.start]
        if not wanted:
            return [TextEdit(node.start, node.end, "[]")]
        return [TextEdit(first.start, node.items[-1].end, lead.join(written))]
    if node.kind == "array":
        return [TextEdit(node.start, node.end, f"[{', '.join(written)}]")]
    if len(wanted) == 1:
        return [TextEdit(node.start, node.end, written[0])]
    space = " " if node.start == node.end and text[node.start - 1 : node.start] == ":" else ""
    return [TextEdit(node.start, node.end, f"{space}[{', '.join(written)}]")]


def _slots(text: str, entry: Entry, wanted: list[str], quoted: bool) -> list[TextEdit] | None:
    """Keys of one modifier each: the values move, and a key is added where there are too few."""
    changes = []
    for place, key in enumerate(entry.slots):
        node = entry.node.members[key]
        value = wanted[place] if place < len(wanted) else ""
        start, end = node.inner
        if node.text.strip().upper() != value:
            bare = node.kind != "string"
            made = (json.dumps(value) if quoted or not value else _plain(value)) if bare else value
            space = " " if bare and start == end and text[start - 1 : start] == ":" else ""
            changes.append(TextEdit(start, end, space + made))
    missing = wanted[len(entry.slots) :]
    if missing:
        last = entry.slots[-1]
        digits = len(last) - len(last.rstrip("0123456789"))
        if not digits or len(missing) > 1:
            return None
        name = last[:-digits] + str(int(last[-digits:]) + 1)
        added = _insert(text, entry, name, json.dumps(missing[0]), quoted, entry.node.members[last])
        if added is None:
            return None
        changes += added
    return changes


def _insert(
    text: str, entry: Entry, name: str, value: str, quoted: bool, behind: Node | None = None
) -> list[TextEdit] | None:
    """A new key behind another one: on a line of its own in block style, else behind a comma."""
    after = behind or entry.roles.get("code")
    if after is None:
        return None
    key = json.dumps(name) if quoted else name
    if text[entry.node.start : entry.node.start + 1] == "{":
        return [TextEdit(after.end, after.end, f", {key}: {value}")]
    first = min(entry.node.keys.values())
    begin = text.rfind("\n", 0, first) + 1
    indent = " " * (first - begin)
    end = text.find("\n", after.end)
    ending = "\r\n" if end > 0 and text[end - 1] == "\r" else "\n"
    at = (end - len(ending) + 1) if end >= 0 else len(text)
    return [TextEdit(at, at, f"{ending}{indent}{key}: {value}")]


def _extent(text: str, entry: Entry, quoted: bool) -> tuple[int, int] | None:
    """The whole entry: in block style its lines with the dash, in flow style the mapping."""
    before = text[text.rfind("\n", 0, entry.node.start) + 1 : entry.node.start]
    if text[entry.node.start : entry.node.start + 1] == "{" and (quoted or before.strip() != "-"):
        return entry.node.start, entry.node.end
    begin = text.rfind("\n", 0, entry.node.start) + 1
    if text[begin : entry.node.start].strip() not in ("-", ""):
        return None
    end = text.find("\n", entry.node.end)
    return begin, len(text) if end < 0 else end + 1


def _remove(
    text: str, entry: Entry, claim: Node | None, quoted: bool, following: Iterable[Record]
) -> list[TextEdit] | None:
    extent = _extent(text, entry, quoted)
    if extent is None:
        return None
    start, end = extent
    if text[start : start + 1] != "{":
        return [TextEdit(start, end, "")]
    behind = end + len(text[end:]) - len(text[end:].lstrip())
    if text[behind : behind + 1] == ",":
        after = behind + 1
        return [TextEdit(start, after + len(text[after:]) - len(text[after:].lstrip()), "")]
    before = text[:start].rstrip()
    if before.endswith(","):
        return [TextEdit(len(before) - 1, end, "")]
    changes = [TextEdit(start, end, "")]
    below = next(iter(following), None) if claim is None else None
    if below is not None:  # the comma between this entry and the next stands in the record behind
        lead = len(below.text) - len(below.text.lstrip())
        if below.text[lead : lead + 1] == ",":
            changes.append(TextEdit(0, lead + 1, "", below))
    return changes


def _split(text: str, entry: Entry, claim: Node | None, operation: SplitLine, quoted: bool) -> list[TextEdit] | None:
    extent = _extent(text, entry, quoted)
    if extent is None:
        return None
    start, end = extent
    charge = entry.roles.get("charge")
    shared = halves(charge.text) if charge is not None and charge.kind in ("string", "other") else None
    versions = []
    for place, modifiers in enumerate((operation.first, operation.second)):
        changes = _modifiers(text, entry, list(modifiers), quoted)
        if changes is None:
            return None
        units = entry.roles.get("units")
        if units is not None:
            changes.append(TextEdit(*units.inner, operation.units))
        if shared is not None and charge is not None:
            changes.append(TextEdit(*charge.inner, shared[place]))
        made = text[start:end]
        for change in sorted(changes, key=lambda edit: -edit.start):
            made = made[: change.start - start] + change.text + made[change.end - start :]
        versions.append(made)
    if text[start : start + 1] == "{":
        return [TextEdit(start, end, ", ".join(versions))]
    if not versions[0].endswith("\n"):
        versions[0] += "\n"
    return [TextEdit(start, end, "".join(versions))]

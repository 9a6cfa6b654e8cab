"""Carry out a fix in a resource, in the style that the file is written in."""

from __future__ import annotations

import json

from superbill.charges import values
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
from superbill.charges.dialects.fhir.resources import CPT, HCPCS, Item, Parsed, codings, total
from superbill.charges.jsontext.nodes import Node


def edits(text: str, operation: Operation, parsed: Parsed, parts: list[Placed]) -> list[TextEdit] | None:
    """The text edits for `operation`, or None when this resource cannot take it. `parts` are the record's."""
    if isinstance(operation, InsertText):
        return None
    if isinstance(operation, SetValue):
        return _set_value(text, operation, parsed, parts)
    if not 0 <= operation.item < len(parsed.items):
        return None
    item = parsed.items[operation.item]
    if isinstance(operation, RemoveLine):
        return _remove(text, parsed, item)
    if parsed.kind == "ChargeItem":
        return None  # it has no place for modifiers
    if isinstance(operation, SplitLine):
        return _split(text, parsed, item, operation)
    present = [one.value("code").strip().upper() for one in item.modifiers]
    wanted = modifiers_after(operation, present)
    change = _modifiers(text, item, wanted)
    return None if change is None else [change]


def _set_value(text: str, operation: SetValue, parsed: Parsed, parts: list[Placed]) -> list[TextEdit] | None:
    for placed in parts:
        if placed.part != operation.part:
            continue
        start, end = placed.start, placed.end
        name = operation.part.name
        if name == "basis":
            return _set_measure(operation, parsed)
        if name == "code" and operation.part.item < len(parsed.items):
            code = parsed.items[operation.part.item].coding.get("code")
            if code is not None:
                start, end = code.inner  # with the modifier that was written behind it
        quoted = text[start - 1 : start] == '"'
        if quoted:
            return [TextEdit(start, end, json.dumps(operation.text, ensure_ascii=False)[1:-1])]
        plain = operation.text.replace(".", "", 1).removeprefix("-").isdecimal()
        return [TextEdit(start, end, operation.text)] if plain else None
    return None


def _set_measure(operation: SetValue, parsed: Parsed) -> list[TextEdit] | None:
    """Write what a quantity counts, in its unit and in the code of one; as FHIR has it, unless X12's code stood there."""
    if operation.part.item >= len(parsed.items) or operation.text not in ("MJ", "UN"):
        return None
    changes = []
    for name, words in (("unit", {"MJ": "min", "UN": "unit"}), ("code", {"MJ": "min", "UN": "{unit}"})):
        node = parsed.items[operation.part.item].node.get("quantity", name)
        if node is not None and node.kind == "string":
            text = operation.text if node.text in ("MJ", "UN") else words[operation.text]
            changes.append(TextEdit(*node.inner, text))
    return sorted(changes, key=lambda edit: edit.start)


def _system(code: str, item: Item) -> str:
    """The system of a modifier: that of another of its kind on the item, else the registered one."""
    for one in item.modifiers:
        if one.value("code")[:1].isdigit() == code[:1].isdigit() and one.value("system"):
            return one.value("system")
    return CPT if code[0].isdigit() else HCPCS


def _modifiers(text: str, item: Item, wanted: list[str]) -> TextEdit | None:
    """Write the list of modifiers anew; concepts that stay keep their text."""
    if len(wanted) > 4:
        return None
    concepts = item.node.all("modifier")
    array = item.node.members.get("modifier")
    if any(len(codings(one)) != 1 for one in concepts):
        return _codings_only(text, item, wanted)
    texts: dict[str, list[str]] = {}
    for one in concepts:
        texts.setdefault(codings(one)[0].value("code").strip().upper(), []).append(text[one.start : one.end])
    written = []
    for code in wanted:
        kept = texts.get(code)
        written.append(kept.pop(0) if kept else _concept(text, item, code))
    if array is None or array.kind != "array":
        after = item.node.get("productOrService") or item.node.get("service")
        if not written or after is None or array is not None:
            return None
        indent = _indent(text, item.node.keys.get("productOrService", item.node.keys.get("service", after.start)))
        between = indent if indent is not None else (" " if text[after.end : after.end + 2] == ", " else "")
        listed = ", ".join(written) if indent is None or "\n" not in written[0] else f",{indent}".join(written)
        colon = ": " if ": " in text[item.node.start : item.node.end] else ":"
        return TextEdit(after.end, after.end, f',{between}"modifier"{colon}[{listed}]')
    if not written:
        return _without_member(text, item.node, "modifier")
    if len(concepts) > 1:
        between = text[concepts[0].end : concepts[1].start]
    else:
        lead = text[array.start + 1 : concepts[0].start] if concepts else ""
        between = "," + (lead if lead.strip() == "" and lead else " ")
    if not concepts:
        return TextEdit(array.start + 1, array.end - 1, between.join(written))
    return TextEdit(concepts[0].start, concepts[-1].end, between.join(written))


def _codings_only(text: str, item: Item, wanted: list[str]) -> TextEdit | None:
    """The modifiers of a file that puts all of them into one concept: its list of codings is written anew."""
    concepts = item.node.all("modifier")
    if len(concepts) != 1:
        return None
    array = concepts[0].members.get("coding")
    found = codings(concepts[0])
    if array is None or not found or not wanted:
        return _without_member(text, item.node, "modifier") if not wanted else None
    texts: dict[str, list[str]] = {}
    for one in found:
        texts.setdefault(one.value("code").strip().upper(), []).append(text[one.start : one.end])
    written = []
    for code in wanted:
        kept = texts.get(code)
        written.append(kept.pop(0) if kept else json.dumps({"system": _system(code, item), "code": code}))
    between = text[found[0].end : found[1].start] if len(found) > 1 else ", "
    return TextEdit(found[0].start, found[-1].end, between.join(written))


def _concept(text: str, item: Item, code: str) -> str:
    """A concept for a modifier: like another one on the item, else in one line."""
    concepts = item.node.all("modifier")
    if concepts:
        model = concepts[0]
        coding = codings(model)[0]
        changes = []
        for key, value in (("code", code), ("system", _system(code, item))):
            node = coding.get(key)
            if node is not None:
                changes.append((*node.inner, value))
        if "display" in coding.members or "text" in model.members:
            return json.dumps({"coding": [{"system": _system(code, item), "code": code}]})
        made = text[model.start : model.end]
        for start, end, value in sorted(changes, reverse=True):
            made = made[: start - model.start] + value + made[end - model.start :]
        return made
    spaced = ": " in text[item.node.start : item.node.end]
    separators = (", ", ": ") if spaced else (",", ":")
    return json.dumps({"coding": [{"system": _system(code, item), "code": code}]}, separators=separators)


def _indent(text: str, at: int) -> str | None:
    """The line end and blanks before a place; None when something else stands before it on its line."""
    start = text.rfind("\n", 0, at)
    if start < 0 or text[start + 1 : at].strip(" \t"):
        return None
    if start > 0 and text[start - 1] == "\r":
        start -= 1
    return text[start:at]


def _without_member(text: str, node: Node, name: str) -> TextEdit | None:
    """Take a member out of an object, with one comma."""
    key, value = node.keys[name], node.members[name]
    start, end = key, value.end
    behind = end + len(text[end:]) - len(text[end:].lstrip())
    if text[behind : behind + 1] == ",":
        after = behind + 1
        return TextEdit(start, after + len(text[after:]) - len(text[after:].lstrip()), "")
    before = text[:start].rstrip()
    if before.endswith(","):
        return TextEdit(len(before) - 1, end, "")
    return TextEdit(start, end, "")


def _remove(text: str, parsed: Parsed, item: Item) -> list[TextEdit] | None:
    """Take an item out of its list; never the only one. A total that was the sum of the items stays it."""
    array = parsed.array()
    if array is None or item.node not in array.items or len(array.items) < 2:
        return None
    number = array.items.index(item.node)
    if number + 1 < len(array.items):
        span = TextEdit(item.node.start, array.items[number + 1].start, "")
    else:
        span = TextEdit(array.items[number - 1].end, item.node.end, "")
    changes = [span]
    summed = total(parsed)
    net = item.node.get("net", "value")
    stated = parsed.root.get("total", "value")
    if summed is not None and net is not None and stated is not None:
        left = summed - (values.money(net.value()) or 0)
        changes.append(TextEdit(stated.start, stated.end, format(left, "f")))
    return changes


def _split(text: str, parsed: Parsed, item: Item, operation: SplitLine) -> list[TextEdit] | None:
    """Two items in the place of one: the second takes the next free sequence, the amount is shared out."""
    array = parsed.array()
    if array is None or item.node not in array.items:
        return None
    net = item.node.get("net", "value")
    charges = halves(net.value()) if net is not None else None
    sequences = [one.value("sequence") for one in array.items]
    free = max((int(text) for text in sequences if text.isdecimal()), default=0) + 1
    versions = []
    for place, modifiers in enumerate((operation.first, operation.second)):
        written = _modifiers(text, item, list(modifiers))
        if written is None:
            return None
        changes = [written]
        units = item.node.get("quantity", "value")
        if units is not None:
            changes.append(TextEdit(units.start, units.end, operation.units))
        if charges is not None and net is not None:
            changes.append(TextEdit(net.start, net.end, charges[place]))
        sequence = item.node.get("sequence")
        if place and sequence is not None:
            changes.append(TextEdit(sequence.start, sequence.end, str(free)))
        version = text[item.node.start : item.node.end]
        for change in sorted(changes, key=lambda edit: -edit.start):
            at = item.node.start
            version = version[: change.start - at] + change.text + version[change.end - at :]
        versions.append(version)
    number = array.items.index(item.node)
    if number + 1 < len(array.items):
        between = text[item.node.end : array.items[number + 1].start]
    elif number:
        between = text[array.items[number - 1].end : item.node.start]
    else:
        between = "," + (_indent(text, item.node.start) or " ")
    return [TextEdit(item.node.start, item.node.end, versions[0] + between + versions[1])]

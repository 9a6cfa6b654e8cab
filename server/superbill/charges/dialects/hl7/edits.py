"""Carry out a fix in a charge; set ids of the charges below follow."""

from __future__ import annotations

from collections.abc import Iterable

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
from superbill.charges.dialects.hl7.charge import Charge, amount
from superbill.charges.dialects.hl7.segments import Segment, Separators, segment
from superbill.charges.model import Record
from superbill.text.lines import split_lines


def edits(
    record: Record, operation: Operation, charge: Charge, parts: list[Placed], following: Iterable[Record]
) -> list[TextEdit] | None:
    """The text edits for `operation`, or None when this charge cannot take it. `parts` are the record's."""
    separators = charge.ft1.separators
    if isinstance(operation, InsertText):
        return None
    if isinstance(operation, SetValue):
        changes = _set_value(operation, charge, parts)
        old = charge.ft1.text(1)
        if (
            operation.part.name == "number"
            and changes
            and old.isdecimal()
            and len(old) < 10
            and operation.text.isdecimal()
        ):
            changes += _renumber(following, separators, charge.ft1, int(operation.text) - int(old))
        return changes
    if isinstance(operation, RemoveLine):
        return [TextEdit(0, len(record.text), ""), *_renumber(following, separators, charge.ft1, -1)]
    if isinstance(operation, SplitLine):
        return _split(record, charge, operation, following)
    present = [value.text.strip().upper() for value in charge.modifiers]
    wanted = modifiers_after(operation, present)
    return [_write(charge.modifier_segment, charge.modifier_field, separators.repetition.join(wanted))]


def _write(holder: Segment, number: int, text: str) -> TextEdit:
    """Write a field; a segment that ends before it is made longer."""
    value = holder.field(number)
    if value is not None:
        return TextEdit(value.start, value.end, text)
    missing = number + 1 - len(holder.fields)
    return TextEdit(holder.end, holder.end, holder.separators.field * missing + text)


def _set_value(operation: SetValue, charge: Charge, parts: list[Placed]) -> list[TextEdit] | None:
    separators = charge.ft1.separators
    text = operation.text
    if operation.part.name in ("date", "date_to"):
        text = values.eight_digits(text)
    joined = operation.part.name == "modifier" and separators.repetition in text
    if any(mark and mark in text for mark in separators if not (joined and mark == separators.repetition)):
        return None
    if joined:
        # Several modifiers that stood in one repetition are written as repetitions.
        for repetition in charge.ft1.repetitions(26):
            inside = [v for v in charge.modifiers if repetition.start <= v.start and v.end <= repetition.end]
            if inside and charge.modifiers[operation.part.index] in inside:
                return [TextEdit(repetition.start, repetition.end, text)]
        return None
    numbers = {"units": 10, "form": 6, "date": 4}
    name = operation.part.name
    if name in numbers and charge.ft1.field(numbers[name]) is None:
        return [_write(charge.ft1, numbers[name], text)]
    if name == "system":
        return [_system(charge, text)] if charge.code_field in ("FT1-7", "FT1-25") else None
    if name == "procedure":
        return [_write(charge.ft1, 25, text)]
    for placed in parts:
        if placed.part == operation.part:
            return [TextEdit(placed.start, placed.end, text)]
    return None


def _system(charge: Charge, text: str) -> TextEdit:
    """Write the third component of the field that holds the code."""
    number = int(charge.code_field[4:])
    value = charge.ft1.component(number, 3)
    if value is not None:
        return TextEdit(value.start, value.end, text)
    mark = charge.ft1.separators.component
    last = charge.ft1.component(number, 2) or charge.ft1.component(number)
    assert last is not None
    between = mark if charge.ft1.component(number, 2) is not None else mark * 2
    return TextEdit(last.end, last.end, between + text)


def _split(record: Record, charge: Charge, operation: SplitLine, following: Iterable[Record]) -> list[TextEdit] | None:
    """Two charges in the place of one; the amount is shared out, and a transaction id is kept by the first only."""
    ft1 = charge.ft1
    text = record.text
    money = amount(ft1)
    extended = ft1.component(11)
    charges = halves(money.text) if money is not None and extended is not None and extended.text.strip() else None
    versions = []
    for place, modifiers in enumerate((operation.first, operation.second)):
        written = ft1.separators.repetition.join(modifiers)
        changes = [
            _write(charge.modifier_segment, charge.modifier_field, written),
            _write(ft1, 10, operation.units),
        ]
        if charges is not None and money is not None:
            changes.append(TextEdit(money.start, money.end, charges[place]))
        number = ft1.field(1)
        if place and number is not None and number.text.strip().isdecimal():
            changes.append(TextEdit(number.start, number.end, str(int(number.text) + 1)))
        transaction = ft1.field(2)
        if place and transaction is not None and transaction.text:
            changes.append(TextEdit(transaction.start, transaction.end, ""))
        version = text
        for change in sorted(changes, key=lambda edit: -edit.start):
            version = version[: change.start] + change.text + version[change.end :]
        versions.append(version)
    body = text.rstrip("\r\n")
    end = text[len(body) :] or "\r"
    first = versions[0].rstrip("\r\n") + end
    joined = first + versions[1] if text != body else first + versions[1].rstrip("\r\n")
    return [TextEdit(0, len(text), joined), *_renumber(following, ft1.separators, ft1, 1)]


def _renumber(following: Iterable[Record], separators: Separators, ft1: Segment, by: int) -> list[TextEdit]:
    """Change the set ids of the charges that follow in the message, if they count on from this one."""
    number = ft1.field(1)
    if number is None or not number.text.strip().isdecimal():
        return []
    expected = int(number.text)
    changes = []
    for record in following:
        (line, *_) = split_lines(record.text)
        one = segment(line, 0, separators)
        if one.id in ("MSH", "FHS", "BHS", "FTS", "BTS"):
            break
        if one.id != "FT1":
            continue
        expected += 1
        value = one.field(1)
        if value is None or value.text.strip() != str(expected):
            break
        changes.append(TextEdit(value.start, value.end, str(expected + by), record))
    return changes

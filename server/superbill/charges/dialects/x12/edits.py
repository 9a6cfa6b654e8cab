"""Carry out a fix in a claim, and leave it a claim that adds up: LX numbers, CLM02 and SE01 follow."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

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
from superbill.charges.dialects.x12 import claim as reading
from superbill.charges.dialects.x12.segments import Delimiters, Segment, components, split
from superbill.charges.model import Record

_ROOM = 4


def edits(
    record: Record, operation: Operation, delimiters: Delimiters, parts: list[Placed], following: Iterable[Record]
) -> list[TextEdit] | None:
    """The text edits for `operation`, or None when this claim cannot take it. `parts` are the record's."""
    if isinstance(operation, InsertText):
        return None
    if isinstance(operation, SetValue):
        return _set_value(record.text, operation, delimiters, parts)
    if not isinstance(record.signature, tuple) or record.signature[0] != "claim":
        return None
    parsed = reading.parse(record.text, delimiters)
    delimiters = parsed.delimiters
    billing = parsed.billing
    if not 0 <= operation.item < len(billing):
        return None
    loop = billing[operation.item]
    if isinstance(operation, RemoveLine):
        return _remove(record, parsed, loop, following)
    if isinstance(operation, SplitLine):
        return _split(record, parsed, loop, operation, following)
    assert loop.service is not None
    present = [part[0].strip().upper() for part in reading.composite(loop.service, delimiters).modifiers]
    wanted = modifiers_after(operation, present)
    change = _modifiers(loop.service, wanted, delimiters)
    return None if change is None else [change]


def _set_value(text: str, operation: SetValue, delimiters: Delimiters, parts: list[Placed]) -> list[TextEdit] | None:
    if operation.part.name in ("date", "date_to"):
        operation = operation._replace(text=values.eight_digits(operation.text))
    composite = operation.part.name in ("code", "pointer")
    allowed = set(delimiters) - ({delimiters.component} if composite else set())
    if any(mark and mark in operation.text for mark in allowed):
        return None
    for placed in parts:
        if placed.part == operation.part:
            start, end = placed.start, placed.end
            if not operation.text and operation.part.name == "place":
                # An element that is emptied at the end of its segment takes its separator with it.
                while text[end : end + 1] == delimiters.segment and text[start - 1] == delimiters.element:
                    start -= 1
            return [TextEdit(start, end, operation.text)]
    return None


def _modifiers(service: Segment, wanted: list[str], delimiters: Delimiters) -> TextEdit | None:
    """Write the modifiers of a composite; what stands behind them stays where it is."""
    if len(wanted) > _ROOM:
        return None
    number = 1 if service.id == "SV1" else 2
    parts = components(service, number, delimiters)
    first = 2 if reading.code_place(service, delimiters) > 0 else 1
    if len(parts) < first:
        return None
    start, end = service.span(number)
    mark = delimiters.component
    tail = [service.elements[number][part[1] - start : part[2] - start] for part in parts[first + _ROOM :]]
    slots = wanted + [""] * (_ROOM - len(wanted)) if any(tail) else wanted
    begin = parts[first - 1][2]
    return TextEdit(begin, end, "".join(mark + value for value in [*slots, *(tail if any(tail) else [])]))


def _remove(
    record: Record, parsed: reading.Parsed, loop: reading.Loop, following: Iterable[Record]
) -> list[TextEdit] | None:
    """Take a service line out; never the last one, since a claim without lines is none."""
    if len(parsed.loops) < 2:
        return None
    start, end = _extent(record.text, parsed, loop)
    changes = [TextEdit(start, end, "")]
    number = parsed.loops.index(loop)
    total = _total(parsed)
    charge = _charge(loop)
    if total is not None and charge is not None:
        left = values.plain_money(total - charge)
        changes.append(TextEdit(*parsed.clm.span(2), left))
    changes += _renumber(parsed, number + 1, -1)
    return _counted(changes, following, -len(loop.segments))


def _split(
    record: Record, parsed: reading.Parsed, loop: reading.Loop, operation: SplitLine, following: Iterable[Record]
) -> list[TextEdit] | None:
    """Two lines in the place of one. The charge is shared out, so that the total of the claim holds."""
    service = loop.service
    assert service is not None
    start, end = _extent(record.text, parsed, loop)
    text = record.text[start:end]
    number = parsed.loops.index(loop)
    shift = 0 if loop.professional else 1
    charges = halves(service.value(2 + shift))
    versions = []
    for place, modifiers in enumerate((operation.first, operation.second)):
        written = _modifiers(service, list(modifiers), parsed.delimiters)
        if written is None or len(service.elements) <= 4 + shift:
            return None
        changes = [written, TextEdit(*service.span(4 + shift), operation.units)]
        if charges is not None:
            changes.append(TextEdit(*service.span(2 + shift), charges[place]))
        if place and loop.lx is not None and loop.lx.value(1).strip().isdecimal():
            changes.append(TextEdit(*loop.lx.span(1), str(int(loop.lx.value(1)) + 1)))
        if place:  # a line control number names one line only
            for segment in loop.segments:
                if segment.id == "REF" and segment.value(1) == "6R":
                    changes.append(TextEdit(*_with_terminator(record.text, segment), ""))
        versions.append(_applied(text, start, changes))
    added = len(loop.segments) - sum(s.id == "REF" and s.value(1) == "6R" for s in loop.segments)
    changes = [TextEdit(start, end, "".join(versions)), *_renumber(parsed, number + 1, 1)]
    return _counted(changes, following, added)


def _applied(text: str, start: int, changes: list[TextEdit]) -> str:
    for change in sorted(changes, key=lambda edit: -edit.start):
        text = text[: change.start - start] + change.text + text[change.end - start :]
    return text


def _extent(text: str, parsed: reading.Parsed, loop: reading.Loop) -> tuple[int, int]:
    """A service line with its terminators and the line ends behind them."""
    number = parsed.loops.index(loop)
    start = loop.segments[0].start
    if number + 1 < len(parsed.loops):
        return start, parsed.loops[number + 1].segments[0].start
    return start, _with_terminator(text, loop.segments[-1])[1]


def _with_terminator(text: str, segment: Segment) -> tuple[int, int]:
    end = min(segment.end + 1, len(text))
    while end < len(text) and text[end] in "\r\n":
        end += 1
    return segment.start, end


def _renumber(parsed: reading.Parsed, first: int, by: int) -> list[TextEdit]:
    changes = []
    for loop in parsed.loops[first:]:
        if loop.lx is not None and loop.lx.value(1).strip().isdecimal():
            changes.append(TextEdit(*loop.lx.span(1), str(int(loop.lx.value(1)) + by)))
    return changes


def _counted(changes: list[TextEdit], following: Iterable[Record], by: int) -> list[TextEdit] | None:
    """Add the change of SE01, the number of segments of the transaction, if the end of the transaction is there."""
    for record in following:
        state = record.state
        delimiters = getattr(state, "delimiters", None) or Delimiters()
        if record.signature is not None and isinstance(record.signature, tuple) and record.signature[0] == "claim":
            continue
        for segment in split(record.text, delimiters):
            if segment.id == "SE" and segment.value(1).strip().isdecimal():
                count = int(segment.value(1)) + by
                return [*changes, TextEdit(*segment.span(1), str(count), record)]
            if segment.id in ("SE", "ST", "ISA", "IEA", "GE"):
                return changes
    return changes


def _total(parsed: reading.Parsed) -> Decimal | None:
    """CLM02, if it is the sum of the lines."""
    total = values.money(parsed.clm.value(2))
    charges = [_charge(loop) for loop in parsed.loops]
    known = [charge for charge in charges if charge is not None]
    return total if total is not None and len(known) == len(charges) and sum(known) == total else None


def _charge(loop: reading.Loop) -> Decimal | None:
    if loop.service is None:
        return None
    return values.money(loop.service.value(2 if loop.professional else 3))

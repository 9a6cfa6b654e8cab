"""The make-up of HL7 segments: names and separators for colouring, and the fields of a segment, one by one."""

from __future__ import annotations

from functools import lru_cache

from superbill.charges.dialect import Mark, Shape, Slot
from superbill.charges.dialects.hl7.fields import WHOLE
from superbill.charges.dialects.hl7.names import ELEMENTS, SEGMENTS
from superbill.charges.dialects.hl7.segments import Segment, Separators, Value, cut, segment
from superbill.text.lines import split_lines

#: Fields shown beyond the last one that is there: a PID has forty, and most of them stay empty.
_AHEAD = 4


def marks(text: str, separators: Separators) -> list[Mark]:
    """Segment names and separators, in the order of the text."""
    found: list[Mark] = []
    start = 0
    for line in split_lines(text):
        one = segment(line, start, separators)
        start += len(line)
        name = one.fields[0]
        if len(name) != 3 or not name.isalnum():
            continue
        found.append(Mark("segment", one.start, one.start + 3))
        dividers = (separators.field, separators.component, separators.repetition, separators.subcomponent)
        at = one.start + 3
        for number, value in enumerate(one.fields[1:], 1):
            found.append(Mark("separator", at, at + 1))
            at += 1
            if not (number == 1 and name in ("MSH", "FHS", "BHS")):
                found += [Mark("separator", at + i, at + i + 1) for i, mark in enumerate(value) if mark in dividers]
            at += len(value)
    return found


def shape(text: str, offset: int, separators: Separators) -> Shape | None:
    """The segment around an offset: one slot for each field that it has or may have, the field under the offset by its
    components where it has any."""
    start = 0
    for line in split_lines(text):
        if start <= offset <= start + len(line.rstrip("\r\n")):
            one = segment(line, start, separators)
            return _shape(one, offset, separators) if one.id in SEGMENTS else None
        start += len(line)
    return None


def _shape(one: Segment, offset: int, separators: Separators) -> Shape | None:
    name = one.id
    there = len(one.fields) - 1 + (name in ("MSH", "FHS", "BHS"))
    last = max(min(_known(name), there + _AHEAD), there)
    pieces: list[Slot | str] = [name]
    active, count = -1, 0
    first = 2 if name in ("MSH", "FHS", "BHS") else 1
    for number in range(first, last + 1):
        label = f"{name}-{number}"
        pieces.append(separators.field)
        value = one.field(number)
        here = value is not None and value.start <= offset <= value.end
        parts = _components(label, value, offset, separators) if here and value is not None else (0, 0)
        for part in range(1, parts[0] + 1):
            if part > 1:
                pieces.append(separators.component)
            if part == parts[1]:
                active = count
            pieces.append(_slot(f"{label}.{part}", label))
            count += 1
        if not parts[0]:
            if here:
                active = count
            pieces.append(_slot(label, label))
            count += 1
    return Shape(name, SEGMENTS[name], tuple(pieces), active) if active >= 0 else None


def _components(label: str, value: Value, offset: int, separators: Separators) -> tuple[int, int]:
    """How many components a field has or may have, and which one an offset lies in; 0 and 0 for a field of one piece."""
    if label in WHOLE:
        return 0, 0
    known = 0
    for place in range(1, 20):
        if f"{label}.{place}" in ELEMENTS:
            known = place
    for repetition in cut(value, separators.repetition):
        if repetition.start <= offset <= repetition.end:
            found = cut(repetition, separators.component)
            here = next(n for n, part in enumerate(found, 1) if part.start <= offset <= part.end)
            count = max(known, len(found))
            return (count, here) if count > 1 else (0, 0)
    return 0, 0


def _slot(label: str, above: str) -> Slot:
    known = ELEMENTS.get(label) or (ELEMENTS.get(above) if label.endswith(".1") else None)
    return Slot(label, known.title, known.values) if known is not None else Slot(label)


@lru_cache(maxsize=64)
def _known(name: str) -> int:
    """The highest number of a field that is known of a segment."""
    numbers = [int(key[4:].partition(".")[0]) for key in ELEMENTS if key.startswith(f"{name}-")]
    return max(numbers, default=0)

"""The make-up of X12 segments: names and separators for colouring, and the elements of a segment, one by one."""

from __future__ import annotations

from functools import lru_cache

from superbill.charges.dialect import Mark, Shape, Slot
from superbill.charges.dialects.x12.elements import component_at, name_of, takes_components
from superbill.charges.dialects.x12.names import ELEMENTS, SEGMENTS
from superbill.charges.dialects.x12.segments import Delimiters, Segment, components, split


def marks(text: str, delimiters: Delimiters) -> list[Mark]:
    """Segment names and separators, in the order of the text."""
    found: list[Mark] = []
    for segment in split(text, delimiters):
        _, end = segment.span(0)
        if not segment.id:
            continue
        found.append(Mark("segment", segment.start, end))
        for number in range(1, len(segment.elements)):
            start, stop = segment.span(number)
            found.append(Mark("separator", start - 1, start))
            if takes_components(segment, number, delimiters) and delimiters.component:
                at = text.find(delimiters.component, start, stop)
                while at >= 0:
                    found.append(Mark("separator", at, at + 1))
                    at = text.find(delimiters.component, at + 1, stop)
        if text.startswith(delimiters.segment, segment.end) and delimiters.segment not in "\r\n":
            found.append(Mark("separator", segment.end, segment.end + 1))
    return found


def shape(text: str, offset: int, delimiters: Delimiters) -> Shape | None:
    """The segment around an offset: one slot for each element that it has or may have, the element under the offset
    by its components where it has any."""
    for segment in split(text, delimiters):
        if segment.start <= offset <= segment.end:
            return _shape(segment, offset, delimiters) if segment.id in SEGMENTS else None
    return None


def _shape(segment: Segment, offset: int, delimiters: Delimiters) -> Shape | None:
    name = segment.id
    here = place = 0
    for number in range(1, len(segment.elements)):
        start, end = segment.span(number)
        if start <= offset <= end:
            here = number
            if takes_components(segment, number, delimiters):
                place = component_at(segment, number, offset, delimiters)
    if not here:
        return None
    pieces: list[Slot | str] = [name]
    active = count = 0
    for number in range(1, max(_known(name), len(segment.elements) - 1) + 1):
        label = f"{name}{number:02d}"
        pieces.append(delimiters.element)
        many = max(_parts(label), len(components(segment, here, delimiters))) if number == here and place else 0
        for part in range(1, many + 1):
            if part > 1:
                pieces.append(delimiters.component)
            if part == place:
                active = count
            pieces.append(_slot(f"{label}-{part}"))
            count += 1
        if not many:
            if number == here:
                active = count
            pieces.append(_slot(label))
            count += 1
    return Shape(name, SEGMENTS[name], tuple(pieces), active)


def _slot(label: str) -> Slot:
    known = name_of(label)
    return Slot(label, known.title, known.values) if known is not None else Slot(label)


@lru_cache(maxsize=256)
def _known(name: str) -> int:
    """The highest number of an element that is known of a segment."""
    numbers = [int(key[len(name) : len(name) + 2]) for key in ELEMENTS if key.startswith(name) and _numbered(key, name)]
    return max(numbers, default=0)


def _numbered(key: str, name: str) -> bool:
    return key[len(name) : len(name) + 2].isdecimal() and key[len(name) + 2 : len(name) + 3] in ("", "-")


def _parts(label: str) -> int:
    """How many components are known of an element."""
    count = 0
    while name_of(f"{label}-{count + 1}") is not None:
        count += 1
    return count

"""Which element of a segment lies under an offset, and what it is called."""

from __future__ import annotations

from superbill.charges.dialect import Field
from superbill.charges.dialects.x12.names import ELEMENTS, SEGMENTS, Name
from superbill.charges.dialects.x12.segments import Delimiters, Segment, components, split

#: Elements that hold their separators, or text in which the component separator means nothing.
_WHOLE = frozenset({"ISA", "NTE", "K3"})


def field(text: str, offset: int, delimiters: Delimiters) -> Field | None:
    """The element or component at an offset of a record's text: "SV103", "SV101-2"; of a segment id, the segment."""
    for segment in split(text, delimiters):
        if segment.start <= offset <= segment.end:
            return _in_segment(segment, offset, delimiters)
    return None


def _in_segment(segment: Segment, offset: int, delimiters: Delimiters) -> Field | None:
    name = segment.id
    for number in range(len(segment.elements)):
        start, end = segment.span(number)
        if not start <= offset <= end:
            continue
        if number == 0:
            title = SEGMENTS.get(name)
            return Field(name, title, start, end) if title else None
        label = f"{name}{number:02d}"
        if takes_components(segment, number, delimiters):
            place = component_at(segment, number, offset, delimiters)
            if place:
                return _named(f"{label}-{place}", *components(segment, number, delimiters)[place - 1][1:])
        return _named(label, start, end)
    return None


def takes_components(segment: Segment, number: int, delimiters: Delimiters) -> bool:
    """Whether an element of a segment consists of components."""
    if segment.id in _WHOLE:
        return False
    label = f"{segment.id}{number:02d}-1"
    return delimiters.component in segment.elements[number] or name_of(label) is not None


def component_at(segment: Segment, number: int, offset: int, delimiters: Delimiters) -> int:
    """The component of an element that an offset lies in, counted from 1; 0 when it lies in none."""
    for place, (_, first, last) in enumerate(components(segment, number, delimiters), 1):
        if first <= offset <= last:
            return place
    return 0


def name_of(label: str) -> Name | None:
    """What an element or component is called; None when it is not known."""
    return ELEMENTS.get(label) or ELEMENTS.get(_first_like(label))


def _named(label: str, start: int, end: int) -> Field | None:
    known = name_of(label)
    if known is None:
        return None
    return Field(label, known.title, start, end, known.values, known.open)


def _first_like(label: str) -> str:
    """The element that stands for all that are alike: HI02-1 is what HI01-1 is, SVD03-2 what SV101-2 is."""
    if label.startswith("HI"):
        return "HI01" + label[4:]
    if label.startswith(("SVD03", "SV202")):
        return "SV101" + label[5:]
    return label

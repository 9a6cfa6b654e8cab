"""Which element of a segment lies under an offset, and what it is called."""

from __future__ import annotations

from superbill.charges.dialect import Field
from superbill.charges.dialects.x12.names import ELEMENTS, SEGMENTS
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
        if name not in _WHOLE and (delimiters.component in segment.elements[number] or f"{label}-1" in ELEMENTS):
            for place, (_, first, last) in enumerate(components(segment, number, delimiters), 1):
                if first <= offset <= last:
                    return _named(f"{label}-{place}", first, last)
        return _named(label, start, end)
    return None


def _named(label: str, start: int, end: int) -> Field | None:
    known = ELEMENTS.get(label) or ELEMENTS.get(_first_like(label))
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

"""Which field of a segment lies under an offset, and what it is called."""

from __future__ import annotations

from superbill.charges.dialect import Field
from superbill.charges.dialects.hl7.names import ELEMENTS, SEGMENTS
from superbill.charges.dialects.hl7.segments import Separators, Value, cut, segment
from superbill.text.lines import split_lines

#: Fields that hold the separators themselves.
WHOLE = frozenset({"MSH-1", "MSH-2", "FHS-1", "FHS-2", "BHS-1", "BHS-2"})


def field(text: str, offset: int, separators: Separators) -> Field | None:
    """The field at an offset of a record's text: "FT1-26.1", with the repetition in its title when there are several."""
    start = 0
    for line in split_lines(text):
        if start <= offset <= start + len(line.rstrip("\r\n")):
            return _in_segment(line, start, offset, separators)
        start += len(line)
    return None


def _in_segment(line: str, start: int, offset: int, separators: Separators) -> Field | None:
    one = segment(line, start, separators)
    name = one.id
    if offset <= one.start + len(name):
        title = SEGMENTS.get(name)
        return Field(name, title, one.start, one.start + len(name)) if title else None
    for number in range(1, len(one.fields) + 2):
        value = one.field(number)
        if value is None or not value.start <= offset <= value.end:
            continue
        label = f"{name}-{number}"
        if label in WHOLE:
            return _named(label, label, value, "")
        repetitions = cut(value, separators.repetition)
        for place, repetition in enumerate(repetitions, 1):
            if not repetition.start <= offset <= repetition.end:
                continue
            which = f", repetition {place}" if len(repetitions) > 1 else ""
            for part, component in enumerate(cut(repetition, separators.component), 1):
                if component.start <= offset <= component.end:
                    fine = f"{label}.{part}"
                    if fine in ELEMENTS:
                        return _named(fine, fine, component, which)
                    return _named(label, fine if part > 1 else label, component, which)
    return None


def _named(key: str, label: str, value: Value, which: str) -> Field | None:
    known = ELEMENTS.get(key)
    if known is None:
        return None
    return Field(label, known.title + which, value.start, value.end, known.values, known.open)

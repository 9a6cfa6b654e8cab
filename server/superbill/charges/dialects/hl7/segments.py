"""Fields, repetitions and components of HL7 v2 segments, and where they stand.

A segment is a line. MSH (FHS and BHS alike) names the separators: the character behind its id parts fields, the four or
five in its second field part components, repetitions, escape a character, and part subcomponents (HL7 v2, chapter 2).
"""

from __future__ import annotations

from typing import NamedTuple

#: Blocks of the lower layer protocol (MLLP) around messages that were captured as sent.
FRAMES = "\x0b\x1c"
_HEADERS = ("MSH", "FHS", "BHS")


class Separators(NamedTuple):
    """The separators of a message."""

    field: str = "|"
    component: str = "^"
    repetition: str = "~"
    escape: str = "\\"
    subcomponent: str = "&"


class Value(NamedTuple):
    """A value as written, and where it stands in the record's text."""

    text: str
    start: int
    end: int


class Segment(NamedTuple):
    """One segment in a text: where it begins, and its fields as written; the id is the first of them."""

    start: int
    fields: list[str]
    separators: Separators

    @property
    def id(self) -> str:
        """The segment id."""
        return self.fields[0].strip()

    @property
    def end(self) -> int:
        """Where the segment ends."""
        return self.start + sum(map(len, self.fields)) + len(self.fields) - 1

    def field(self, number: int) -> Value | None:
        """A field by its number; None when the segment ends before it."""
        index = self._index(number)
        if index >= len(self.fields):
            return None
        start = self.start + sum(map(len, self.fields[:index])) + index
        return Value(self.fields[index], start, start + len(self.fields[index]))

    def _index(self, number: int) -> int:
        # In MSH, FHS and BHS the separator itself is field 1.
        return number - 1 if self.id in _HEADERS and number > 1 else number

    def repetitions(self, number: int) -> list[Value]:
        """The repetitions of a field; none when it is not there or empty."""
        value = self.field(number)
        return cut(value, self.separators.repetition) if value is not None and value.text else []

    def component(self, number: int, place: int = 1) -> Value | None:
        """A component of the first repetition of a field; None when it is not there."""
        found = self.repetitions(number)
        parts = cut(found[0], self.separators.component) if found else []
        return parts[place - 1] if place <= len(parts) else None

    def text(self, number: int, place: int = 1) -> str:
        """The text of a component of the first repetition of a field, without blanks around it."""
        value = self.component(number, place)
        return value.text.strip() if value is not None else ""


def cut(value: Value, mark: str) -> list[Value]:
    """A value in pieces."""
    found = []
    start = value.start
    for piece in value.text.split(mark) if mark else [value.text]:
        found.append(Value(piece, start, start + len(piece)))
        start += len(piece) + 1
    return found


def read_separators(line: str) -> Separators | None:
    """The separators that an MSH, FHS or BHS line names; the usual ones for what it leaves out. None: no such line."""
    text = line.lstrip(FRAMES + "\ufeff")
    if not text.startswith(_HEADERS) or len(text) < 4 or text[3].isalnum() or text[3] in " \r\n":
        return None
    marks = text[4:].split(text[3], 1)[0].rstrip("\r\n")
    usual = Separators()
    given = [marks[place] if place < len(marks) else usual[place + 1] for place in range(4)]
    return Separators(text[3], *given)


def segment(text: str, start: int, separators: Separators) -> Segment:
    """The segment that a line of a record's text holds. `start` is where the line begins in it."""
    lead = len(text) - len(text.lstrip(FRAMES + "\ufeff"))
    body = text.rstrip("\r\n" + FRAMES)
    return Segment(start + lead, body[lead:].split(separators.field), separators)

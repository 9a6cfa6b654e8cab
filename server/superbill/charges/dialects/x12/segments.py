"""Where X12 segments begin and end, and what stands in them.

The ISA segment says by position which characters separate: the one behind "ISA" parts elements, ISA11 repetitions, ISA16
components, and the one behind ISA16 ends segments (X12.5, interchange control structures). Any characters may be
chosen, control characters included, and line ends may stand anywhere: behind terminators, or in the middle of a
segment where a program wrapped its lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

#: The longest segment that is looked for, in code points, and in lines; without an end it ends with its line.
MAX_SEGMENT = 1 << 16
MAX_LINES = 64

#: Lengths of the elements of ISA, the segment id first.
ISA_LENGTHS = (3, 2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1)
_BLANK = " \t\r\n"
#: Ids of the segments that 837 transactions hold. A line that begins with one begins a segment, even if the one above
#: it was not ended; a line of a wrapped file seldom does.
_IDS = [
    "AMT",
    "BHT",
    "CAS",
    "CL1",
    "CLM",
    "CN1",
    "CR1",
    "CR2",
    "CR3",
    "CRC",
    "CTP",
    "CUR",
    "DMG",
    "DTP",
    "FRM",
    "GE",
    "GS",
    "HCP",
    "HI",
    "HL",
    "IEA",
    "ISA",
    "K3",
    "LIN",
    "LQ",
    "LX",
    "MEA",
    "MIA",
    "MOA",
    "N2",
    "N3",
    "N4",
    "NM1",
    "NTE",
    "OI",
    "PAT",
    "PER",
    "PRV",
    "PS1",
    "PWK",
    "QTY",
    "REF",
    "SBR",
    "SE",
    "ST",
    "SV1",
    "SV2",
    "SV3",
    "SV4",
    "SV5",
    "SVD",
    "TA1",
    "TOO",
]
_KNOWN = frozenset(_IDS)


class Delimiters(NamedTuple):
    """The separators of one interchange."""

    element: str = "*"
    component: str = ":"
    repetition: str = "^"
    segment: str = "~"


class Segment(NamedTuple):
    """One segment in a text: where it begins, its elements as written, the first of them the id, and its id in the form
    that the standard writes it. `wrapped` says that there is a line end in it. `text` is all of it, without terminator."""

    start: int
    elements: list[str]
    id: str
    wrapped: bool
    text: str

    @property
    def end(self) -> int:
        """Where the segment ends, the terminator not included."""
        return self.start + len(self.text)

    def value(self, number: int) -> str:
        """An element by number (1 is the first behind the id), line ends taken out; "" when it is not there."""
        if number >= len(self.elements):
            return ""
        return unwrapped(self.elements[number]) if self.wrapped else self.elements[number]

    def values(self, count: int) -> list[str]:
        """The id and the first elements, `count` in all, as `value` gives them."""
        found = self.elements[:count]
        if self.wrapped:
            found = [unwrapped(text) for text in found]
        return found if len(found) == count else found + [""] * (count - len(found))

    def span(self, number: int) -> tuple[int, int]:
        """Where an element stands in the text."""
        start = self.start + sum(map(len, self.elements[:number])) + number
        return start, start + len(self.elements[number])


class Taken(NamedTuple):
    """A stretch of lines: its text, where it ends, the number of lines that were looked at, whether it is ended."""

    text: str
    line: int
    column: int
    reach: int
    ended: bool


def unwrapped(text: str) -> str:
    """A value without the line ends of a wrapped file."""
    return text.replace("\r", "").replace("\n", "") if "\n" in text or "\r" in text else text


def peek(lines: Sequence[str], line: int, column: int, size: int = 4) -> str:
    """The first characters of the segment that begins at or behind a place, blanks before and line ends left out."""
    text = lines[line][column : column + size]
    if len(text) == size and text[0] not in _BLANK and "\n" not in text and "\r" not in text:
        return text
    found = ""
    for number in range(line, min(line + MAX_LINES, len(lines))):
        start = column if number == line else 0
        found = (found + unwrapped(lines[number][start : start + MAX_SEGMENT])).lstrip(_BLANK)
        if len(found) >= size:
            break
    return found[:size]


def take(lines: Sequence[str], line: int, column: int, delimiters: Delimiters) -> Taken:
    """The segment that begins at a place, with its terminator and the blanks and line ends behind it.

    A segment without terminator ends before the next line that begins like a segment, else with its line.
    """
    terminator = delimiters.segment
    here = lines[line]
    found = here.find(terminator, column)
    if found >= 0:
        end, last = _behind(lines, line, found + 1)
        return Taken(here[column:end] if last == line else here[column:], last, end if last == line else 0, 1, True)
    begins = segment_start(delimiters.element)
    gathered = [here[column:]]
    size = len(gathered[0])
    number = line + 1
    blank = not gathered[0].strip(_BLANK)
    while number < len(lines) and number - line < MAX_LINES and size < MAX_SEGMENT:
        more = lines[number]
        if not blank and begins.match(more):
            # The next segment begins although this one was not ended.
            return Taken("".join(gathered), number, 0, number - line + 1, False)
        found = more.find(terminator)
        if found >= 0:
            end, last = _behind(lines, number, found + 1)
            if last != number:
                return Taken("".join([*gathered, more]), last, 0, number - line + 1, True)
            return Taken("".join([*gathered, more[:end]]), number, end, number - line + 1, True)
        gathered.append(more)
        size += len(more)
        blank = blank and not more.strip(_BLANK)
        number += 1
    if number >= len(lines):  # the file breaks off here
        last = len(lines) - 1
        return Taken("".join(gathered), last, len(lines[last]), number - line, False)
    if line + 1 < len(lines):
        return Taken(here[column:], line + 1, 0, number - line + 1, False)
    return Taken(here[column:], line, len(here), 1, False)


def _behind(lines: Sequence[str], line: int, column: int) -> tuple[int, int]:
    """(column, line) behind the blanks that follow a terminator on its line, the line end included."""
    here = lines[line]
    size = len(here)
    while column < size and here[column] in _BLANK:
        column += 1
    if column == size and line + 1 < len(lines):
        return 0, line + 1
    return column, line


@lru_cache(maxsize=64)
def segment_start(element: str) -> re.Pattern[str]:
    """What the beginning of a segment looks like: a known id and a separator."""
    return re.compile(rf"[ \t]*(?:{'|'.join(_IDS)}){re.escape(element)}")


def split(text: str, delimiters: Delimiters) -> list[Segment]:
    """The segments of a text, empty ones left out."""
    found: list[Segment] = []
    terminator, element = delimiters.segment, delimiters.element
    # As a rule all terminators have the same behind them. Then it is cut off with them, and pieces need no closer look.
    mark = _mark(text, terminator)
    make = tuple.__new__
    at = 0
    for body in text.split(mark or terminator):
        start = at
        at += len(body) + (len(mark) or 1)
        elements = body.split(element)
        name = elements[0]
        if mark and name in _KNOWN and body[-1] not in _BLANK:  # nearly all, so at once
            found.append(make(Segment, (start, elements, name, False, body)))
            continue
        if body[:1] in _BLANK:
            body = body.lstrip(_BLANK)
            start = at - (len(mark) or 1) - len(body)
        if "\n" in body:
            _several(found, body, start, element)
        elif body:
            _one(found, body, start, element)
    return found


def _mark(text: str, terminator: str) -> str:
    """A terminator with the line end that stands behind all of them, if all line ends stand there; else ""."""
    ends = text.count("\n")
    if terminator in "\r\n":
        return ""
    if "\r" not in text:
        if not ends:
            return terminator
        if text.count(terminator) == ends == text.count(terminator + "\n"):
            return terminator + "\n"
    elif text.count(terminator) == ends == text.count("\r") == text.count(terminator + "\r\n"):
        return terminator + "\r\n"
    return ""


def _several(found: list[Segment], body: str, start: int, element: str) -> None:
    """The segments of a stretch without terminator: one that was not ended may have others below, on their lines."""
    begins = segment_start(element)
    open_from = 0
    for match in _LINE.finditer(body):
        if begins.match(body, match.end()):
            _one(found, body[open_from : match.end()], start + open_from, element)
            open_from = match.end()
    lead = len(body[open_from:]) - len(body[open_from:].lstrip(_BLANK))
    _one(found, body[open_from + lead :], start + open_from + lead, element)


_LINE = re.compile(r"\n")


def _one(found: list[Segment], body: str, start: int, element: str) -> None:
    """The one segment of a stretch without terminator; none when it is blank."""
    if body[-1:] in _BLANK:
        body = body.rstrip(_BLANK)
        if not body:
            return
    elements = body.split(element)
    name = unwrapped(elements[0]).strip(_BLANK).upper()
    found.append(Segment(start, elements, name, "\n" in body or "\r" in body, body))


def components(segment: Segment, number: int, delimiters: Delimiters) -> list[tuple[str, int, int]]:
    """(value, start, end) of the components of an element; none when it is not there."""
    if number >= len(segment.elements):
        return []
    start, _ = segment.span(number)
    found = []
    for part in segment.elements[number].split(delimiters.component):
        found.append((unwrapped(part) if segment.wrapped else part, start, start + len(part)))
        start += len(part) + 1
    return found


class Header(NamedTuple):
    """An ISA segment: what separates, the element lengths that are wrong, and how long the segment is."""

    delimiters: Delimiters
    wrong: tuple[int, ...]
    size: int


def read_header(text: str) -> Header | None:
    """Read an ISA segment at the beginning of a text that has no line ends in it; None when it is none.

    With all lengths right the separators stand where they must. Otherwise they are found by counting elements.
    """
    if not text.startswith("ISA") or len(text) < 8 or text[3].isalnum() or text[3] == " ":
        return None
    element = text[3]
    right = len(text) > 105 and all(
        text[sum(ISA_LENGTHS[:number]) + number - 1] == element for number in range(1, len(ISA_LENGTHS))
    )
    if right:
        component, segment, size = text[104], text[105], 106
        elements = [*text[:103].split(element)[:16], component]
    else:
        elements = text.split(element, 16)
        if len(elements) < 17 or len(elements[16]) < 2:
            return Header(Delimiters(element), tuple(range(1, 17)), 0)
        component, segment = elements[16][0], elements[16][1]
        elements[16] = component
        size = sum(map(len, elements)) + 16 + 1
    wrong = tuple(number for number, length in enumerate(ISA_LENGTHS) if len(elements[number]) != length)
    repetition = elements[11][:1] if not elements[11][:1].isalnum() else ""
    return Header(Delimiters(element, component, repetition, segment), wrong, size)

"""The X12 dialect: a claim is one record, with all its service lines; so is a level of the hierarchy (HL), with whoever it
names; any other segment is a record of its own.

What a service line says stands before it (place and diagnoses in the claim) and behind it (date, notes), so the claim is
the least that can be read by itself. An edit inside it re-reads this claim, wherever the line ends of the file stand.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from superbill.charges.dialect import Field, Heading, Hints, Mark, Operation, Placed, Shape, TextEdit
from superbill.charges.dialects.x12 import claim as reading
from superbill.charges.dialects.x12 import edits as writing
from superbill.charges.dialects.x12 import elements, outline, spans, structure
from superbill.charges.dialects.x12.context import Context
from superbill.charges.dialects.x12.segments import (
    Delimiters,
    Header,
    peek,
    read_header,
    segment_start,
    split,
    take,
    unwrapped,
)
from superbill.charges.model import Content, Part, PartName, Problem, Record, Statement

_SUFFIXES = frozenset({".837", ".x12", ".edi", ".837i", ".837p"})
_LANGUAGES = frozenset({"x12", "edi"})
_HEADER_REACH = 600
#: A claim of more code points is cut, so that one keystroke never reads a whole file.
_LONGEST_CLAIM = 1 << 18
#: Segments that a claim seldom has more of.
_MANY = 500
#: A line that is longer holds more than one segment.
_SHORT = 400
_BLANK = " \t\r\n"
#: What a line may begin with, of two characters, that wants a closer look: a segment that begins something else. In the
#: form of the standard, or with small letters.
_BEGINNINGS = frozenset(
    first + second
    for name in reading.BOUNDARY
    for first in (name[0], name[0].lower())
    for second in (name[1], name[1].lower())
)


class X12:
    """Interchanges of X12 837 transactions."""

    name = "x12"
    fields: Mapping[PartName, str] = {
        "code": "SV101-2, SV202-2", "modifier": "SV101-3 to -6, SV202-3 to -6", "units": "SV104, SV205", "basis": "SV103, SV204",
        "date": "DTP 472", "date_to": "DTP 472, RD8", "place": "SV105, else CLM05-1", "charge": "SV102, SV203",
        "diagnosis": "HI", "pointer": "SV107", "claim": "CLM01", "patient": "NM1 IL, NM1 QC", "provider": "NM1 82, else NM1 85",
        "payer": "NM1 PR, SBR09", "setting": "SV1 or SV2", "note": "SV101-7, NTE",
    }  # fmt: skip

    def recognise(self, head: Sequence[str], hints: Hints) -> float:
        """See `Dialect.recognise`."""
        start = _start_of(head)
        named = hints.suffix in _SUFFIXES or hints.language in _LANGUAGES
        header = read_header(start)
        if header is not None and (header.size or named):
            return 1.0
        fragment = start[:3].rstrip("*|") in ("GS", "ST", "CLM") and _fragment(start) is not None
        return 0.95 if fragment and (named or "CLM" in start) else 0.0

    def stirs(self, lines: Sequence[str]) -> bool:
        """See `Dialect.stirs`."""
        return True

    def start(self, head: Sequence[str], hints: Hints) -> Hashable:
        """See `Dialect.start`."""
        start = _start_of(head)
        return Context() if start.startswith("ISA") else Context(_fragment(start))

    # -- reading ----------------------------------------------------------------------------------------------

    def read(self, lines: Sequence[str], line: int, column: int, state: Hashable) -> Record:
        """See `Dialect.read`."""
        assert isinstance(state, Context)
        first = peek(lines, line, column)
        if first.startswith("ISA") and len(first) > 3 and not first[3].isalnum() and first[3] != " ":
            return _interchange(lines, line, column, state)
        delimiters = state.delimiters or Delimiters()
        if state.claims and first.startswith("CLM") and first[3:] == delimiters.element:
            return _claim(lines, line, column, state, delimiters)
        if first.startswith("HL") and first[2:3] == delimiters.element:
            return _level(lines, line, column, state, delimiters)
        taken = take(lines, line, column, delimiters)
        found = split(taken.text, delimiters)
        after = state.after(found[:1])
        signature: Hashable = None
        if found and not taken.ended and state.transaction == "837":
            signature = ("open", found[0].id)
        return _record(
            lines, line, column, taken.text, (taken.line, taken.column), taken.reach, state, after, signature
        )

    def content(self, record: Record) -> Content:
        """See `Dialect.content`."""
        signature = record.signature
        assert isinstance(signature, tuple)
        if signature[0] == "claim":
            context: Context = record.state  # type: ignore[assignment]
            parsed = reading.parse(record.text, context.delimiters or Delimiters())
            found = reading.content(parsed, context)
            if signature[-1]:
                found = Content(found.lines, problems=(*found.problems, Problem("x12-not-ended", Part("line"), ("",))))
            return found
        if signature[0] == "open":
            return Content(problems=(Problem("x12-not-ended", Part("line"), (signature[1],)),))
        return Content(problems=tuple(_header_problems(record)))

    def statements(self, record: Record) -> tuple[Statement, ...]:
        """See `Dialect.statements`."""
        return ()

    # -- where things stand -------------------------------------------------------------------------------------

    def parts(self, record: Record) -> list[Placed]:
        """See `Dialect.parts`."""
        signature = record.signature
        if not isinstance(signature, tuple):
            return []
        if signature[0] == "header":
            return spans.header_parts(record.text)
        if signature[0] == "open":
            return [Placed(Part("line"), *spans.body(record.text))]
        return spans.claim_parts(record.text, _delimiters(record))

    def heading(self, record: Record, index: int) -> tuple[str, str, int]:
        """See `Dialect.heading`."""
        return "", "", 0

    def field(self, record: Record, offset: int) -> Field | None:
        """See `Dialect.field`."""
        return elements.field(record.text, offset, _delimiters(record))

    def marks(self, record: Record) -> list[Mark]:
        """See `Dialect.marks`."""
        return structure.marks(record.text, _delimiters(record))

    def shape(self, record: Record, offset: int) -> Shape | None:
        """See `Dialect.shape`."""
        return structure.shape(record.text, offset, _delimiters(record))

    def outline(self, record: Record) -> list[Heading]:
        """See `Dialect.outline`."""
        return outline.headings(record, _delimiters(record))

    def remark(self, record: Record, offset: int, words: str, hints: Hints) -> TextEdit | None:
        """See `Dialect.remark`. The format has no comments."""
        return None

    def edits(self, record: Record, operation: Operation, following: Iterable[Record] = ()) -> list[TextEdit] | None:
        """See `Dialect.edits`."""
        if not isinstance(record.signature, tuple) or record.signature[0] == "open":
            return None
        return writing.edits(record, operation, _delimiters(record), self.parts(record), following)


def _delimiters(record: Record) -> Delimiters:
    """The separators that a record was read with; those of an ISA are its own."""
    after = record.after
    assert isinstance(after, Context)
    return after.delimiters or Delimiters()


def _start_of(head: Sequence[str]) -> str:
    """The first characters of a document, line ends and blanks before them left out."""
    for number, line in enumerate(head):
        text = line[:_HEADER_REACH].lstrip("\ufeff \t\r\n")
        if text:
            rest = "".join(more[:_HEADER_REACH] for more in head[number + 1 : number + 9])
            joined = unwrapped(text + rest)
            return joined[:_HEADER_REACH]
    return ""


def _fragment(start: str) -> Delimiters | None:
    """The separators of a piece of an 837 that has no ISA: the usual ones, if it looks like that."""
    for element in ("*", "|"):
        if segment_start(element).match(start) and "~" in start:
            return Delimiters(element)
    return None


def _record(
    lines: Sequence[str],
    line: int,
    column: int,
    text: str,
    end: tuple[int, int],
    reach: int,
    state: Context,
    after: Context,
    signature: Hashable,
    group: Hashable = None,
) -> Record:
    height = end[0] - line
    width = end[1] if height else end[1] - column
    return Record(text, height, width, state, after, signature, group, max(reach, height + 1))


def _interchange(lines: Sequence[str], line: int, column: int, state: Context) -> Record:
    """An ISA segment: from here on its separators hold."""
    raw = lines[line][column : column + _HEADER_REACH]
    number = line
    while len(unwrapped(raw)) < _HEADER_REACH and number + 1 < len(lines) and number - line < 8:
        number += 1
        raw += lines[number][:_HEADER_REACH]
    header = read_header(unwrapped(raw.lstrip(" \t\r\n")))
    if header is None:  # a file that breaks off behind "ISA*"
        header = Header(Delimiters(), (), 0)
    # All that was looked at for the separators belongs to the record, wherever the first of them may stand.
    least = _unwrapped_size(raw, header.size - 1) if header.size else len(lines[line]) - column
    skipped = (line, column)
    while least > len(lines[skipped[0]]) - skipped[1] and skipped[0] + 1 < len(lines):
        least -= len(lines[skipped[0]]) - skipped[1]
        skipped = (skipped[0] + 1, 0)
    taken = take(lines, skipped[0], min(skipped[1] + least, len(lines[skipped[0]])), header.delimiters)
    text = "".join([*lines[line : skipped[0]], lines[skipped[0]][: skipped[1] + least]]) if skipped[0] > line else ""
    text = text[column:] if text else lines[line][column : column + least]
    after = Context(header.delimiters)
    follows = peek(lines, taken.line, taken.column, 6)
    element = header.delimiters.element
    claims = follows.startswith(f"GS{element}HC") or not follows.startswith("GS")
    signature = ("header", header, claims, text + taken.text) if claims and (header.wrong or _clash(header)) else None
    end = (taken.line, taken.column)
    return _record(
        lines, line, column, text + taken.text, end, max(number, taken.line) - line + 10, state, after, signature
    )


def _unwrapped_size(raw: str, size: int) -> int:
    """How much of a text holds its first `size` characters that are no line ends, blanks before it included."""
    lead = len(raw) - len(raw.lstrip(" \t\r\n"))
    for index in range(lead, len(raw)):
        if raw[index] not in "\r\n":
            if not size:
                return index
            size -= 1
    return len(raw)


def _clash(header: Header) -> bool:
    """Whether separators are the same character twice, or letters or digits."""
    marks = [mark for mark in header.delimiters if mark]
    return len(set(marks)) < len(marks) or any(mark.isalnum() for mark in marks)


def _header_problems(record: Record) -> Iterable[Problem]:
    signature = record.signature
    assert isinstance(signature, tuple)
    header: Header = signature[1]
    if not header.size:
        yield Problem("x12-header", Part("line"), ("short",))
        return
    found = split(record.text, header.delimiters)
    for number in header.wrong:
        if number < len(found[0].elements):
            yield Problem("x12-header", Part("form", number), ("length", str(number), found[0].elements[number]))
    if _clash(header):
        yield Problem("x12-separators", Part("line"), tuple(header.delimiters))


@lru_cache(maxsize=64)
def _boundary(delimiters: Delimiters) -> re.Pattern[str]:
    """A terminator, and behind it on the same line a segment that cannot belong to what stands before it."""
    names = "|".join(sorted(reading.BOUNDARY))
    return re.compile(rf"{re.escape(delimiters.segment)}[ \t]*((?i:{names}){re.escape(delimiters.element)})")


class _Stretch(NamedTuple):
    """Segments that follow each other: their text, where they end, how many lines were looked at, whether one of them
    lacks its terminator."""

    text: str
    end: tuple[int, int]
    reach: int
    open_end: bool


def _stretch(lines: Sequence[str], line: int, column: int, delimiters: Delimiters, whole: bool) -> _Stretch:
    """The segments from a place up to one that begins something else; with `whole` also up to one without terminator."""
    here = lines[line]
    if len(here) - column > _SHORT:
        # Many segments to a line: the next that begins something else is found at once.
        found = _boundary(delimiters).search(here, column)
        if found is not None and found.start(1) - column < _LONGEST_CLAIM:
            return _Stretch(here[column : found.start(1)], (line, found.start(1)), 2, False)
    terminator, element = delimiters.segment, delimiters.element
    if not column and here.endswith((terminator + "\n", terminator + "\r\n")):
        # Each segment on a line of its own, as most files have them, needs no closer look.
        number = _rows(lines, line, element)
        text = "".join(lines[line:number])
        if number and len(text) < _LONGEST_CLAIM and _in_rows(text, terminator, number - line):
            return _Stretch(text, (number, 0), number - line + 2, False)
    pieces: list[str] = []
    number, start, size, open_end, reach = line, column, 0, False, 1
    last = (len(lines) - 1, len(lines[-1]))
    while (number, start) < last and size < _LONGEST_CLAIM:
        if pieces and peek(lines, number, start).upper().partition(element)[0] in reading.BOUNDARY:
            break
        taken = take(lines, number, start, delimiters)
        if not taken.ended and whole and pieces:
            reach = max(reach, number - line + taken.reach)
            break
        pieces.append(taken.text)
        size += len(taken.text)
        reach = max(reach, number - line + taken.reach)
        open_end = open_end or (not taken.ended and bool(taken.text.strip(_BLANK)))
        number, start = taken.line, taken.column
        if whole and not taken.ended:
            break
    # The segment that ended the stretch was looked at, too.
    return _Stretch("".join(pieces), (number, start), max(reach, number - line + 2), open_end)


def _rows(lines: Sequence[str], line: int, element: str) -> int:
    """The next line below one that begins with a segment that begins something else; 0 if there is none near."""
    names, beginnings = reading.BOUNDARY, _BEGINNINGS
    for number in range(line + 1, min(line + _MANY, len(lines))):
        here = lines[number]
        if here[:2] in beginnings and here[:4].upper().partition(element)[0] in names:
            return number
    return 0


def _in_rows(text: str, terminator: str, rows: int) -> bool:
    """Whether a text of so many lines has one segment to a line, none of them behind blanks."""
    end = terminator + ("\r\n" if text.endswith("\r\n") else "\n")
    if text.count(end) != rows or text.count(terminator) != rows or text[0] in _BLANK:
        return False
    return "\n " not in text and "\n\t" not in text and "\n\r" not in text


def _claim(lines: Sequence[str], line: int, column: int, state: Context, delimiters: Delimiters) -> Record:
    """A claim with all that follows it, up to the segment that cannot belong to it."""
    found = _stretch(lines, line, column, delimiters, False)
    text = found.text
    parsed = reading.parse(text, delimiters)
    signature = (
        "claim", text, state.institutional, state.filing, state.payer, state.biller, state.purpose, state.birth, delimiters,
        found.open_end,
    )  # fmt: skip
    group = reading.group(parsed, state)
    return _record(lines, line, column, text, found.end, found.reach, state, state, signature, group)


def _level(lines: Sequence[str], line: int, column: int, state: Context, delimiters: Delimiters) -> Record:
    """A level of the hierarchy (HL): who bills, who is insured, who is treated, up to the claim or the next level."""
    found = _stretch(lines, line, column, delimiters, True)
    segments = split(found.text, delimiters)
    after = state.after(segments)
    signature = ("open", segments[0].id) if found.open_end and state.transaction == "837" else None
    return _record(lines, line, column, found.text, found.end, found.reach, state, after, signature)

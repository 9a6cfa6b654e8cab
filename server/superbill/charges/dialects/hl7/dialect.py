"""The HL7 dialect: a segment is a record; an FT1 takes the NTE and PR1 segments below it along."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence

from superbill.charges.dialect import Field, Heading, Hints, Mark, Operation, Placed, Shape, TextEdit
from superbill.charges.dialects.hl7 import charge as reading
from superbill.charges.dialects.hl7 import edits as writing
from superbill.charges.dialects.hl7 import fields, structure
from superbill.charges.dialects.hl7.charge import Message
from superbill.charges.dialects.hl7.segments import FRAMES, Separators, read_separators, segment
from superbill.charges.model import Content, Part, PartName, Problem, Record, Statement
from superbill.charges.records import of_lines

_SUFFIXES = frozenset({".hl7", ".dft"})
_MOST_BELOW = 50
#: How far below a charge its insurance is looked for: the standard has IN1 behind the charges of a message.
_MOST_TO_PAYER = 30


class HL7:
    """HL7 v2 messages, one or many, with or without batch headers."""

    name = "hl7"
    fields: Mapping[PartName, str] = {
        "code": "FT1-25, else FT1-7, else PR1-3", "modifier": "FT1-26, repeating; PR1-16", "units": "FT1-10", "date": "FT1-4",
        "date_to": "FT1-4.2", "charge": "FT1-11", "diagnosis": "FT1-19", "claim": "PV1-19, else MSH-10", "patient": "PID-3",
        "provider": "FT1-20", "payer": "IN1-4",
    }  # fmt: skip

    def recognise(self, head: Sequence[str], hints: Hints) -> float:
        """See `Dialect.recognise`."""
        for line in head:
            text = line.strip(FRAMES + "\ufeff \t\r\n")
            if not text:
                continue
            named = hints.suffix in _SUFFIXES or hints.language == "hl7"
            found = read_separators(text)
            if found is not None and (named or len(text) > 8):
                return 1.0
            return 0.9 if text.startswith("FT1|") else 0.0
        return 0.0

    def stirs(self, lines: Sequence[str]) -> bool:
        """See `Dialect.stirs`."""
        return True

    def start(self, head: Sequence[str], hints: Hints) -> Hashable:
        """See `Dialect.start`."""
        return Message()

    # -- reading ----------------------------------------------------------------------------------------------

    def read(self, lines: Sequence[str], line: int, column: int, state: Hashable) -> Record:
        """See `Dialect.read`."""
        assert isinstance(state, Message)
        text = lines[line]
        separators = state.separators or Separators()
        if text.startswith("FT1" + separators.field):
            return self._charge(lines, line, state, separators)
        found = read_separators(text)
        signature: Hashable = None
        if found is not None:
            header = segment(text, 0, found)
            after = Message(found) if header.id != "MSH" else Message(found, header.text(12), header.text(10))
            if not _distinct(text, found):
                signature = ("header", text.rstrip("\r\n"))
        else:
            after = _after(text, state, separators)
        return of_lines(lines, line, 1, state, after, signature, None, 1)

    def _charge(self, lines: Sequence[str], line: int, state: Message, separators: Separators) -> Record:
        count = 1
        while line + count < len(lines) and count < _MOST_BELOW and lines[line + count][:3] in reading.BELOW:
            count += 1
        payer, seen = (state.payer, 0) if state.payer else _payer_below(lines, line + count, separators)
        number = lines[line][4:].partition(separators.field)[0].strip()
        after = state._replace(number=number if number.isdecimal() and len(number) < 10 else "?")
        record = of_lines(lines, line, count, state, after, None, None, count + max(seen, 1))
        record.signature = (
            "charge", record.text.rstrip("\r\n"), state.version, payer, state.birth, separators, state.number,
        )  # fmt: skip
        record.group = ("hl7", state.patient or state.visit or state.control)
        return record

    def content(self, record: Record) -> Content:
        """See `Dialect.content`."""
        signature = record.signature
        assert isinstance(signature, tuple)
        if signature[0] == "header":
            return Content(
                problems=(Problem("hl7-separators", Part("line"), (record.text.lstrip(FRAMES)[3:8].strip(),)),)
            )
        assert isinstance(record.state, Message)
        return reading.content(_charge(record), record.state._replace(payer=signature[3]))

    def statements(self, record: Record) -> tuple[Statement, ...]:
        """See `Dialect.statements`."""
        return ()

    # -- where things stand -------------------------------------------------------------------------------------

    def parts(self, record: Record) -> list[Placed]:
        """See `Dialect.parts`."""
        if not isinstance(record.signature, tuple):
            return []
        if record.signature[0] == "header":
            return [Placed(Part("line"), 0, min(8, len(record.text.rstrip("\r\n"))))]
        return reading.parts(_charge(record))

    def heading(self, record: Record, index: int) -> tuple[str, str, int]:
        """See `Dialect.heading`."""
        return "", "", 0

    def field(self, record: Record, offset: int) -> Field | None:
        """See `Dialect.field`."""
        assert isinstance(record.after, Message)
        return fields.field(record.text, offset, record.after.separators or Separators())

    def marks(self, record: Record) -> list[Mark]:
        """See `Dialect.marks`."""
        assert isinstance(record.after, Message)
        return structure.marks(record.text, record.after.separators or Separators())

    def shape(self, record: Record, offset: int) -> Shape | None:
        """See `Dialect.shape`."""
        assert isinstance(record.after, Message)
        return structure.shape(record.text, offset, record.after.separators or Separators())

    def outline(self, record: Record) -> list[Heading]:
        """See `Dialect.outline`."""
        signature = record.signature
        end = len(record.text.rstrip("\r\n"))
        if isinstance(signature, tuple) and signature[0] == "charge":
            found = _charge(record)
            mods = [value.text.strip() for value in found.modifiers if value.text.strip()]
            code = found.code.text.strip() if found.code is not None else found.ft1.text(7) or "no code"
            what = " · ".join(text for text in (found.ft1.text(4)[:8], found.ft1.text(10), found.ft1.text(6)) if text)
            return [Heading(1, "line", "-".join([code, *mods]), what, 0, end)]
        found_separators = read_separators(record.text)
        if found_separators is None:
            return []
        header = segment(record.text, 0, found_separators)
        if header.id != "MSH":
            return []
        kind = "^".join(text for text in (header.text(9), header.text(9, 2)) if text)
        return [Heading(0, "message", f"{kind or 'message'} {header.text(10)}".strip(), header.text(12), 0, end)]

    def remark(self, record: Record, offset: int, words: str, hints: Hints) -> TextEdit | None:
        """See `Dialect.remark`. The format has no comments."""
        return None

    def edits(self, record: Record, operation: Operation, following: Iterable[Record] = ()) -> list[TextEdit] | None:
        """See `Dialect.edits`."""
        if not isinstance(record.signature, tuple) or record.signature[0] != "charge":
            return None
        found = _charge(record)
        return writing.edits(record, operation, found, reading.parts(found), following)


def _charge(record: Record) -> reading.Charge:
    assert isinstance(record.state, Message)
    return reading.parse(record.text, record.state.separators or Separators())


def _payer_below(lines: Sequence[str], line: int, separators: Separators) -> tuple[str, int]:
    """The payer that the rest of the message names, and how many lines were looked at for it."""
    for seen, text in enumerate(lines[line : line + _MOST_TO_PAYER], 1):
        if text.startswith("IN1" + separators.field):
            return segment(text, 0, separators).text(4), seen
        if text.startswith("PID") or text.lstrip(FRAMES + "\ufeff").startswith(("MSH", "BTS", "FTS")):
            return "", seen
    return "", min(_MOST_TO_PAYER, max(len(lines) - line, 0))


def _distinct(text: str, separators: Separators) -> bool:
    """Whether a header names four or five different separators, none of them a letter or digit."""
    marks = text.lstrip(FRAMES + "\ufeff")[4:].split(separators.field, 1)[0].rstrip("\r\n")
    every = separators.field + marks
    return 3 <= len(marks) <= 5 and len(set(every)) == len(every) and not any(mark.isalnum() for mark in every)


def _after(text: str, state: Message, separators: Separators) -> Message:
    """What is known behind a segment."""
    name = text[:3]
    if name in ("ORC", "OBR"):
        return state._replace(number="?")  # where charges stand by order, they may be numbered by order
    if name not in ("PID", "PV1", "IN1"):
        return state
    one = segment(text, 0, separators)
    if name == "PID":
        return state._replace(
            patient=one.text(3) or one.text(2) or one.text(18), visit="", payer="", birth=one.text(7), number=""
        )
    if name == "PV1":
        return state._replace(visit=one.text(19))
    return state if state.payer else state._replace(payer=one.text(4))

"""What a dialect is: one file format, read record by record.

Reading is a left fold: `read` takes the lines, a place in them and the state before it, and answers one record with
the state after it. Whatever the lines hold, it answers; it never raises. An edit therefore re-reads from the record it
touches until a record begins where an old one did with the same state; all that follows is known to be the same.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple, Protocol

from superbill.charges.model import Content, Part, PartName, Record, Statement

#: Lines at the top of a document that may decide how all of it is read.
HEAD_LINES = 40
#: Code points of the head that are looked at, at most.
HEAD_SIZE = 64 * 1024
#: Lines that a dialect may look at for one record, at most: how far above an edit a record can have seen it.
MAX_REACH = 1 << 14
#: A record longer than this many code points is left unread, with one notice.
MAX_RECORD = 1 << 20
_NO_ENTRIES: Mapping[str, str] = {}


class Hints(NamedTuple):
    """What is known of a document besides its text: its language id in the editor, its file name's ending, and what the
    settings say of its columns: (heading as `columns.identify` writes it, role, which of several; 0 for the only one).
    """

    language: str = ""
    suffix: str = ""
    columns: tuple[tuple[str, str, int], ...] = ()


class Placed(NamedTuple):
    """A part of a record and where it stands in the record's text (code points, end exclusive)."""

    part: Part
    start: int
    end: int


class TextEdit(NamedTuple):
    """Replace a span of a record's text (code points, end exclusive): of the record asked, unless it names another."""

    start: int
    end: int
    text: str
    record: Record | None = None


class Field(NamedTuple):
    """A field of a format under a cursor: "SV103", what it is for, where its value stands in the record's text.

    `values` are the coded values that the format knows for it, with what each means; empty for fields of free text.
    """

    name: str
    title: str
    start: int
    end: int
    values: Mapping[str, str] = _NO_ENTRIES
    open: bool = False  #: whether other values than those listed are in order


class Heading(NamedTuple):
    """A stretch of a record that an outline names. `level` counts from 0; deeper ones lie within the one above.

    `kind` is "interchange", "message", "claim", "line" or "section"; `start` and `end` lie in the record's text.
    """

    level: int
    kind: str
    name: str
    detail: str
    start: int
    end: int


class Mark(NamedTuple):
    """A piece of a record that belongs to the format and holds no value: a segment's name, or a separator."""

    kind: Literal["segment", "separator"]
    start: int
    end: int


class Slot(NamedTuple):
    """One element of a shape: its name in the format ("SV103"), and what it is for; "" when that is not known."""

    name: str
    title: str = ""
    values: Mapping[str, str] = _NO_ENTRIES


class Shape(NamedTuple):
    """The segment or row in which an offset lies, as the format lays it out: its name, what it is for, the pieces of
    its pattern in order (slots, and separators as plain text), and which slot the offset is in, counted from 0."""

    name: str
    title: str
    pieces: tuple[Slot | str, ...]
    active: int


class Dialect(Protocol):
    """One file format."""

    @property
    def name(self) -> str:
        """The dialect's name: `delimited`, `prose`, ..."""

    @property
    def fields(self) -> Mapping[PartName, str]:
        """Which fields of a service line the format has, and where they stand in it, in its own words."""

    def recognise(self, head: Sequence[str], hints: Hints) -> float:
        """How sure the dialect is, 0 to 1, that a document with this head holds charges in its format."""

    def stirs(self, lines: Sequence[str]) -> bool:
        """Whether some line may matter at all. A document in which none does is not read until one comes."""

    def start(self, head: Sequence[str], hints: Hints) -> Hashable:
        """The state before the first record. May depend on nothing but the head and the hints."""

    def read(self, lines: Sequence[str], line: int, column: int, state: Hashable) -> Record:
        """The record that begins there."""

    def content(self, record: Record) -> Content:
        """What the record holds."""

    def statements(self, record: Record) -> tuple[Statement, ...]:
        """What a record of a note states; asked only for notes that bill something. Empty where there are no notes."""

    def parts(self, record: Record) -> list[Placed]:
        """All parts of the record with their spans, in the order of the text, empty fields included."""

    def heading(self, record: Record, index: int) -> tuple[str, str, int]:
        """Name, role ("" when unknown) and number of a column, for a `header` part."""

    def field(self, record: Record, offset: int) -> Field | None:
        """The field of the format that an offset of a record's text lies in; None where the format names none."""

    def marks(self, record: Record) -> list[Mark]:
        """Names of segments and separators, in the order of the text; empty in formats that editors colour themselves."""

    def shape(self, record: Record, offset: int) -> Shape | None:
        """The segment or row around an offset of a record's text, element by element; None where there is none."""

    def outline(self, record: Record) -> list[Heading]:
        """What an outline of the document should name in a record, in the order of the text."""

    def edits(self, record: Record, operation: Operation, following: Iterable[Record] = ()) -> list[TextEdit] | None:
        """How to do `operation` in this format, or None when it cannot be done safely.

        `following` are the records behind this one, for formats in which an edit must be counted further down.
        """

    def remark(self, record: Record, offset: int, words: str, hints: Hints) -> TextEdit | None:
        """How to write a comment for Superbill about what stands at an offset of a record, in the words given.

        None where the format has no comments, as in whatever is sent to a payer, or where one would not be read back.
        """


# -- what a fix may ask of a dialect ------------------------------------------------------------------------------


class SetValue(NamedTuple):
    """Write `text` into a part (a field as it stands between its separators)."""

    part: Part
    text: str


class RemoveModifiers(NamedTuple):
    """Take modifiers off a line, by slot; those after them move left."""

    slots: tuple[int, ...]
    item: int = 0


class AddModifiers(NamedTuple):
    """Put modifiers on a line: in front of the others, or in the next free slots."""

    modifiers: tuple[str, ...]
    first: bool = False
    item: int = 0


class SetModifiers(NamedTuple):
    """Write the whole list of modifiers anew, in this order."""

    modifiers: tuple[str, ...]
    item: int = 0


def modifiers_after(operation: AddModifiers | RemoveModifiers | SetModifiers, present: Sequence[str]) -> list[str]:
    """The modifiers that a line has after an operation, in order. `present` are its slots, "" for an empty one."""
    if isinstance(operation, SetModifiers):
        return list(operation.modifiers)
    if isinstance(operation, RemoveModifiers):
        return [value for slot, value in enumerate(present) if slot not in operation.slots and value]
    kept = [value for value in present if value]
    return [*operation.modifiers, *kept] if operation.first else [*kept, *operation.modifiers]


class SplitLine(NamedTuple):
    """Put two lines in the place of one; each is the old line with the given modifiers and units, and half of the
    charge, so that a claim keeps its total."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    units: str
    item: int = 0


class RemoveLine(NamedTuple):
    """Delete a service line: the record, or of a record that holds several the item."""

    item: int = 0


class InsertText(NamedTuple):
    """Write a sentence after the record (a placeholder in a note, on a line of its own)."""

    text: str


class MaskIdentifiers(NamedTuple):
    """Write `text` in the place of whatever looks like an identifier of the patient, in all records of the note. No
    dialect edits anything for it: the shapes are those of any text."""

    text: str


Operation = SetValue | RemoveModifiers | AddModifiers | SetModifiers | SplitLine | RemoveLine | InsertText


class EditRemark(NamedTuple):
    """Take names of rules out of a comment for Superbill, and the comment with the last of them; or write another name
    in their place. `number` counts the remarks of a record. It is done without the dialect: the comment says where it
    stands."""

    number: int
    names: tuple[str, ...]
    instead: str = ""


class NameColumn(NamedTuple):
    """Say in the settings what a column of the file holds. No dialect edits anything for it; an editor's server writes
    the settings."""

    heading: str
    role: str


def halves(charge: str) -> tuple[str, str] | None:
    """A charge shared out over two lines, to the cent, written as it was; None when it is no plain amount."""
    whole, point, cents = charge.strip().partition(".")
    if not (whole or cents) or not (whole + cents).isdecimal() or len(cents) > 2:
        return None
    total = int(whole or "0") * 100 + int(cents.ljust(2, "0") or "0")
    first = (total + 1) // 2

    def write(amount: int) -> str:
        if amount % 100 == 0 and not point:
            return str(amount // 100)
        return f"{amount // 100}.{amount % 100:02d}"

    return write(first), write(total - first)

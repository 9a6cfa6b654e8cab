"""The delimited dialect: one row, one record."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from sys import intern

from superbill.charges import values
from superbill.charges.dialect import MAX_RECORD, Field, Heading, Hints, Mark, Operation, Placed, Shape, Slot, TextEdit
from superbill.charges.dialects.delimited import edits as writing
from superbill.charges.dialects.delimited.cells import Cell, body, cells, read_row, split
from superbill.charges.dialects.delimited.layout import Group, Layout, detect
from superbill.charges.dialects.delimited.slots import code_column, modifier_slots
from superbill.charges.model import Content, Part, PartName, Problem, Record, ServiceLine, Statement, Written
from superbill.charges.pointers import wrong_pointers
from superbill.charges.records import of_lines
from superbill.charges.remarks import Remark, carried, in_hash

_SUFFIXES = {".csv": ",", ".tsv": "\t", ".tab": "\t", ".psv": "|"}
_LANGUAGES = {"csv": ",", "tsv": "\t", "tab": "\t", "psv": "|"}
_PROSE = frozenset({".md", ".markdown"})
#: A code that is being typed, or has lost a character, has as many of them.
_NEAR_CODE = 4


@dataclass(frozen=True, slots=True)
class _Reading:
    """The state between rows: how the document is laid out, and whether its heading is still to come."""

    layout: Layout | None
    line: int  # rows before this line are heading matter, not charges
    comments: bool = True  # whether rows that begin with # are comments
    pending: tuple[Remark, ...] = ()  # what was said in comments of the row to come


class Delimited:
    """Rows and columns."""

    name = "delimited"
    fields: Mapping[PartName, str] = dict.fromkeys(
        (
            "code", "modifier", "units", "date", "date_to", "place", "charge", "diagnosis", "pointer", "claim", "patient", "provider",
            "payer", "setting",
        ),
        "a column",
    )  # fmt: skip

    def recognise(self, head: Sequence[str], hints: Hints) -> float:
        """See `Dialect.recognise`."""
        if hints.suffix in _PROSE or hints.language == "markdown":
            return 0.0
        if not self._expected(hints) and next((line.strip() for line in head if line.strip()), "")[:1] in ("{", "["):
            return 0.0  # JSON has commas, too
        layout = detect(head, self._expected(hints), hints.columns)
        if layout is None:
            return 0.0
        if hints.suffix in _SUFFIXES or hints.language in _LANGUAGES:
            return layout.sureness
        rows = [line for line in head if line.strip() and not line.startswith("# ")] or [""]
        even = sum(line.count(layout.separator) >= layout.width - 1 for line in rows) >= 0.8 * len(rows)
        return layout.sureness if even and not rows[0].lstrip().startswith("|") else 0.0

    def stirs(self, lines: Sequence[str]) -> bool:
        """See `Dialect.stirs`."""
        return True

    def start(self, head: Sequence[str], hints: Hints) -> Hashable:
        """See `Dialect.start`."""
        layout = detect(head, self._expected(hints), hints.columns)
        return _Reading(layout, layout.heading + 1 if layout else 0, _has_comments(head, layout))

    def _expected(self, hints: Hints) -> str:
        return _SUFFIXES.get(hints.suffix) or _LANGUAGES.get(hints.language, "")

    # -- reading ----------------------------------------------------------------------------------------------

    def read(self, lines: Sequence[str], line: int, column: int, state: Hashable) -> Record:
        """See `Dialect.read`."""
        assert isinstance(state, _Reading)
        if lines[line].startswith("#") and state.comments and not (state.layout and line == state.line - 1):
            return _read_comment(lines, line, state)
        record = self._read_row(lines, line, state)
        if state.pending:
            if record.signature is None:
                waiting = carried(state.pending, max(record.height, 1))
                record.after = replace(_reading(record.after), pending=waiting)
            else:
                record.remarks = state.pending
                record.after = replace(_reading(record.after), pending=())
        return record

    def _read_row(self, lines: Sequence[str], line: int, state: _Reading) -> Record:
        layout = state.layout
        row = read_row(lines, line, layout.separator if layout else ",")
        after = state
        if layout is None or line < state.line:
            # Heading matter. The state must not depend on line numbers further down, so it changes once, here.
            heading = layout is not None and line == layout.heading
            if layout is not None and line + max(row.height, 1) > layout.heading and line <= layout.heading:
                after = replace(state, line=0)
            kind = ("heading",) if heading else None
            return Record(row.text, row.height, row.width, state, after, kind, None, row.reach)
        text = body(row.text)
        if len(text) > MAX_RECORD:
            return Record(row.text, row.height, row.width, state, after, ("too long",), None, row.reach)
        found = split(text, layout.separator)
        if layout.heading >= 0 and len(found) == layout.width and tuple(found) == layout.names:
            # Files that were joined repeat their heading.
            return Record(row.text, row.height, row.width, state, after, ("heading",), None, row.reach)
        if not layout.groups:
            return Record(row.text, row.height, row.width, state, after, None, None, row.reach)
        signature, group = _signature(found, layout, row.unclosed)
        record = Record(row.text, row.height, row.width, state, after, signature, group, row.reach)
        if isinstance(group, tuple):
            record.person = group[0]
        return record

    def content(self, record: Record) -> Content:
        """See `Dialect.content`."""
        state, signature = record.state, record.signature
        assert isinstance(state, _Reading)
        layout = state.layout
        if signature is None or layout is None:
            return Content()
        if signature == ("heading",):
            if state.line and not layout.groups:
                names = tuple(" ".join(values.clean(layout.names[index]).split()) for index in layout.candidates)
                return Content(problems=(Problem("no-code-column", data=names),))
            return Content()
        if signature == ("too long",):
            return Content(problems=(Problem("record-too-long"),))
        # Cells repeat: one text for all that are alike keeps a long file small.
        found = [intern(cell) for cell in split(body(record.text), layout.separator)]
        problems: list[Problem] = []
        if _unclosed(record):
            problems.append(Problem("unclosed-quote"))
        if layout.heading >= 0 and _ragged(found, layout):
            problems.append(Problem("ragged-row", Part("line"), (str(len(found)), str(layout.width))))
        groups = layout.groups
        lines = [self._line(found, group, layout) for group in groups]
        if len(lines) > 1:  # a wide file leaves most of its groups empty
            filled = [number for number, line in enumerate(lines) if line.written.code]
            lines, groups = [lines[number] for number in filled], tuple([groups[number] for number in filled])
        elif not _charges(lines[0]):
            lines = []
        if layout.purpose == "claim":
            for item, line in enumerate(lines):
                problems += _wrong(line, found, groups[item], item, layout.patient >= 0 or layout.claim >= 0)
        return Content(lines=tuple(lines), problems=tuple(problems))

    def _line(self, found: list[str], group: Group, layout: Layout) -> ServiceLine:
        def cell(index: int) -> str | None:
            return found[index] if 0 <= index < len(found) else None

        code_index = code_column(found, group)
        slots = [text for text, _, _ in modifier_slots(found, group, layout)]
        written = Written(
            code=cell(code_index),
            modifiers=tuple(slots),
            units=cell(group.units),
            date=cell(group.date),
            date_to=cell(group.date_to),
            place=cell(group.place),
            charge=cell(group.charge),
            diagnoses=tuple(value for index in group.diagnoses if (value := cell(index))),
            pointer=cell(group.pointer),
        )
        return ServiceLine(
            code=values.code(written.code),
            modifiers=tuple(values.modifier(text) for text in slots),
            units=values.number(written.units),
            since=values.day(written.date),
            until=values.day(written.date_to),
            place=values.place(written.place),
            charge=values.money(written.charge),
            diagnoses=tuple(values.clean(text) for text in written.diagnoses),
            setting=_setting(cell(layout.setting), cell(layout.revenue), written.place, layout),
            payer=values.clean(cell(layout.payer) or ""),
            provider=values.clean(cell(layout.provider if group.provider < 0 else group.provider) or ""),
            purpose=layout.purpose,
            room=len(group.modifiers) if not layout.packed else 4,
            written=written,
        )

    def statements(self, record: Record) -> tuple[Statement, ...]:
        """See `Dialect.statements`."""
        return ()

    # -- where things stand -------------------------------------------------------------------------------------

    def parts(self, record: Record) -> list[Placed]:
        """See `Dialect.parts`."""
        state, signature = record.state, record.signature
        assert isinstance(state, _Reading)
        layout = state.layout
        if layout is None or signature is None:
            return []
        if signature == ("too long",):
            return [Placed(Part("line"), 0, 1)]
        text = body(record.text)
        found = cells(text, layout.separator)
        if signature == ("heading",):
            return [_trimmed("header", index, 0, cell) for index, cell in enumerate(found)]
        placed: list[Placed] = []
        item = 0
        plain = [cell.value for cell in found]
        for group in layout.groups:
            code_index = code_column(plain, group)
            if len(layout.groups) > 1 and not (0 <= code_index < len(plain) and plain[code_index]):
                continue
            placed += _group_parts(found, plain, group, layout, code_index, item)
            item += 1
        for name, index in (
            ("claim", layout.claim),
            ("patient", layout.patient),
            ("provider", layout.provider),
            ("payer", layout.payer),
            ("setting", layout.setting),
        ):
            if 0 <= index < len(found):
                placed.append(_trimmed(name, 0, 0, found[index]))  # type: ignore[arg-type]
        placed.sort(key=lambda part: (part.start, part.end))
        placed.append(Placed(Part("line"), _lead(text), max(len(text.rstrip()), _lead(text))))
        return placed

    def field(self, record: Record, offset: int) -> Field | None:
        """See `Dialect.field`."""
        return None

    def marks(self, record: Record) -> list[Mark]:
        """See `Dialect.marks`."""
        return []

    def shape(self, record: Record, offset: int) -> Shape | None:
        """See `Dialect.shape`: the columns by their headings."""
        state = record.state
        assert isinstance(state, _Reading)
        layout = state.layout
        if layout is None or layout.heading < 0 or record.signature is None:
            return None
        found = cells(body(record.text), layout.separator)
        here = next((number for number, cell in enumerate(found) if offset <= cell.end + cell.quoted), len(found) - 1)
        if here >= len(layout.names):
            return None
        pieces: list[Slot | str] = []
        for number, name in enumerate(layout.names):
            if number:
                pieces.append(layout.separator)
            _, role, which = self.heading(record, number)
            title = ("read as " + role.replace("_", " ") + (f" {which}" if which else "")) if role else "not read"
            pieces.append(Slot(" ".join(name.split()) or f"column {number + 1}", title))
        return Shape("", "the columns of this file", tuple(pieces), here)

    def outline(self, record: Record) -> list[Heading]:
        """See `Dialect.outline`. The service lines themselves are all that a table has to name."""
        return []

    def edits(self, record: Record, operation: Operation, following: Iterable[Record] = ()) -> list[TextEdit] | None:
        """See `Dialect.edits`."""
        state = record.state
        assert isinstance(state, _Reading)
        if state.layout is None:
            return None
        return writing.edits(record, operation, state.layout, self.parts(record))

    def remark(self, record: Record, offset: int, words: str, hints: Hints) -> TextEdit | None:
        """See `Dialect.remark`. A row of its own above the row."""
        state = record.state
        assert isinstance(state, _Reading)
        if not state.comments or state.layout is None or record.signature is None:
            return None
        end = "\r\n" if record.text.endswith("\r\n") else "\n"
        return TextEdit(0, 0, f"# superbill: {words}{end}")

    def heading(self, record: Record, index: int) -> tuple[str, str, int]:
        """See `Dialect.heading`."""
        state = record.state
        assert isinstance(state, _Reading)
        layout = state.layout
        if layout is None:
            return "", "", 0
        name = layout.names[index] if index < len(layout.names) else ""
        for column, role, number in layout.roles:
            if column == index:
                return name, role, number
        return name, "", 0


def _reading(state: object) -> _Reading:
    assert isinstance(state, _Reading)
    return state


def _read_comment(lines: Sequence[str], line: int, state: _Reading) -> Record:
    """A row that begins with #. It holds no charge, whatever stands in it; quotes in it mean nothing."""
    remark = in_hash(lines[line])
    waiting = carried(state.pending, 1)
    if remark is not None and not remark.of_file:
        waiting += (remark._replace(up=1),)
    after = state if waiting == state.pending else replace(state, pending=waiting)
    record = of_lines(lines, line, 1, state, after, None, None, 1)
    if remark is not None and remark.of_file:
        record.remarks = (remark,)
    return record


def _has_comments(head: Sequence[str], layout: Layout | None) -> bool:
    """Whether rows that begin with # are comments: not where half of the rows begin so and are as wide as the others,
    for then it is how the file writes its numbers."""
    if layout is None:
        return True
    rows = [line for line in head[layout.heading + 1 :] if line.strip()]
    marked = [line for line in rows if line.startswith("#")]
    wide = sum(1 for row in marked if row.count(layout.separator) >= layout.width - 1 and in_hash(row) is None)
    return wide == 0 or wide * 2 < len(rows)


def layout_of(record: Record) -> Layout | None:
    """How the document that a record comes from is laid out."""
    state = record.state
    return state.layout if isinstance(state, _Reading) else None


def _lead(text: str) -> int:
    return len(text) - len(text.lstrip())


def _trimmed(name: PartName, index: int, item: int, cell: Cell) -> Placed:
    """A part over a cell's value without the blanks around it."""
    if cell.quoted and '"' in cell.value:
        return Placed(Part(name, index, item), cell.start, cell.end)
    value = cell.value
    left = len(value) - len(value.lstrip())
    right = len(value) - len(value.rstrip())
    if left == len(value):
        return Placed(Part(name, index, item), cell.start, cell.end)
    return Placed(Part(name, index, item), cell.start + left, cell.end - right)


def _charges(line: ServiceLine) -> bool:
    """Whether the only line of a row is one. In a price file much else is priced, by codes of all kinds or by none."""
    code = line.written.code
    if line.purpose == "price":
        return bool(line.code) or (code is not None and len(values.clean(code)) >= _NEAR_CODE)
    return bool(code or any(line.written.modifiers))


def _wrong(line: ServiceLine, found: list[str], group: Group, item: int, owned: bool) -> Iterator[Problem]:
    """What is wrong with the cells of a charge beside their form: no date, two codes, pointers that point nowhere. A list
    that says nothing of whose its lines are (`owned`) may well have no dates."""
    written = line.written
    if owned and written.date is not None and line.code and not written.date.strip():
        yield Problem("row-no-date", Part("date", 0, item))
    if len(group.codes) > 1 and not group.kinds:
        for index in group.codes:
            other = values.code(found[index]) if index < len(found) else ""
            if other and line.code and other != line.code:
                yield Problem("row-two-codes", Part("code", 0, item), (line.code, other))
                break
    if written.pointer and written.pointer.strip():
        # The last of several columns left empty says that all diagnoses are there.
        last = max((n for n, at in enumerate(group.diagnoses, 1) if at < len(found) and found[at].strip()), default=0)
        count = last if 0 < last < len(group.diagnoses) else None
        for how in wrong_pointers(written.pointer, count):
            yield Problem("row-pointer", Part("pointer", 0, item), how)


def _setting(kind: str | None, revenue: str | None, place: str | None, layout: Layout) -> str:
    """Whose charge a row is: by the kind of its claim; else a revenue code without a place of service tells."""
    said = values.setting(kind) if kind else ""
    if said:
        return said
    return "facility" if layout.facility or (revenue and revenue.strip() and not (place and place.strip())) else ""


def _ragged(found: list[str], layout: Layout) -> bool:
    if layout.needed <= len(found) <= layout.width:
        return False
    if len(found) < layout.width:
        return any(found)  # a row of empty cells, or the blank line at the end, is nothing
    return any(found[layout.width :])


def _unclosed(record: Record) -> bool:
    signature = record.signature
    return isinstance(signature, tuple) and len(signature) > 1 and signature[0] is True


def _signature(found: list[str], layout: Layout, unclosed: bool) -> tuple[Hashable, Hashable]:
    """What rules may read of a row, and the claim it belongs to."""
    count = len(found)

    def cell(index: int) -> str:
        return intern(found[index]) if 0 <= index < count else ""

    if count == 1 and not found[0].strip():
        return None, None
    values_read: list[str] = []
    for group in layout.groups:
        for several in (group.codes, group.kinds, group.modifiers, group.diagnoses):
            for index in several:
                values_read.append(cell(index))
        for index in (group.units, group.date, group.date_to, group.place, group.charge, group.pointer, group.provider):
            values_read.append(cell(index))
    signature = (
        unclosed,
        count if layout.heading >= 0 and count != layout.width and _ragged(found, layout) else 0,
        layout.purpose,
        cell(layout.provider),
        cell(layout.payer),
        cell(layout.setting),
        cell(layout.revenue),
        *values_read,
    )
    claim: Hashable = None
    if layout.purpose == "claim":
        who = values.clean(cell(layout.patient)) or values.clean(cell(layout.claim))
        first = values.clean(cell(layout.groups[0].date))
        # Of a claim that lasts for days it is not known on which of them a line was done.
        if who and (layout.thru < 0 or values.clean(cell(layout.thru)) in ("", first)):
            claim = (who, first)
    return signature, claim


def _group_parts(
    found: list[Cell], plain: list[str], group: Group, layout: Layout, code_index: int, item: int
) -> list[Placed]:
    placed: list[Placed] = []
    singles: list[tuple[PartName, int, int]] = [
        ("code", 0, code_index), ("units", 0, group.units), ("date", 0, group.date), ("date_to", 0, group.date_to),
        ("place", 0, group.place), ("charge", 0, group.charge), ("pointer", 0, group.pointer),
    ]  # fmt: skip
    singles += [("diagnosis", number, index) for number, index in enumerate(group.diagnoses)]
    for name, number, index in singles:
        if 0 <= index < len(found):
            placed.append(_trimmed(name, number, item, found[index]))
    for slot, (text, index, (start, end)) in enumerate(modifier_slots(plain, group, layout)):
        cell = found[index]
        if not layout.packed or not text.strip():
            placed.append(_trimmed("modifier", slot, item, cell))
        else:
            placed.append(Placed(Part("modifier", slot, item), cell.start + start, cell.start + end))
    if layout.packed and group.modifiers[0] < len(found):
        cell = found[group.modifiers[0]]
        if cell.value.strip() and cell.value[-1] in ",;:/|~ ":  # the next modifier is about to be typed
            count = sum(1 for part in placed if part.part.name == "modifier")
            placed.append(Placed(Part("modifier", count, item), cell.end, cell.end))
    return placed

"""The prose dialect: one block, one record."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from superbill.charges import values
from superbill.charges.dialect import (
    MAX_RECORD,
    AddModifiers,
    Field,
    Heading,
    Hints,
    InsertText,
    Mark,
    Operation,
    Placed,
    RemoveLine,
    RemoveModifiers,
    SetModifiers,
    SetValue,
    Shape,
    TextEdit,
    modifiers_after,
)
from superbill.charges.dialects.prose.blocks import (
    CHARGE_FENCES,
    Kind,
    State,
    beside,
    own_line,
    passed_on,
    read_block,
    row_cells,
)
from superbill.charges.dialects.prose.mentions import Bit, Found, find_codes, find_modifiers
from superbill.charges.model import Content, Mention, Part, PartName, Problem, Record, ServiceLine, Statement, Written
from superbill.charges.records import of_lines
from superbill.charges.remarks import MARK
from superbill.charges.statements import read_statements

_SUFFIXES = frozenset({".md", ".markdown", ".txt", ".text", ".note"})
_LANGUAGES = frozenset({"markdown", "plaintext", "text"})
_MARKDOWN = frozenset({".md", ".markdown"})
_REFERENCE = re.compile(
    r"(?im)^\W*(?:billing code overview|(?:cpt|hcpcs) code overview|summary (?:&|and) overview|coding specifications)\W*$"
)
#: Whatever names a code has one of these in it, each character written as its class: figures, letters that may end a
#: code, and letters that may only begin one. Looked for so, a long text costs a third of what a pattern would.
_CLASSES = bytes(
    57 if 48 <= byte <= 57 else 65 if byte in b"FTUMA" else 66 if 65 <= byte <= 86 else 32 for byte in range(256)
)
_STIRS = (b"99999", b"9999A", b"A9999", b"B9999")
#: A line of a program's log: it begins with the time, to the second, or with a level.
_LOGGED = re.compile(
    r"\W{0,2}(?:\d{4}[-/]\d\d[-/]\d\d[ T]\d\d:\d\d:\d\d|\d\d:\d\d:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|"
    r"(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL)\b|\d{1,3}(?:\.\d{1,3}){3} \S+ \S+ \[)"
)
_CHARGES = re.compile(
    r"\s*(?:[-*+•]\s+)?(?:\*\*)?(?:cpt|hcpcs|cpt/hcpcs|procedure|billing|charge|charges|codes?|coding|billed|exam|study|examination|superbill"
    r"|e/?m|e&m|los|level of service)"
    r"(?:\(s\))?(?:[ /](?:cpt|hcpcs|procedure|billing|charge|codes?|level|modifiers?|mods?|note|billed|submitted|performed)(?:\(s\))?)*(?:\*\*)?\s*[:=]",
    re.IGNORECASE,
)
_CODE = values.CODE.pattern
_CODES = rf"(?:{_CODE}(?:-[0-9A-Z]{{2}})*(?:\s*[x×]\s*\d{{1,3}})?(?:[\s,;/&+]|and\b)*)+"
_SAID = r"(?:\s*(?:was |were )?(?:billed|charged|coded|submitted))"
#: A line that holds nothing but codes, and a word that says so: `CPT 73110-26-LT, 29125 x1`, `99291 billed`.
_BARE_CHARGES = re.compile(
    r"\s*(?:[-*+•]\s+)?(?:\*\*)?(?:"
    rf"(?:(?:cpt|hcpcs|procedure|billing)(?: codes?)?|codes?)(?:\(s\))?(?:\*\*)?\s+{_CODES}{_SAID}?|{_CODES}{_SAID})\.?\s*$",
    re.IGNORECASE,
)
_ANY_CODE = re.compile(rf"\b{_CODE}\b")
#: `Anesthesia record. CPT: 00811-QY-P3` within a line, or as a sentence: `CPT 00811-QY-P3.`, `99291 billed.`
_INLINE_CHARGES = re.compile(
    rf"(?<![\w-])(?:cpt|hcpcs|cpt/hcpcs)(?: codes?)?(?:\(s\))?\s*[:=]\s*(?P<codes>{_CODES})"
    rf"|(?:^|(?<=[.;] ))(?:(?:cpt|hcpcs) )(?P<alone>{_CODES}){_SAID}?(?=[.;] [A-Z]|\.?\s*$)"
    rf"|(?:^|(?<=[.;] ))(?P<said>{_CODES}){_SAID}(?=[.;] [A-Z]|[.;]?\s*$)",
    re.IGNORECASE,
)
_FRONT = re.compile(r"\s*(?:-\s*)?[\"']?(?P<key>[\w /-]+?)[\"']?\s*:")
_OWN = re.compile(rf"(?P<code>{_CODE})(?:[-\s:](?P<mods>[0-9A-Z]{{2}}(?:[,\s-]+[0-9A-Z]{{2}})*))?")
_TWO = re.compile(r"[0-9A-Z]{2}")


@dataclass(frozen=True, slots=True)
class _Piece:
    """One code of a block, with where it was cited."""

    found: Found
    place: str
    billed: bool
    packed: bool = False


class Prose:
    """Markdown and plain text."""

    name = "prose"
    fields: Mapping[PartName, str] = {
        "code": "where it is cited", "modifier": "behind the code", "units": "`x2`, `2 units`, a column", "claim": "the note",
    }  # fmt: skip

    def recognise(self, head: Sequence[str], hints: Hints) -> float:
        """See `Dialect.recognise`."""
        if hints.suffix not in _SUFFIXES and hints.language not in _LANGUAGES:
            return 0.0
        filled = [line for line in head if not line.isspace()]
        logged = sum(1 for line in filled if _LOGGED.match(line))
        return 0.0 if logged > 4 and logged >= 0.8 * len(filled) else 0.5

    def stirs(self, lines: Sequence[str]) -> bool:
        """See `Dialect.stirs`."""
        text = "".join(lines)
        classes = text.encode("ascii", "replace").translate(_CLASSES)
        return any(shape in classes for shape in _STIRS) or "modifier" in text.lower()

    def start(self, head: Sequence[str], hints: Hints) -> Hashable:
        """See `Dialect.start`."""
        text = "".join(line[:400] for line in head)
        return State(note=-1) if _REFERENCE.search(text) else State()

    def read(self, lines: Sequence[str], line: int, column: int, state: Hashable) -> Record:
        """See `Dialect.read`."""
        assert isinstance(state, State)
        block = read_block(lines, line, state)
        record = of_lines(lines, line, block.height, state, block.after, None, None, block.reach)
        text = record.text
        inside = block.after if block.kind in ("heading", "paragraph", "item", "row") else state
        opens = block.kind == "fence" and not state.fence
        if block.kind == "remark" or (state.pending and (opens or block.kind in ("blank", "rule"))):
            remark = own_line(text, state) if block.kind == "remark" else None
            record.after = replace(block.after, pending=passed_on(state, block, remark))
            if remark is not None and remark.of_file:
                record.remarks = (remark,)
            return record
        if block.kind not in ("blank", "rule"):
            if state.pending:
                record.remarks = state.pending
            if block.kind != "fence" and MARK in text:
                found = beside(text)
                record.remarks += found
                for one in found:  # no rule's number in a comment is a code
                    text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
            record.signature = (
                text,
                block.kind,
                inside.section,
                inside.table,
                inside.fence,
                inside.label,
                inside.note < 0,
            )
            if inside.note >= 0:
                record.group = ("note", inside.note)
            if len(text) > MAX_RECORD:
                record.signature, record.group = ("too long",), None
        return record

    def content(self, record: Record) -> Content:
        """See `Dialect.content`."""
        signature = record.signature
        if signature is None:
            return Content()
        if signature == ("too long",):
            return Content(problems=(Problem("record-too-long"),))
        assert isinstance(signature, tuple)
        mentions = []
        for piece in _pieces(signature):
            purpose = "claim" if piece.billed else "cited"
            found = piece.found
            mods = tuple(bit.text for bit in found.modifiers)
            line = ServiceLine(
                code=values.code(found.code.text),
                modifiers=tuple(values.modifier(text) for text in mods),
                units=values.number(found.units.text) if found.units else None,
                purpose=purpose,  # type: ignore[arg-type]
                written=Written(code=found.code.text, modifiers=mods, units=found.units.text if found.units else None),
            )
            if not piece.billed and found.denied:
                # "Never report 76380-50" speaks of a mistake; it does not make one.
                line = ServiceLine(code=line.code, purpose="cited", written=Written(code=found.code.text))
            mentions.append(Mention(line, piece.place, piece.billed))
        return Content(mentions=tuple(mentions), problems=tuple(_ragged(signature)))

    def statements(self, record: Record) -> tuple[Statement, ...]:
        """See `Dialect.statements`."""
        signature = record.signature
        if not isinstance(signature, tuple) or len(signature) < 3 or signature[1] in ("fence", "front"):
            return ()
        return _statements(signature[0], signature[1], signature[2])

    def parts(self, record: Record) -> list[Placed]:
        """See `Dialect.parts`."""
        signature = record.signature
        if signature == ("too long",):
            return [Placed(Part("line"), 0, 1)]
        if not isinstance(signature, tuple):
            return []
        placed: list[Placed] = []
        taken: set[int] = set()
        for item, piece in enumerate(_pieces(signature)):
            found = piece.found
            placed.append(Placed(Part("code", 0, item), found.code.start, found.code.end))
            for slot, bit in enumerate(found.modifiers):
                placed.append(Placed(Part("modifier", slot, item), bit.start, bit.end))
                taken.add(bit.start)
            if found.units:
                placed.append(Placed(Part("units", 0, item), found.units.start, found.units.end))
        for number, bit in enumerate(_loose_modifiers(signature)):
            if bit.start not in taken:
                placed.append(Placed(Part("modifier", number, -1), bit.start, bit.end))
        placed.sort(key=lambda part: (part.start, part.end))
        text = record.text
        body = text.rstrip()
        placed.append(Placed(Part("line"), len(text) - len(text.lstrip()), len(body)))
        return placed

    def heading(self, record: Record, index: int) -> tuple[str, str, int]:
        """See `Dialect.heading`."""
        return "", "", 0

    def field(self, record: Record, offset: int) -> Field | None:
        """See `Dialect.field`."""
        return None

    def marks(self, record: Record) -> list[Mark]:
        """See `Dialect.marks`."""
        return []

    def remark(self, record: Record, offset: int, words: str, hints: Hints) -> TextEdit | None:
        """See `Dialect.remark`. In Markdown behind the line, elsewhere on a line of its own above the block."""
        signature = record.signature
        if not isinstance(signature, tuple) or len(signature) < 3 or not isinstance(record.state, State):
            return None
        kind = signature[1]
        if kind == "fence" and record.state.fence not in CHARGE_FENCES:
            return None
        markdown = hints.suffix in _MARKDOWN or hints.language == "markdown"
        if markdown and kind not in ("fence", "front"):
            end = record.text.find("\n", offset)
            line = record.text[:end] if end >= 0 else record.text
            at = len(line.rstrip())
            return TextEdit(at, at, f" <!-- superbill: {words} -->")
        end_of_line = "\r\n" if record.text.endswith("\r\n") else "\n"
        return TextEdit(0, 0, f"# superbill: {words}{end_of_line}")

    def shape(self, record: Record, offset: int) -> Shape | None:
        """See `Dialect.shape`."""
        return None

    def outline(self, record: Record) -> list[Heading]:
        """See `Dialect.outline`: the sections of a note, and the codes it bills."""
        signature = record.signature
        if not isinstance(signature, tuple) or len(signature) < 3:
            return []
        text = record.text.rstrip()
        lead = len(text) - len(text.lstrip())
        if signature[1] == "heading":
            name = text.strip("#*: \t")
            return [Heading(0, "section", name, "", lead, len(text))] if name else []
        found = []
        for piece in _pieces(signature):
            if piece.billed:
                code = "-".join([piece.found.code.text, *(bit.text for bit in piece.found.modifiers)])
                end = max([piece.found.code.end, *(bit.end for bit in piece.found.modifiers)])
                found.append(Heading(1, "line", code, "", piece.found.code.start, end))
        return found

    def edits(self, record: Record, operation: Operation, following: Iterable[Record] = ()) -> list[TextEdit] | None:
        """See `Dialect.edits`."""
        signature = record.signature
        if not isinstance(signature, tuple) or len(signature) < 3:
            return None
        if isinstance(operation, InsertText):
            end = "\r\n" if record.text.endswith("\r\n") else "\n"
            body = record.text.rstrip("\r\n")
            return [TextEdit(len(body), len(body), end + operation.text)]
        if isinstance(operation, SetValue):
            for placed in self.parts(record):
                if placed.part == operation.part:
                    return [TextEdit(placed.start, placed.end, operation.text)]
            return None
        if isinstance(operation, (AddModifiers, RemoveModifiers, SetModifiers)):
            return _change_modifiers(_pieces(signature), operation, record.text)
        if isinstance(operation, RemoveLine) and signature[1] in ("item", "row"):
            return [TextEdit(0, len(record.text), "")]
        return None


def _ragged(signature: tuple[object, ...]) -> Iterator[Problem]:
    """A row of a table of charges with more or fewer cells than its heading. A bar that is escaped parts no cells."""
    text, kind, _, table, _, _, reference = signature
    assert isinstance(text, str) and isinstance(table, tuple)
    if (
        kind == "row"
        and not reference
        and "code" in table
        and {"modifier", "modifiers", "units"} & set(table)
        and "\\|" not in text
    ):
        count = len(row_cells(text))
        if count != len(table):
            yield Problem("note-ragged-row", Part("line"), (str(count), str(len(table))))


def _statements(text: str, kind: Kind, section: str) -> tuple[Statement, ...]:
    found = list(read_statements(text, section))
    if (kind == "heading" and section) or (section and re.match(r"\s*(?:\*\*)?[A-Za-z /&-]{2,42}(?:\*\*)?\s*:", text)):
        found.append(Statement("section", section))
    return tuple(found)


@lru_cache(maxsize=512)
def _pieces(signature: tuple[object, ...]) -> tuple[_Piece, ...]:
    """The codes of a block, by its kind."""
    text, kind, section, table, fence, _label, reference = signature
    assert isinstance(text, str) and isinstance(table, tuple)
    if kind == "fence":
        if fence not in CHARGE_FENCES:
            return ()
        return tuple(_Piece(found, "charges", True) for found in find_codes(text, trusted=len(text)))
    if kind == "front":
        match = _FRONT.match(text)
        keyed = match is not None and _is_code_key(match.group("key"))
        listed = match is None and text.strip().startswith("-")
        if not keyed and not listed:
            return ()
        return tuple(
            _Piece(found, "front matter", not reference)
            for found in find_codes(text, trusted=len(text) if keyed else 0)
        )
    if kind == "row":
        return tuple(_row_pieces(text, table, not reference))
    trusted = section == "charges" and kind == "item"
    charges = _charge_spans(text)
    place = "list" if kind == "item" else "sentence"
    pieces = []
    lists = [(0, len(text))] if trusted else [(start, end) for start, end, whole in charges if whole]
    for found in find_codes(text, lists=lists):
        here = any(start <= found.code.start < end for start, end, _ in charges)
        billed = (
            not reference
            and not found.denied
            and (trusted or here or section == "charges" or (kind == "heading") or (found.verb and kind != "row"))
        )
        pieces.append(_Piece(found, place, billed))
    return tuple(pieces)


def _charge_spans(text: str) -> list[tuple[int, int, bool]]:
    """Where a block lists charges, and whether it is a whole line that says so, or a piece of one."""
    spans: list[tuple[int, int, bool]] = []
    if _ANY_CODE.search(text) is None:
        return spans
    at = 0
    for line in text.splitlines(keepends=True):
        bare = line.rstrip("\r\n")
        if (_CHARGES.match(bare) and (at == 0 or _ANY_CODE.search(bare))) or _BARE_CHARGES.match(bare):
            spans.append((at, at + len(bare), True))
        else:
            spans += [
                (at + one.start(one.lastgroup or 0), at + one.end(), False) for one in _INLINE_CHARGES.finditer(bare)
            ]
        at += len(line)
    return spans


def _is_code_key(key: str) -> bool:
    from superbill.charges.columns import column

    found = column(key)
    return (found is not None and found.role == "code") or key.strip().lower() in (
        "codes",
        "charges",
        "cpt_codes",
        "procedures",
    )


def _row_pieces(text: str, table: tuple[str, ...], billed: bool) -> list[_Piece]:
    cells = row_cells(text)
    pieces: list[_Piece] = []
    mods: list[Bit] = []
    units: Bit | None = None
    for index, (value, start, _) in enumerate(cells):
        role = table[index] if index < len(table) else ""
        if role in ("modifier", "modifiers"):
            mods += [Bit(one.group(), start + one.start(), start + one.end()) for one in _TWO.finditer(value)]
        elif role == "units" and value.strip().isdigit():
            begin = start + len(value) - len(value.lstrip())
            units = Bit(value.strip(), begin, begin + len(value.strip()))
    has_code_column = "code" in table
    for index, (value, start, _) in enumerate(cells):
        role = table[index] if index < len(table) else ""
        if role == "code":
            bare = value.strip().strip("`*")
            match = _OWN.fullmatch(bare)
            if match:
                begin = start + value.index(bare)
                own = [
                    Bit(one.group(), begin + one.start(), begin + one.end())
                    for one in (_TWO.finditer(bare, match.start("mods")) if match.group("mods") else ())
                ]
                code = Bit(match.group("code"), begin, begin + 5)
                # A table with a modifier or units column lists charges; one without describes codes.
                lists = billed and bool({"modifier", "modifiers", "units"} & set(table))
                pieces.append(_Piece(Found(code, tuple(own or mods), units), "table", lists, not own))
            else:
                pieces += [
                    _Piece(_moved(found, start), "table", False) for found in find_codes(value, trusted=len(value))
                ]
        elif not has_code_column or role not in ("modifier", "modifiers", "units"):
            pieces += [_Piece(_moved(found, start), "table", False) for found in find_codes(value)]
    return pieces


def _moved(found: Found, by: int) -> Found:
    def move(bit: Bit) -> Bit:
        return Bit(bit.text, bit.start + by, bit.end + by)

    return Found(
        move(found.code),
        tuple(map(move, found.modifiers)),
        move(found.units) if found.units else None,
        found.denied,
        found.verb,
    )


def _loose_modifiers(signature: tuple[object, ...]) -> list[Bit]:
    """Modifiers that a block names without a code: in a sentence, or in a table's modifier column."""
    text, kind, _, table = signature[:4]
    assert isinstance(text, str) and isinstance(table, tuple)
    if kind == "fence":
        return []
    if kind == "row" and not {"code"} & set(table):
        found = []
        for index, (value, start, _end) in enumerate(row_cells(text)):
            role = table[index] if index < len(table) else ""
            if role in ("modifier", "modifiers"):
                bare = value.strip().strip("`*")
                if bare and all(_TWO.fullmatch(word) for word in re.split(r"[,\s/]+", bare)):
                    found += [Bit(one.group(), start + one.start(), start + one.end()) for one in _TWO.finditer(value)]
        if found:
            return found
    return find_modifiers(text)


def _change_modifiers(
    pieces: tuple[_Piece, ...], operation: AddModifiers | RemoveModifiers | SetModifiers, text: str
) -> list[TextEdit] | None:
    if operation.item >= len(pieces):
        return None
    piece = pieces[operation.item]
    found = piece.found
    current = [bit.text for bit in found.modifiers]
    wanted = modifiers_after(operation, current)
    if not current:
        if piece.packed:
            return None
        return [TextEdit(found.code.end, found.code.end, "-" + "-".join(wanted))]
    first, last = found.modifiers[0], found.modifiers[-1]
    between = text[found.code.end : first.start]
    if not wanted:
        if between.strip() in ("", "-"):
            return [TextEdit(found.code.end, last.end, "")]
        return [TextEdit(first.start, last.end, "")] if piece.packed else None
    joint = (
        text[first.end : found.modifiers[1].start]
        if len(found.modifiers) > 1
        else (between if between.strip() in ("", "-") and between else ", ")
    )
    return [TextEdit(first.start, last.end, joint.join(wanted))]

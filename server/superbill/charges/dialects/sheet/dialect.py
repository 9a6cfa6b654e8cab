"""The dialect of charge sheets: an entry of the outermost list is a record, a line or a claim with its lines."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

from superbill.charges import values
from superbill.charges.columns import column
from superbill.charges.dialect import HEAD_SIZE, Field, Heading, Hints, Mark, Operation, Placed, Shape, TextEdit
from superbill.charges.dialects.sheet import edits as writing
from superbill.charges.dialects.sheet import lines as reading
from superbill.charges.dialects.sheet import remarks as remarking
from superbill.charges.dialects.sheet import tree
from superbill.charges.dialects.sheet.lines import CLAIMS, LISTS, Entry
from superbill.charges.jsontext import extent
from superbill.charges.jsontext.nodes import Node, read
from superbill.charges.model import Content, Part, PartName, Problem, Record, Statement
from superbill.charges.records import of_lines
from superbill.charges.remarks import MARK, Remark, carried, in_hash

_YAML = frozenset({".yaml", ".yml"})
_JSON = frozenset({".json"})
#: Surer than a line with many commas can make the dialect of tables.
_SURE = 0.995
_MOST_LINES = 2_000
_TOP_LIST = re.compile(rf"(?:{'|'.join(LISTS + CLAIMS)}) *: *(?:#.*)?\s*\Z")
_TOP_KEY = re.compile(r"([A-Za-z][\w .#/-]*?) *: +(\S.*?) *(?:#.*)?\s*\Z")
_JSON_LIST = re.compile(rf'"(?:{"|".join(LISTS + CLAIMS)})"\s*:\s*\[|\A\s*\[')


class State(NamedTuple):
    """How the sheet is written, how far its list is indented (-1: not reached yet), and what holds for all lines."""

    json: bool
    indent: int = -1
    defaults: tuple[tuple[str, str], ...] = ()
    pending: tuple[Remark, ...] = ()  # what was said in comments of the entry to come
    codeless: int = 0  # 1: no key is known to name the code, and that is to be said; 2: it was said


class Sheet:
    """Charge sheets."""

    name = "yaml"
    fields: Mapping[PartName, str] = dict.fromkeys(
        (
            "code", "modifier", "units", "date", "date_to", "place", "charge", "diagnosis", "pointer", "claim", "patient", "provider",
            "payer", "setting", "note",
        ),
        "a key",
    )  # fmt: skip

    def recognise(self, head: Sequence[str], hints: Hints) -> float:
        """See `Dialect.recognise`."""
        yaml = hints.suffix in _YAML or hints.language == "yaml"
        json = hints.suffix in _JSON or hints.language in ("json", "jsonc")
        if not yaml and not json:
            return 0.0
        start = next((line.lstrip("\ufeff \t")[:1] for line in head if line.strip()), "")
        if start in "{[" and start:
            return _SURE if _json_sheet(head) else 0.0
        return _SURE if yaml and self._held(head) else 0.0

    def _held(self, head: Sequence[str]) -> str:
        """What the first entries of a YAML document are: "charges", "codeless" where they are but for the code, or ""."""
        state: Hashable = State(False)
        kind = ""
        line, seen = 0, 0
        while line < len(head) and seen < 3:
            record = self.read(head, line, 0, state)
            state = record.after
            line += max(record.height, 1)
            if record.signature is None:
                continue
            seen += 1
            node = tree.entry(record.text)
            found = reading.entries(node)[0] if node is not None else []
            if any(reading.is_charge(one) for one in found):
                return "charges"
            if any(reading.lacks_code(one) for one in found):
                kind = "codeless"
        return kind

    def stirs(self, lines: Sequence[str]) -> bool:
        """See `Dialect.stirs`."""
        return True

    def start(self, head: Sequence[str], hints: Hints) -> Hashable:
        """See `Dialect.start`."""
        start = next((line.lstrip("\ufeff \t")[:1] for line in head if line.strip()), "")
        if start and start in "{[":
            return State(True)
        return State(False, codeless=int(self._held(head) == "codeless"))

    # -- reading ----------------------------------------------------------------------------------------------

    def read(self, lines: Sequence[str], line: int, column: int, state: Hashable) -> Record:
        """See `Dialect.read`."""
        assert isinstance(state, State)
        return _read_json(lines, line, column, state) if state.json else _read_yaml(lines, line, state)

    def content(self, record: Record) -> Content:
        """See `Dialect.content`."""
        if record.signature == ("too long",):
            return Content(problems=(Problem("record-too-long"),))
        node = _node(record)
        if node is None:
            return Content()
        assert isinstance(record.state, State)
        if record.state.codeless:
            missing = reading.codeless(*reading.entries(node))
            if missing is not None:
                return Content(problems=(missing,) if record.state.codeless == 1 else ())
        content = reading.content(*reading.entries(node), dict(record.state.defaults), record.state.json)
        if node.unclosed is not None:
            content = content._replace(problems=(*content.problems, Problem("sheet-unclosed-quote", Part("text"))))
        return content

    def statements(self, record: Record) -> tuple[Statement, ...]:
        """See `Dialect.statements`."""
        return ()

    # -- where things stand -------------------------------------------------------------------------------------

    def parts(self, record: Record) -> list[Placed]:
        """See `Dialect.parts`."""
        if record.signature == ("too long",):
            return [Placed(Part("line"), 0, 1)]
        node = _node(record) if record.signature is not None else None
        if node is None:
            return []
        placed = reading.parts(*reading.entries(node))
        if node.unclosed is not None:
            placed.append(Placed(Part("text"), *node.unclosed))
            placed.sort(key=lambda one: (one.start, one.end))
        return placed

    def heading(self, record: Record, index: int) -> tuple[str, str, int]:
        """See `Dialect.heading`."""
        found = _entries(record)
        keys = reading.headings(*found) if found else []
        if index >= len(keys):
            return "", "", 0
        known = column(keys[index][0])
        return (keys[index][0], known.role, known.number) if known else (keys[index][0], "", 0)

    def field(self, record: Record, offset: int) -> Field | None:
        """See `Dialect.field`."""
        return None

    def marks(self, record: Record) -> list[Mark]:
        """See `Dialect.marks`."""
        return []

    def shape(self, record: Record, offset: int) -> Shape | None:
        """See `Dialect.shape`."""
        return None

    def outline(self, record: Record) -> list[Heading]:
        """See `Dialect.outline`."""
        found = _entries(record) if record.signature is not None else None
        if not found:
            return []
        entries, claim = found
        level = 0
        headings = []
        if claim is not None:
            name = _text(claim, "claim") or _text(claim, "patient") or "claim"
            headings.append(Heading(0, "claim", name, f"{len(entries)} lines", claim.start, claim.end))
            level = 1
        for entry in entries:
            code = "-".join([entry.text("code") or "no code", *(one.text for one in entry.modifiers if one.text)])
            what = " · ".join(text for text in (entry.text("date"), entry.text("units")) if text)
            headings.append(Heading(level, "line", code, what, entry.node.start, entry.node.end))
        return headings

    def edits(self, record: Record, operation: Operation, following: Iterable[Record] = ()) -> list[TextEdit] | None:
        """See `Dialect.edits`."""
        found = _entries(record) if record.signature not in (None, ("too long",)) else None
        if not found:
            return None
        assert isinstance(record.state, State)
        return writing.edits(record.text, operation, *found, reading.parts(*found), record.state.json, following)

    def remark(self, record: Record, offset: int, words: str, hints: Hints) -> TextEdit | None:
        """See `Dialect.remark`. Behind the line, else above the entry. JSON has no comments."""
        assert isinstance(record.state, State)
        if record.state.json or not isinstance(record.signature, tuple) or len(record.signature) < 3:
            return None
        return remarking.write(record.text, offset, words)


def _node(record: Record) -> Node | None:
    """The mapping that an entry is."""
    assert isinstance(record.state, State)
    node = read(record.text) if record.state.json else tree.entry(record.text)
    return node if node is not None and node.kind == "object" else None


def _entries(record: Record) -> tuple[list[Entry], Node | None] | None:
    node = _node(record)
    return reading.entries(node) if node is not None else None


def _text(node: Node, role: str) -> str:
    for key, (found, _, _) in reading.roles_of(node).items():
        if found == role:
            return node.members[key].text
    return ""


def _group(record: Record, state: State) -> Hashable:
    found = _entries(record)
    if not found:
        return None
    entries, claim = found
    outer = claim if claim is not None else entries[0].node
    shared = dict(state.defaults)
    who = _text(outer, "patient") or _text(outer, "claim") or shared.get("patient") or shared.get("claim")
    return ("sheet", values.clean(who)) if who else None


# -- YAML -------------------------------------------------------------------------------------------------------


def _read_yaml(lines: Sequence[str], line: int, state: State) -> Record:
    text = lines[line]
    body = text.strip()
    indent = len(text) - len(text.lstrip(" "))
    dash = body.startswith("- ") or body == "-"
    opens = dash and (indent == state.indent or (state.indent < 0 and indent == 0))
    if not opens and state.indent == -2 and dash:
        opens = True  # the first entry of the list says how far it is indented
    if not opens:
        return _outside(lines, line, state, text, body, indent, dash)
    count = 1
    size = len(text)
    while line + count < len(lines) and count < _MOST_LINES and size <= extent.LONGEST:
        more = lines[line + count]
        stripped = more.strip()
        depth = len(more) - len(more.lstrip(" "))
        if stripped and depth <= indent and not (stripped.startswith("#") and depth > 0):
            break
        size += len(more)
        count += 1
    reach = count + 1
    while count > 1 and _is_behind(lines[line + count - 1], indent):
        count -= 1  # blank lines behind an entry belong to nobody, comments to what comes
    after = state._replace(indent=indent, pending=(), codeless=2 if state.codeless else 0)
    record = of_lines(lines, line, count, state, after, None, None, reach)
    record.remarks = state.pending
    if size > extent.LONGEST:
        record.signature = ("too long",)
        return record
    record.signature = ("entry", record.text.rstrip(" \t\r\n"), state.defaults, state.codeless)
    record.group = _group(record, state)
    if MARK in record.text:
        record.remarks += remarking.inside(record.text, _entries(record))
    return record


def _is_behind(line: str, indent: int) -> bool:
    """Whether a line at the end of an entry is none of it: blank, or a comment no deeper than the entry."""
    bare = line.strip()
    return not bare or (bare[0] == "#" and len(line) - len(line.lstrip(" ")) <= indent)


def _outside(lines: Sequence[str], line: int, state: State, text: str, body: str, indent: int, dash: bool) -> Record:
    """A line that belongs to no entry."""
    after = state
    remark = in_hash(text) if body.startswith("#") else None
    if body and not body.startswith("#") and indent == 0 and not dash:
        after = _top(text, state)
    elif body.startswith("---") and indent == 0:
        after = State(False, codeless=state.codeless)
    waiting = carried(state.pending, 1)
    if remark is not None and not remark.of_file:
        waiting += (remark._replace(up=1),)
    if waiting != after.pending:
        after = after._replace(pending=waiting)
    record = of_lines(lines, line, 1, state, after, None, None, 1)
    if remark is not None and remark.of_file:
        record.remarks = (remark,)
    return record


def _top(text: str, state: State) -> State:
    """What a line on the outermost level changes: a list begins, or something holds for all lines."""
    if _TOP_LIST.match(text):
        return state._replace(indent=-2)
    match = _TOP_KEY.match(text)
    known = column(match.group(1)) if match else None
    if match is None or known is None:
        return state._replace(indent=-1) if state.indent != -1 else state
    kept = tuple(pair for pair in state.defaults if pair[0] != known.role)
    return state._replace(indent=-1, defaults=(*kept, (known.role, tree.scalar(match.group(2), 0).text)), pending=())


# -- JSON -------------------------------------------------------------------------------------------------------


def _json_sheet(head: Sequence[str]) -> bool:
    start = ""
    for line in head:
        start += line[:HEAD_SIZE]
        if len(start) > HEAD_SIZE:
            break
    if '"resourceType"' in start:
        return False
    end = _list_start(start)
    first = start[end:].lstrip()
    node = read(first) if end and first.startswith("{") else None
    return node is not None and any(reading.is_charge(one) for one in reading.entries(node)[0])


def _list_start(text: str) -> int:
    """Where the first list of a JSON document that may be one of charges has its first entry; 0 when there is none."""
    outer = _JSON_LIST.match(text)
    if outer:
        return outer.end()
    ends = []
    for name in LISTS + CLAIMS:
        at = text.find(f'"{name}"')
        while at >= 0:
            found = _JSON_LIST.match(text, at)
            if found:
                ends.append(found.end())
                break
            at = text.find(f'"{name}"', at + 1)
    return min(ends, default=0)


def _read_json(lines: Sequence[str], line: int, column: int, state: State) -> Record:
    text = lines[line]
    at = column
    while at < len(text) and text[at] in " \t\r\n,":
        at += 1
    if state.indent >= 0 and text[at : at + 1] == "{":
        found = extent.resource(lines, line, at, False)
        piece, height, width = found.cut(lines, line, column)
        record = Record(piece, height, width, state, state, None, None, found.reach + 1)
        if len(piece) > extent.LONGEST:
            record.signature = ("too long",)
        else:
            record.signature = ("entry", piece, ())
            record.group = _group(record, state)
        return record
    after = state
    end = len(text)
    if state.indent < 0:
        opened = _JSON_LIST.search(text, column) if column else _JSON_LIST.search(text)
        if opened:
            end, after = opened.end(), state._replace(indent=0)
    else:
        bracket = text.find("{", at)
        closed = text.find("]", at)
        if closed >= 0 and (bracket < 0 or closed < bracket):
            end, after = closed + 1, state._replace(indent=-1)
        elif bracket > at:
            end = bracket
    last = line if end < len(text) or line + 1 == len(lines) else line + 1
    piece = text[column:end]
    height = last - line
    return Record(piece, height, 0 if height else end - column, state, after, None, None, 2)

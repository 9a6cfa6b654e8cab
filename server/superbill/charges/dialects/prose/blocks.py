"""Cut a text into blocks: headings, list items, table rows, fenced code, front matter, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from superbill.charges.columns import column
from superbill.charges.remarks import MARK, WORDS, Remark, carried, in_hash, remark_of
from superbill.charges.statements import heading_kind

Kind = Literal["heading", "item", "row", "rule", "fence", "front", "paragraph", "blank", "remark"]

#: The languages of fences that hold charges.
CHARGE_FENCES = ("charges", "superbill", "cpt")

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_TITLED = re.compile(r"\s*(?:\*\*)?([A-Z][A-Za-z0-9 /&,()-]{1,50}?)(?:\*\*)?:?(?:\*\*)?\s*$")
_LABEL = re.compile(r"\s*(?:[-*+•]\s+)?(?:\*\*)?([A-Za-z][A-Za-z0-9 /&-]{0,40}?)(?:\*\*)?\s*:(?:\*\*)?(?=\s|$)")
_ITEM = re.compile(r"\s{0,8}(?:[-*+•]|\d{1,3}[.)])\s+\S")
_FENCE = re.compile(r" {0,3}(```+|~~~+)\s*([\w-]*)")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_LONGEST = 60
_COMMENT = re.compile(rf"(?<!`)(?P<comment><!--[ \t]*{WORDS}[ \t]*-->)(?!`)")
_COMMENT_LINE = re.compile(rf"\s*(?P<comment><!--[ \t]*{WORDS}[ \t]*-->)\s*\Z")


@dataclass(frozen=True, slots=True)
class State:
    """What is known before a block: where in the note it stands.

    `note` counts notes in the document (0 before any, -1 in a reference text that is no note); `section` is the kind
    of the section, `label` the heading as written; `table` the roles of a table's columns; `fence` the language of an
    open fence ("?" when it has none); `front` is True inside front matter; `pending` is what comments said of the block
    to come.
    """

    note: int = 0
    section: str = ""
    label: str = ""
    table: tuple[str, ...] = ()
    fence: str = ""
    front: bool = False
    first: bool = True
    pending: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its kind, the lines it takes, the lines looked at, and the state after it."""

    kind: Kind
    height: int
    reach: int
    after: State


def read_block(lines: Sequence[str], line: int, state: State) -> Block:
    """The block that begins on `line`."""
    text = lines[line]
    bare = text.strip()
    if state.pending:
        state = replace(state, pending=())
    plain = replace(state, first=False)
    if own_line(text, state) is not None:
        return Block("remark", 1, 1, plain)
    if state.front:
        return Block("front", 1, 1, replace(plain, front=bare not in ("---", "...")))
    if state.first and line == 0 and bare == "---":
        return Block("front", 1, 1, replace(plain, front=True))
    fence = _FENCE.match(text)
    if state.fence:
        closing = fence is not None and not fence.group(2) and bare.strip("`~") == ""
        return Block("fence", 1, 1, replace(plain, fence="" if closing else state.fence))
    if fence:
        return Block("fence", 1, 1, replace(plain, fence=fence.group(2).lower() or "?"))
    if not bare:
        return Block("blank", 1, 1, replace(plain, table=()))
    if state.table:
        if _TABLE_RULE.match(text):
            return Block("rule", 1, 1, plain)
        if "|" in text:
            return Block("row", 1, 1, plain)
        state = plain = replace(plain, table=())
    following = lines[line + 1] if line + 1 < len(lines) else ""
    if "|" in text and "-" in following and _TABLE_RULE.match(following):
        return Block("row", 1, 2, replace(plain, table=_columns(text)))
    heading = heading_of(text)
    if heading is not None:
        level, name = heading
        kind = heading_kind(name)
        note = plain.note
        if level == 1 and not kind and note >= 0:
            note += 1
        return Block("heading", 1, 2, replace(plain, note=note, section=kind, label=name))
    if _ITEM.match(text):
        return Block("item", 1, 1, _labelled(plain, text))
    return _paragraph(lines, line, plain)


def own_line(text: str, state: State) -> Remark | None:
    """The comment for Superbill that a line is; in a fence only where it holds charges."""
    if MARK not in text or (state.fence and state.fence not in CHARGE_FENCES):
        return None
    match = _COMMENT_LINE.match(text)
    return remark_of(match) if match else in_hash(text)


def beside(text: str) -> tuple[Remark, ...]:
    """The comments for Superbill within a block."""
    return tuple(remark_of(match) for match in _COMMENT.finditer(text))


def passed_on(state: State, block: Block, remark: Remark | None) -> tuple[Remark, ...]:
    """What comments above a block say of the one to come, the block included when it is a comment."""
    waiting = carried(state.pending, max(block.height, 1))
    return (*waiting, remark._replace(up=1)) if remark is not None and not remark.of_file else waiting


def _paragraph(lines: Sequence[str], line: int, state: State) -> Block:
    height = 1
    while line + height < len(lines) and height < _LONGEST:
        text = lines[line + height]
        if not text.strip() or _FENCE.match(text) or _ITEM.match(text) or heading_of(text) is not None:
            break
        if _label(text) or own_line(text, state) is not None:
            break
        if "|" in text and line + height + 1 < len(lines) and _TABLE_RULE.match(lines[line + height + 1]):
            break
        height += 1
    return Block("paragraph", height, height + 2, _labelled(state, lines[line]))


def _label(text: str) -> str:
    match = _LABEL.match(text)
    return heading_kind(match.group(1)) if match else ""


def _labelled(state: State, text: str) -> State:
    """The state after a block that begins like `FINDINGS: ...`: the label opens a section."""
    kind = _label(text)
    match = _LABEL.match(text)
    if not kind or match is None or (kind == "charges" and text[match.end() :].strip()):
        return state  # `CPT: 76380` says what stands on its line, not what follows
    return replace(state, section=kind, label=match.group(1))


def heading_of(text: str) -> tuple[int, str] | None:
    """Level and words of a heading line: `## Findings`, or `FINDINGS` or `Findings` alone on its line (level 2)."""
    match = _HEADING.match(text)
    if match:
        return len(match.group(1)), match.group(2)
    alone = _TITLED.match(text)
    if alone and heading_kind(alone.group(1)):
        return 2, alone.group(1)
    return None


def _columns(text: str) -> tuple[str, ...]:
    """The roles of a table's columns, "" for those that say nothing."""
    roles = []
    for cell in row_cells(text):
        found = column(cell[0].strip().strip("*`"))
        roles.append(found.role if found else "")
    return tuple(roles) or ("",)


def row_cells(text: str) -> list[tuple[str, int, int]]:
    """The cells of a table row: text and span. A leading and a closing bar are no cells."""
    body = text.rstrip("\r\n")
    begin = len(body) - len(body.lstrip())
    if body.lstrip().startswith("|"):
        begin += 1
    end = len(body.rstrip())
    if end > begin and body[end - 1] == "|":
        end -= 1
    cells = []
    start = begin
    for index in range(begin, end + 1):
        if index == end or body[index] == "|":
            cells.append((body[start:index], start, index))
            start = index + 1
    return cells

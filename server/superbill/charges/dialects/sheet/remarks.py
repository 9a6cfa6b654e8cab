"""Comments for Superbill inside an entry of a YAML sheet: which line they speak of, and how one is written."""

from __future__ import annotations

import re

from superbill.charges.dialect import TextEdit
from superbill.charges.dialects.sheet import lines as reading
from superbill.charges.dialects.sheet import tree
from superbill.charges.dialects.sheet.lines import Entry
from superbill.charges.jsontext.nodes import Node
from superbill.charges.remarks import MARK, WORDS, Remark, remark_of
from superbill.text.lines import split_lines

_COMMENT = re.compile(rf"(?P<comment>#+[ \t]*{WORDS})\s*\Z")
_OPENS_VALUE = ":-[{,"


def inside(text: str, found: tuple[list[Entry], Node | None] | None) -> tuple[Remark, ...]:
    """The remarks in the text of an entry. One behind a line speaks of the service line that this belongs to, one on
    a line of its own of the service line that the next line belongs to; in the head of a claim, of all its lines."""
    remarks = []
    starts: list[int] = []
    at = 0
    lines = split_lines(text)
    for line in lines:
        starts.append(at)
        at += len(line)
    for number, line in enumerate(lines):
        if MARK not in line:
            continue
        column = _comment_in(line)
        match = _COMMENT.match(line, column) if column >= 0 else None
        if match is None:
            continue
        about = number
        if not line[:column].strip():
            while about + 1 < len(lines) and (not lines[about].strip() or lines[about].lstrip().startswith("#")):
                about += 1
        first = starts[about] + len(lines[about]) - len(lines[about].lstrip(" -"))
        remarks.append(remark_of(match, starts[number], _item(found, first)))
    return tuple(remarks)


def _item(found: tuple[list[Entry], Node | None] | None, offset: int) -> int | None:
    """The number of the service line that an offset lies in; None outside of them, and where there is only one."""
    if found is None or len(found[0]) < 2:
        return None
    number = 0
    for entry in found[0]:
        if entry.text("code") is None and not entry.modifiers:
            continue
        if entry.node.start <= offset < entry.node.end:
            return number
        number += 1
    return None


def _comment_in(line: str) -> int:
    """Where the comment of a line begins; -1 when it has none. A hash sign in quotes or in a word is none."""
    index, before = 0, ""
    while index < len(line):
        char = line[index]
        if char == "#" and (index == 0 or line[index - 1] in " \t"):
            return index
        if char in "\"'" and (not before or before in _OPENS_VALUE):
            close = line.find(char, index + 1)
            while char == '"' and close > 0 and line[close - 1] == "\\":
                close = line.find(char, close + 1)
            if close < 0:
                return -1
            index = close
        if not char.isspace():
            before = char
        index += 1
    return -1


def write(text: str, offset: int, words: str) -> TextEdit | None:
    """A comment behind the line of an offset; above the entry where it would not be one there. None if neither works."""
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    start = text.rfind("\n", 0, offset) + 1
    body = text[start:end].rstrip()
    if _comment_in(body) < 0:
        edit = TextEdit(start + len(body), start + len(body), f"  # superbill: {words}")
        if _same(text, edit):
            return edit
    first = text[: text.find("\n") + 1] or text
    indent = first[: len(first) - len(first.lstrip(" "))]
    return TextEdit(0, 0, f"{indent}# superbill: {words}" + ("\r\n" if "\r\n" in first else "\n"))


def _same(text: str, edit: TextEdit) -> bool:
    """Whether an entry with the comment says what it said, and the comment is read."""
    after = text[: edit.start] + edit.text + text[edit.end :]
    one, two = tree.entry(text), tree.entry(after)
    if one is None or two is None or one.kind != "object" or two.kind != "object":
        return False
    before, now = reading.entries(one), reading.entries(two)
    same = reading.content(*before, {}, False) == reading.content(*now, {}, False)
    return same and len(inside(after, now)) == len(inside(text, before)) + 1

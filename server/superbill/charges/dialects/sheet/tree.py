"""YAML with places: the entries of a sheet as nodes, by source text alone.

A code is what is written: `00142` is not the number 98, `1E5` not a hundred thousand, `NO` not false. Most entries are
plain `key: value` lines, and those are read here at once; whatever is not goes through PyYAML's composer, which keeps
places; and what it refuses, because somebody is typing, is read line by line as far as it goes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from superbill.charges.jsontext.nodes import Node

if TYPE_CHECKING:
    import yaml

_LINE = re.compile(
    r"(?P<indent> *)(?P<dash>(?:- +)*)(?P<key>[A-Za-z][\w .#/()-]*?) *:(?: +(?P<value>[^\r\n]*?))? *(?P<end>\r?\n|\Z)"
)
_PLAIN_VALUE = re.compile(r"""[^\s'"\[\]{}&*!|>%@`#,?:-][^'"\[\]{}#:]*|-?[0-9.]+|[0-9A-Za-z][0-9A-Za-z.,/$ -]*""")
_QUOTED = re.compile(r'"[^"\\]*"|\'[^\']*\'')
_FLOW = re.compile(r"\[ *(?:(?:\"[^\"\\]*\"|'[^']*'|[\w.]+) *(?:, *(?:\"[^\"\\]*\"|'[^']*'|[\w.]+) *)*)?\]")
_SCALAR = re.compile(r"\"[^\"\\]*\"|'[^']*'|[\w.]+")
_QUOTE = re.compile(
    r"""(?P<comment>(?:^|(?<=\s))\#.*)|(?<=[:\[,{]\ )"(?:[^"\\]|\\.)*(?P<end>")?|(?<=[:\[,{]\ )'(?:[^']|'')*(?P<end2>')?""",
    re.VERBOSE,
)
_COMMENT = re.compile(r"(?:^|(?<=\s))#.*")


def entry(text: str) -> Node | None:
    """The mapping that an entry of a list holds. `text` begins at its dash, or with the mapping itself."""
    return _simple(text) or _composed(text) or _by_lines(text)


def scalar(text: str, start: int) -> Node:
    """A scalar as written; quotes make it a string."""
    end = start + len(text)
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return Node("string", start, end, text[1:-1])
    return Node("other", start, end, text)


def _simple(text: str) -> Node | None:
    """An entry of nothing but plain lines on one level; None when it is anything else."""
    node: Node | None = None
    column = -1
    at = 0
    while at < len(text):
        line_end = text.find("\n", at)
        line_end = len(text) if line_end < 0 else line_end + 1
        line = text[at:line_end]
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            at = line_end
            continue
        match = _LINE.match(text, at)
        if match is None or match.end() != line_end:
            return None
        here = len(match["indent"]) + len(match["dash"])
        if node is None:
            if match["dash"].count("-") > 1:
                return None
            node = Node("object", match.start("key"), len(text.rstrip()))
            column = here
        elif here != column or match["dash"]:
            return None
        value = match["value"] or ""
        start = match.start("value") if match["value"] is not None else match.end("key") + 1
        found = _value(value, start)
        if found is None:
            return None
        node.members[match["key"]] = found
        node.keys[match["key"]] = match.start("key")
        at = line_end
    return node


def _value(value: str, start: int) -> Node | None:
    """A plain or quoted scalar or a flat list on one line; None when it is anything else."""
    comment = _COMMENT.search(value) if "#" in value else None
    if comment is not None:
        value = value[: comment.start()].rstrip()
    if not value:
        return Node("other", start, start)
    if _QUOTED.fullmatch(value) or _PLAIN_VALUE.fullmatch(value):
        return scalar(value, start)
    if _FLOW.fullmatch(value):
        node = Node("array", start, start + len(value))
        node.items = [scalar(one.group(), start + one.start()) for one in _SCALAR.finditer(value)]
        return node
    return None


def _composed(text: str) -> Node | None:
    """An entry as PyYAML takes it apart; None when it refuses, or the entry is no mapping."""
    import yaml  # not before a sheet needs it: a table is asked whether it is one

    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    if isinstance(root, yaml.SequenceNode) and root.value:
        root = root.value[0]
    found = _node(root, text, 0)
    return found if found is not None and found.kind == "object" else None


def _node(node: yaml.Node | None, text: str, depth: int) -> Node | None:
    if node is None or depth > 20:
        return None
    start, end = node.start_mark.index, min(node.end_mark.index, len(text))
    while end > start and text[end - 1] in " \t\r\n":
        end -= 1
    import yaml

    if isinstance(node, yaml.ScalarNode):
        if node.style in ("'", '"'):
            return Node("string", start, end, str(node.value))
        return Node("other", start, end, text[start:end])  # block scalars too: what is written counts, where it stands
    if isinstance(node, yaml.SequenceNode):
        made = Node("array", start, end)
        made.items = [one for inner in node.value if (one := _node(inner, text, depth + 1)) is not None]
        return made
    made = Node("object", start, end)
    for key, value in node.value:
        inner = _node(value, text, depth + 1)
        if isinstance(key, yaml.ScalarNode) and inner is not None:
            made.members[str(key.value)] = inner
            made.keys[str(key.value)] = key.start_mark.index
    return made


def _by_lines(text: str) -> Node | None:
    """What the lines of a broken entry say, one by one, on whatever level."""
    node = Node("object", len(text) - len(text.lstrip(" -\t\r\n")), len(text.rstrip()))
    for match in _LINE.finditer(text):
        value = match["value"] or ""
        start = match.start("value") if match["value"] is not None else match.end("key") + 1
        found = _value(value, start)
        if found is None:
            trimmed = value.strip("[]{},\"' ")
            found = scalar(trimmed, start + value.find(trimmed) if trimmed else start)
        if match["key"] not in node.members:
            node.members[match["key"]] = found
            node.keys[match["key"]] = match.start("key")
    node.unclosed = _unclosed(text)
    return node if node.members else None


def _unclosed(text: str) -> tuple[int, int] | None:
    """Where the first quoted value without an end begins, and its line ends, in an entry that no reader takes."""
    at = 0
    for line in text.splitlines(True):
        for match in _QUOTE.finditer(line):
            if not (match["end"] or match["end2"] or match["comment"]):
                return at + match.start(), at + len(line.rstrip())
        at += len(line)
    return None

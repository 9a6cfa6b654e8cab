"""JSON with places: a reader that keeps where every value stands, and reads on past what is broken.

While somebody types, a comma, a value or a closing bracket is missing for a while. Everything else keeps its meaning: a
string ends at its line end at the latest, a value that is not there is empty, a bracket that is not closed ends with
the text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(r'"(?:[^"\\\r\n]|\\.)*("?)|[{}\[\],:]|[^\s{}\[\],:"]+')
#: Deeper than any resource goes; what lies deeper is passed over.
_DEEPEST = 60


@dataclass(slots=True)
class Node:
    """A value: `kind` is "object", "array", "string" or "other" (a number, true, false, null, or nonsense).

    `start` and `end` hold the whole value, quotes and brackets included. `members` are an object's by key (the last of
    several with one key), `keys` where their keys begin, `items` an array's.
    """

    kind: str
    start: int
    end: int
    text: str = ""
    members: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)
    items: list[Node] = field(default_factory=list)
    closed: bool = True  #: whether a string has its second quote
    unclosed: tuple[int, int] | None = None  #: of what was read as a whole: where the first string without one stands

    def get(self, *path: str) -> Node | None:
        """The value at a path of keys; of an array on the way the first item."""
        node: Node | None = self
        for key in path:
            while node is not None and node.kind == "array":
                node = node.items[0] if node.items else None
            node = node.members.get(key) if node is not None else None
        return node

    def all(self, key: str) -> list[Node]:
        """The items of the array under a key; a single value counts as one."""
        node = self.members.get(key)
        if node is None:
            return []
        return node.items if node.kind == "array" else [node]

    def value(self, *path: str) -> str:
        """The text of a string or number at a path; "" when there is none."""
        node = self.get(*path) if path else self
        return node.text if node is not None and node.kind in ("string", "other") else ""

    @property
    def inner(self) -> tuple[int, int]:
        """Where the value stands, quotes left out."""
        if self.kind != "string":
            return self.start, self.end
        return self.start + 1, max(self.end - self.closed, self.start + 1)


class _Reader:
    """Reads one text from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._tokens = _TOKEN.finditer(text)
        self._here = next(self._tokens, None)
        self._end = len(text)
        self.unclosed: tuple[int, int] | None = None

    def peek(self) -> str:
        return self._here.group()[0] if self._here is not None else ""

    def take(self) -> re.Match[str]:
        assert self._here is not None
        taken, self._here = self._here, next(self._tokens, None)
        return taken

    def value(self, depth: int = 0) -> Node | None:
        """The value that begins here; None when none does."""
        mark = self.peek()
        if mark == "{":
            return self._object(depth)
        if mark == "[":
            return self._array(depth)
        if not mark or mark in "}],:":
            return None
        match = self.take()
        text = match.group()
        if mark == '"':
            return Node("string", match.start(), match.end(), _plain(text), closed=self._closed(match))
        return Node("other", match.start(), match.end(), text)

    def _closed(self, match: re.Match[str]) -> bool:
        """Whether a string has its second quote; the first that has none is kept."""
        if not match.group(1) and self.unclosed is None:
            self.unclosed = match.span()
        return bool(match.group(1))

    def _object(self, depth: int) -> Node:
        opened = self.take()
        node = Node("object", opened.start(), self._end)
        while True:
            mark = self.peek()
            if mark == "}":
                node.end = self.take().end()
                return node
            if not mark or mark == "]":
                return self._broken_off(node)
            if mark != '"':
                self._skip(depth)
                continue
            key = self.take()
            self._closed(key)
            if self.peek() != ":":
                continue  # a key without value, or a string where no string belongs
            self.take()
            value = self.value(depth + 1) if depth < _DEEPEST else self._skip(depth)
            if value is None:
                value = Node("other", key.end() + 1, key.end() + 1)
            name = _plain(key.group())
            node.members[name] = value
            node.keys[name] = key.start()

    def _array(self, depth: int) -> Node:
        opened = self.take()
        node = Node("array", opened.start(), self._end)
        while True:
            mark = self.peek()
            if mark == "]":
                node.end = self.take().end()
                return node
            if not mark or mark == "}":
                return self._broken_off(node)
            if mark in ",:":
                self.take()
                continue
            value = self.value(depth + 1) if depth < _DEEPEST else self._skip(depth)
            if value is not None:
                node.items.append(value)

    def _broken_off(self, node: Node) -> Node:
        node.end = self._here.start() if self._here is not None else self._end
        return node

    def _skip(self, depth: int) -> Node | None:
        """Pass over one value or one mark that does not belong here."""
        if self.peek() not in "{[":
            self.take()
            return None
        open_brackets = 0
        while self.peek():
            mark = self.take().group()[0]
            open_brackets += (mark in "{[") - (mark in "}]")
            if open_brackets == 0:
                break
        return None


def _plain(text: str) -> str:
    """The text of a string token."""
    if "\\" in text:
        try:
            found = json.loads(text if text.endswith('"') and len(text) > 1 else text + '"')
            return found if isinstance(found, str) else text
        except ValueError:
            pass
    return text[1:-1] if len(text) > 1 and text.endswith('"') else text[1:]


def read(text: str) -> Node | None:
    """The first object or array of a text, with the places of everything in it; None when there is none."""
    reader = _Reader(text)
    while reader.peek() and reader.peek() not in "{[":
        reader.take()
    found = reader.value() if reader.peek() else None
    if found is not None:
        found.unclosed = reader.unclosed
    return found


def objects(node: Node | None) -> Iterator[Node]:
    """The objects among the items of a list."""
    for item in node.items if node is not None and node.kind == "array" else []:
        if item.kind == "object":
            yield item

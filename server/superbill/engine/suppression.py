"""Findings that comments in a document say to ignore: what a comment means, what it covers, and what came of it.

`superbill: ignore K520, N1302 -- why` speaks of the record it belongs to, `ignore-file` of the whole document. A comment
that names no rule is not followed: it would hide whatever is found there next year. What is wrong with comments, and
those that have nothing to ignore any more, are findings of rules of their own, by way of the problems made here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from superbill.charges.model import Part, Problem
from superbill.charges.remarks import Remark

#: Kinds of `Problem`; rules of these kinds are never ignored by a comment on one line.
UNUSED, UNREAD, UNKNOWN = "remark-unused", "remark-unread", "remark-unknown-rule"

_VERB = re.compile(r"[\w-]+")
_NAME = re.compile(r"[^\s,]+")
_REASON = re.compile(r"\s--(?:\s|\Z)")


@dataclass(frozen=True, slots=True)
class Directive:
    """What a comment says: "ignore" or "ignore-file" ("" for anything else), and the names of rules in it, each with
    its place in the words."""

    verb: str
    names: tuple[tuple[str, int, int], ...]


@lru_cache(maxsize=4096)
def directive(words: str) -> Directive:
    """What the words of a comment say. They begin with "ignore"."""
    match = _VERB.match(words)
    verb = match.group() if match else ""
    reason = _REASON.search(words)
    stop = reason.start() if reason else len(words)
    found = [(one.group(), one.start(), one.end()) for one in _NAME.finditer(words, len(verb), stop)]
    if found and found[0][0] == ":":
        del found[0]
    return Directive(verb if verb in ("ignore", "ignore-file") else "", tuple(found))


def reason(words: str) -> str:
    """Why, as a comment says it behind " -- "; "" when it does not."""
    match = _REASON.search(words)
    return words[match.end() :].strip() if match else ""


def ids(remark: Remark, known: dict[str, str]) -> dict[str, str]:
    """The rules that a comment names, by the name as written. `known` maps names in small letters to ids."""
    said = directive(remark.words)
    if not said.verb:
        return {}
    found = ((name, known.get(name.lower(), "")) for name, _, _ in said.names)
    return {name: id for name, id in found if id}


def problems_of(number: int, remark: Remark, known: dict[str, str]) -> Iterable[Problem]:
    """What is wrong with a comment as it is written."""
    said = directive(remark.words)
    part = Part("remark", number)
    if not said.verb or not said.names:
        yield Problem(UNREAD, part, (remark.words, said.verb))
        return
    for name, _, _ in said.names:
        if name.lower() not in known:
            yield Problem(UNKNOWN, part, (name,))


def covers(remark: Remark, item: int) -> bool:
    """Whether a comment on a record speaks of one of its service lines."""
    return remark.item is None or remark.item == item


def without(line: str, remark: Remark, start: int, names: Sequence[str], instead: str = "") -> tuple[int, int, str]:
    """The edit of a line (start, end, text; code points) that takes names out of a comment, or the comment when nothing
    is left of it; `instead` is written in their place. `start` is where the comment begins in the line."""
    at, end = start + remark.at - remark.start, start + remark.end - remark.start
    said = directive(remark.words)
    if instead:
        first, last = next((one, two) for name, one, two in said.names if name == names[0])
        return at + first, at + last, instead
    kept = [name for name, _, _ in said.names if name not in names]
    if kept:
        return at + said.names[0][1], at + said.names[-1][2], ", ".join(kept)
    if not line[:start].strip() and not line[end:].strip():
        return 0, -1, ""
    return len(line[:start].rstrip()), end, ""

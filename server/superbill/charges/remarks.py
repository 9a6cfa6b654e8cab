"""Comments that are meant for Superbill: `superbill: ignore K520 -- why`. What a dialect knows of them is where they stand.

A comment beside a record, or inside it, belongs to that record. One on a line of its own belongs to the record below it:
it is carried there in the state of the reading, together with how many lines up it stands, so that a record knows all
that is said about it and an edit re-reads no more than it would without. What the words mean is not for a dialect.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

#: What a comment for Superbill begins with, behind its comment sign.
WORDS = r"[Ss]uperbill:[ \t]*(?P<words>ignore\b[^\r\n]*?)"
#: Without this a text holds no such comment.
MARK = "uperbill:"
#: A comment line as YAML, separated files and text notes have it.
_HASH = re.compile(rf"\s*(?P<comment>#+[ \t]*{WORDS})\s*\Z")
#: What is carried to one record, at most. Nobody writes so many, and a file of nothing else must stay cheap.
_MOST = 64


class Remark(NamedTuple):
    """A comment for Superbill. `words` is what it says behind "superbill:".

    Of a comment that stands `up` lines above the first line of its record, `start`, `end` (of the whole comment, end
    exclusive) and `at` (where the words begin) are columns of that line; else they are offsets in the record's text.
    `item` is the service line of the record that it speaks of; None for all of them.
    """

    words: str
    start: int
    end: int
    at: int
    up: int = 0
    item: int | None = None

    @property
    def of_file(self) -> bool:
        """Whether it speaks of the whole file."""
        return self.words.startswith("ignore-file")


def in_hash(line: str) -> Remark | None:
    """The remark that a line holds which is nothing but a comment after a hash sign."""
    if MARK not in line:
        return None
    match = _HASH.match(line)
    return remark_of(match) if match else None


def remark_of(match: re.Match[str], offset: int = 0, item: int | None = None) -> Remark:
    """The remark of a match with the groups `comment` and `words`."""
    return Remark(
        match["words"].rstrip(),
        offset + match.start("comment"),
        offset + match.end("comment"),
        offset + match.start("words"),
        0,
        item,
    )


def carried(pending: Sequence[Remark], lines: int) -> tuple[Remark, ...]:
    """What waits for its record, that many lines further down."""
    return tuple(remark._replace(up=remark.up + lines) for remark in pending[-_MOST:])

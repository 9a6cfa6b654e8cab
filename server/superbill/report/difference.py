"""What mending would change in a file, as a unified diff: made from the edits themselves, so a long file costs nothing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from superbill.engine.mending import Edit
from superbill.text.lines import split_lines

_CONTEXT = 3
#: On a screen a longer line is cut around what changes in it.
_WIDTH = 200
_RED, _GREEN, _CYAN, _PLAIN = "\033[31m", "\033[32m", "\033[36m", "\033[0m"


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines `first` to `last` (exclusive) of the old text, and the lines that take their place."""

    first: int
    last: int
    new: Sequence[str]


def unified(name: str, old: str, edits: Sequence[Edit], *, screen: bool = False) -> str:
    """The diff of one file; "" when nothing changes.

    For a program (`patch`) lines end where it says they do, at a line feed. For a `screen` they end as editors show them,
    characters that cannot be seen are blanks, long lines are cut, and there is colour.
    """
    blocks, lines = _blocks(old, edits, screen)
    if not blocks:
        return ""
    out = [f"--- {name}\n+++ {name}\n"]
    shift = 0
    for hunk in _hunks(blocks):
        first = max(hunk[0].first - _CONTEXT, 0)
        last = min(hunk[-1].last + _CONTEXT, len(lines))
        body: list[str] = []
        at = first
        for block in hunk:
            body += [_row(" ", line, 0, screen) for line in lines[at : block.first]]
            gone = lines[block.first : block.last]
            for number, line in enumerate(gone):
                body.append(_row("-", line, _differs(line, block.new, number), screen))
            for number, line in enumerate(block.new):
                body.append(_row("+", line, _differs(line, gone, number), screen))
            at = block.last
        body += [_row(" ", line, 0, screen) for line in lines[at:last]]
        grown = sum(len(block.new) - (block.last - block.first) for block in hunk)
        size = last - first
        head = f"@@ -{_range(first, size)} +{_range(first + shift, size + grown)} @@"
        out.append(f"{_CYAN}{head}{_PLAIN}\n" if screen else f"{head}\n")
        out += body
        shift += grown
    return "".join(out)


def _blocks(old: str, edits: Sequence[Edit], screen: bool) -> tuple[list[_Block], list[str]]:
    begins = [0, *accumulate(map(len, split_lines(old)))]
    spans = [
        (begins[one.start.line] + one.start.column, begins[one.end.line] + one.end.column, one.text) for one in edits
    ]
    cut = split_lines if screen else _by_feed
    lines = cut(old)
    if not lines[-1]:
        lines.pop()
    starts = [0, *accumulate(map(len, lines))]
    blocks: list[_Block] = []
    number = 0
    while number < len(spans):
        first = min(bisect_right(starts, spans[number][0]) - 1, len(lines))
        last = first
        text, at = "", starts[first]
        while True:
            # Take in every edit that begins on the lines taken so far, then end the block where a line ends.
            while number < len(spans) and (spans[number][0] < starts[last] or last == first):
                start, end, new = spans[number]
                text += old[at:start] + new
                at = end
                number += 1
                last = max(last, min(bisect_right(starts, max(end - 1, start)), len(lines)))
            rest = old[at : starts[last]]
            if last < len(lines) and (text + rest) and not (text + rest).endswith(("\n", "\r")):
                last += 1
                continue
            if number < len(spans) and spans[number][0] < starts[last]:
                continue
            break
        fresh = text + rest
        new_lines = cut(fresh)
        if not new_lines[-1]:
            new_lines.pop()
        gone = lines[first:last]
        while gone and new_lines and gone[0] == new_lines[0]:
            gone, new_lines, first = gone[1:], new_lines[1:], first + 1
        while gone and new_lines and gone[-1] == new_lines[-1]:
            gone, new_lines, last = gone[:-1], new_lines[:-1], last - 1
        if gone or new_lines:
            blocks.append(_Block(first, last, new_lines))
    return blocks, lines


def _by_feed(text: str) -> list[str]:
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines


def _hunks(blocks: Sequence[_Block]) -> list[list[_Block]]:
    """Blocks so near to each other that their surroundings meet, together."""
    hunks = [[blocks[0]]]
    for block in blocks[1:]:
        if block.first - hunks[-1][-1].last <= 2 * _CONTEXT:
            hunks[-1].append(block)
        else:
            hunks.append([block])
    return hunks


def _range(first: int, size: int) -> str:
    return f"{first + 1 if size else first},{size}" if size != 1 else str(first + 1)


def _differs(line: str, others: Sequence[str], number: int) -> int:
    """The column from which a line differs from the one in its place."""
    if number >= len(others):
        return 0
    other = others[number]
    return next((at for at, (one, two) in enumerate(zip(line, other, strict=False)) if one != two), 0)


def _row(sign: str, line: str, column: int, screen: bool) -> str:
    if not screen:
        return f"{sign}{line}" if line.endswith("\n") else f"{sign}{line}\n\\ No newline at end of file\n"
    body = line.rstrip("\r\n")
    start = max(0, column - _WIDTH // 2) if len(body) > _WIDTH else 0
    shown = "".join(char if char.isprintable() else " " for char in body[start : start + _WIDTH])
    shown = f"{'…' if start else ''}{shown}{'…' if start + _WIDTH < len(body) else ''}"
    colour = {"-": _RED, "+": _GREEN}.get(sign, "")
    return f"{colour}{sign}{shown}{_PLAIN if colour else ''}\n"

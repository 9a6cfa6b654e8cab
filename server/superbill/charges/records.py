"""Records that are whole lines."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from superbill.charges.model import Record


def of_lines(
    lines: Sequence[str],
    line: int,
    count: int,
    state: Hashable,
    after: Hashable,
    signature: Hashable,
    group: Hashable,
    reach: int,
) -> Record:
    """The record of `count` lines from `line` on. The last line of a document has nothing below it, so a record with
    it ends at that line's own end. The rest as in `Record`."""
    text = "".join(lines[line : line + count]) if count > 1 else lines[line]
    last = line + count == len(lines)
    height = count - 1 if last else count
    width = len(lines[line + count - 1]) if last else 0
    return Record(text, height, width, state, after, signature, group, reach)

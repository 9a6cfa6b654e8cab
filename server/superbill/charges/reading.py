"""Read a whole document for its service lines alone: no rules, no positions, nothing kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from superbill.charges.dialect import HEAD_LINES, Hints
from superbill.charges.model import ServiceLine
from superbill.charges.registry import recognise


def service_lines(lines: Sequence[str], hints: Hints) -> Iterator[ServiceLine]:
    """The service lines of a document that is given as lines with their ends; none when no dialect knows it.

    Codes that a note merely speaks of are not among them.
    """
    dialect = recognise(lines, hints)
    if dialect is None:
        return
    state = dialect.start(lines[:HEAD_LINES], hints)
    line = column = 0
    end = (len(lines) - 1, len(lines[-1]))
    while (line, column) < end:
        record = dialect.read(lines, line, column, state)
        state = record.after
        yield from dialect.content(record).lines
        line, column = (line + record.height, record.width) if record.height else (line, column + record.width)

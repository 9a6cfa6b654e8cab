"""The outline of a document: what its records name, as a tree."""

from __future__ import annotations

from dataclasses import dataclass, field

from superbill.charges.dialect import Heading
from superbill.engine.analysis import Analysis, locate
from superbill.text.document import Position

#: An outline of more entries helps nobody and costs the editor much.
MOST = 20_000


@dataclass(slots=True)
class Entry:
    """One entry of the outline with those below it. An entry reaches to where the next of its level begins."""

    heading: Heading
    start: Position
    end: Position
    name_end: Position
    below: list[Entry] = field(default_factory=list)


def outline(analysis: Analysis) -> list[Entry]:
    """The entries of the highest level, in the order of the text; at most `MOST` in all."""
    top: list[Entry] = []
    open_entries: list[Entry] = []
    if analysis.dialect is None:
        return top
    count = 0
    for block, start in zip(analysis.records.blocks, analysis.records.tops(), strict=True):
        for record, inner in zip(block.records, block.starts, strict=True):
            place = (start[0] + inner[0], inner[1] if inner[0] else start[1] + inner[1])
            for heading in analysis.dialect.outline(record):
                if count == MOST:
                    return top
                count += 1
                first = locate(record, place, heading.start)
                last = locate(record, place, heading.end)
                entry = Entry(heading, first, last, last)
                while open_entries and open_entries[-1].heading.level >= heading.level:
                    open_entries.pop()
                (open_entries[-1].below if open_entries else top).append(entry)
                for above in open_entries:
                    above.end = max(above.end, last)
                open_entries.append(entry)
    return top

"""The outline of a document: what its records name, as a tree."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field

from superbill.charges.dialect import Heading
from superbill.charges.model import Part, Record
from superbill.engine.analysis import Analysis, Held, locate
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
    work = outline_in_steps(analysis)
    while True:
        try:
            next(work)
        except StopIteration as done:
            entries: list[Entry] = done.value
            return entries


def outline_in_steps(analysis: Analysis) -> Generator[None, None, list[Entry]]:
    """The same, with a pause every few hundred records. Not to be gone on with after an edit."""
    top: list[Entry] = []
    open_entries: list[Entry] = []
    if analysis.dialect is None:
        return top
    count = 0
    before: Record | None = None
    for block, start in zip(analysis.records.blocks, analysis.records.tops(), strict=True):
        for record, inner in zip(block.records, block.starts, strict=True):
            place = (start[0] + inner[0], inner[1] if inner[0] else start[1] + inner[1])
            for heading in analysis.dialect.outline(record) or _lines(record):
                if count == MOST:
                    return top
                count += 1
                first = locate(record, place, heading.start)
                last = locate(record, place, heading.end)
                entry = Entry(heading, first, last, last)
                while open_entries and open_entries[-1].heading.level >= heading.level:
                    open_entries.pop()
                if heading.level == 0 and heading.kind == "line":
                    _under_claim(analysis, top, entry, before, record)
                    before = record
                    continue
                (open_entries[-1].below if open_entries else top).append(entry)
                for above in open_entries:
                    above.end = max(above.end, last)
                open_entries.append(entry)
        yield
    return top


def _lines(record: Record) -> list[Heading]:
    """The service lines of a record in whose format nothing else is named: a row of a table."""
    held: Held = record.content
    if not held.lines:
        return []
    end = len(record.text.rstrip())
    found = []
    for line, billed in zip(held.lines, held.billed, strict=True):
        if billed:
            name = "-".join([line.code or line.written.code or "no code", *line.mods])
            said = (line.written.date, line.written.units, line.written.charge)
            found.append(Heading(0, "line", name, " · ".join([text for text in said if text]), 0, end))
    return found


def _under_claim(analysis: Analysis, top: list[Entry], entry: Entry, before: Record | None, record: Record) -> None:
    """Put a service line of a format without claims, a row of a table, under the claim that the row before it began."""
    if before is None or record.group is None or record.group != before.group or not top:
        top.append(entry)
        return
    above = top[-1]
    if above.heading.kind != "claim":
        claim = Heading(0, "claim", _claim_name(analysis, record), "", 0, 0)
        above = top[-1] = Entry(claim, above.start, above.end, above.name_end, [above])
    above.below.append(entry)
    above.end = max(above.end, entry.end)


def _claim_name(analysis: Analysis, record: Record) -> str:
    """What a row says of its claim: its number, else the patient."""
    spans = analysis.spans(record)
    for name in ("claim", "patient"):
        start, end = spans.get(Part(name), (0, 0))
        text = record.text[start:end].strip()
        if text:
            return f"{name.capitalize()} {text}"
    return "Claim"

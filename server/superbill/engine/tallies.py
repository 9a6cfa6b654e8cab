"""Counts and sums for the lines above claims and documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from superbill.engine.analysis import Analysis, Group, Held
from superbill.engine.records import Place

#: Claims shown for one document, at most.
MOST = 2_000


@dataclass(frozen=True, slots=True)
class Tally:
    """What a claim comes to: where its first record begins, its service lines, their charges together (None when one of
    them has none), and its findings by severity."""

    place: Place
    lines: int
    total: Decimal | None
    findings: Counter[str]


def claims(analysis: Analysis) -> Iterator[Tally]:
    """The claims of two lines or more, in the order of the text, at most `MOST`."""
    seen: set[int] = set()
    count = 0
    for block, top in zip(analysis.records.blocks, analysis.records.tops(), strict=True):
        for record, inner in zip(block.records, block.starts, strict=True):
            group = analysis.group_of(record)
            if group is None or id(group) in seen or not group.bills:
                continue
            seen.add(id(group))
            tally = _tally(group, (top[0] + inner[0], inner[1] if inner[0] else top[1] + inner[1]))
            if tally.lines > 1:
                yield tally
                count += 1
                if count == MOST:
                    return


def _tally(group: Group, place: Place) -> Tally:
    count, total = 0, Decimal(0)
    whole = True
    found: Counter[str] = Counter()
    for record in group.members:
        held: Held = record.content
        for line, billed in zip(held.lines, held.billed, strict=True):
            if not billed:
                continue
            count += 1
            if line.charge is None:
                whole = False
            else:
                total += line.charge
        found.update(finding.severity for finding in held.findings)
        found.update(extra.finding.severity for extra in (*record.extra, *record.wider))
    return Tally(place, count, total if whole else None, found)


def document(analysis: Analysis) -> Counter[str]:
    """The findings of a document by severity."""
    return Counter(located.finding.severity for located in analysis.findings())

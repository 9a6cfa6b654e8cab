"""From a fix to edits of the text: each operation is carried out by the dialect of the file, or the fix is not offered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from superbill.charges.dialect import (
    AddModifiers,
    EditRemark,
    NameColumn,
    Operation,
    RemoveLine,
    RemoveModifiers,
    SetModifiers,
    SetValue,
    SplitLine,
)
from superbill.charges.model import Record
from superbill.engine import suppression
from superbill.engine.analysis import Analysis, Located, locate
from superbill.engine.query import offset_in
from superbill.rules.base import Fix
from superbill.text.document import Position

Step = Operation | NameColumn | EditRemark


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the text between two positions (code points, end exclusive)."""

    start: Position
    end: Position
    text: str


def edits_for(analysis: Analysis, located: Located, fix: Fix) -> list[Edit] | None:
    """The edits of a fix, in the order of the text; None when the dialect cannot do all of it safely."""
    item = located.finding.part.item
    edits: list[Edit] = []
    for operation in fix.operations:
        done = _carry_out(analysis, located.record, _on(operation, item))
        if done is None:
            return None
        edits += done
    for number, operation in fix.also:
        if number >= len(located.others):
            return None
        record, other = located.others[number]
        done = _carry_out(analysis, record, _on(operation, other))
        if done is None:
            return None
        edits += done
    edits.sort(key=lambda edit: (edit.start, edit.end))
    if any(one.end > two.start for one, two in pairwise(edits)):
        return None
    return edits or None


def _on(operation: Step, item: int) -> Step:
    if isinstance(operation, (AddModifiers, RemoveModifiers, RemoveLine, SetModifiers, SplitLine)):
        return operation._replace(item=item)
    if isinstance(operation, SetValue):
        return SetValue(operation.part._replace(item=item), operation.text)
    return operation


def _carry_out(analysis: Analysis, record: Record, operation: Step) -> list[Edit] | None:
    assert analysis.dialect is not None
    if isinstance(operation, NameColumn):
        return None
    if isinstance(operation, EditRemark):
        if operation.number < 0:
            return None  # nothing stands below it, so that it is no remark of any record
        return [_edit_remark(analysis, record, operation)]
    changes = analysis.dialect.edits(record, operation, analysis.records.behind(record))
    if changes is None:
        return None
    edits = []
    for change in changes:
        on = change.record or record
        place = analysis.records.where(on)
        edits.append(Edit(locate_end(on, place, change.start), locate_end(on, place, change.end), change.text))
    return edits


def _edit_remark(analysis: Analysis, record: Record, operation: EditRemark) -> Edit:
    remark = record.remarks[operation.number]
    place, _ = analysis.remark_place(record, analysis.records.where(record), operation.number)
    line = analysis.document.lines[place.line]
    start, end, text = suppression.without(line, remark, place.column, operation.names, operation.instead)
    last = place.line + 1 == len(analysis.document.lines)
    if end < 0 and not last:
        return Edit(Position(place.line, 0), Position(place.line + 1, 0), "")
    return Edit(Position(place.line, start), Position(place.line, len(line) if end < 0 else end), text)


def accept_here(analysis: Analysis, located: Located) -> list[Edit] | None:
    """The comment that says to ignore a finding where it stands, or the rule added to one that stands there already.

    None where the format has no comments, and for findings about the whole file or about a comment.
    """
    finding, record = located.finding, located.record
    if finding.part.name == "remark" or not analysis.book.stands_on_records(finding.rule) or analysis.dialect is None:
        return None
    place = analysis.records.where(record)
    for number, remark in enumerate(record.remarks):
        said = suppression.directive(remark.words)
        if said.verb == "ignore" and said.names and suppression.covers(remark, finding.part.item):
            start, _ = analysis.remark_place(record, place, number)
            at = Position(start.line, start.column + remark.at - remark.start + said.names[-1][2])
            return [Edit(at, at, f", {finding.rule}")]
    offset = offset_in(record, place, located.start)
    edit = analysis.dialect.remark(record, offset or 0, f"ignore {finding.rule}", analysis.hints)
    if edit is None:
        return None
    return [Edit(locate_end(record, place, edit.start), locate_end(record, place, edit.end), edit.text)]


def locate_end(record: Record, place: tuple[int, int], offset: int) -> Position:
    """The position of an offset, the very end of a record (the start of the next line) included."""
    if offset >= len(record.text) and record.height and record.width == 0:
        return Position(place[0] + record.height, 0)
    return locate(record, place, offset)


def offered(analysis: Analysis, located: Located) -> Iterator[tuple[Fix, list[Edit]]]:
    """The fixes of a finding that can be carried out in this file."""
    for fix in located.finding.fixes:
        edits = edits_for(analysis, located, fix)
        if edits is not None:
            yield fix, edits


def mechanical(analysis: Analysis) -> list[Edit]:
    """All preferred fixes of a document that do not get in each other's way, in the order of the text."""
    chosen: list[Edit] = []
    end = Position(0, 0)
    for located in analysis.findings():
        for fix, edits in offered(analysis, located):
            if fix.preferred and edits[0].start >= end:
                chosen += edits
                end = edits[-1].end
                break
    return chosen

"""From a fix to edits of the text: each operation is carried out by the dialect of the file, or the fix is not offered."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from superbill.charges.dialect import (
    AddModifiers,
    EditRemark,
    MaskIdentifiers,
    NameColumn,
    Operation,
    RemoveLine,
    RemoveModifiers,
    SetModifiers,
    SetValue,
    SplitLine,
)
from superbill.charges.model import Record
from superbill.charges.statements import identifier_spans
from superbill.engine import suppression
from superbill.engine.analysis import Analysis, Located, locate
from superbill.engine.query import offset_in
from superbill.rules.base import Fix
from superbill.text.document import Position
from superbill.text.lines import split_lines

Step = Operation | NameColumn | EditRemark | MaskIdentifiers


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
    if isinstance(operation, MaskIdentifiers):
        return _mask(analysis, record, operation)
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


def _mask(analysis: Analysis, record: Record, operation: MaskIdentifiers) -> list[Edit] | None:
    """The edits that take the identifiers out of a note. None where two shapes overlap: then a reader must look."""
    group = analysis.group_of(record)
    edits = []
    for member in group.members if group is not None else (record,):
        spans = identifier_spans(member.text)
        if any(one[1] > two[0] for one, two in pairwise(spans)):
            return None
        place = analysis.records.where(member)
        edits += [
            Edit(locate_end(member, place, start), locate_end(member, place, end), operation.text)
            for start, end in spans
        ]
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


def mechanical(analysis: Analysis, rule: str = "") -> list[Edit]:
    """All preferred fixes of a document (or of one rule in it) that do not get in each other's way, in the order of the
    text."""
    return [edit for edits in _groups(analysis, rule) for edit in edits]


def _groups(analysis: Analysis, rule: str) -> list[list[Edit]]:
    """The preferred fixes that can be made side by side, each with its edits."""
    chosen: list[list[Edit]] = []
    end = Position(0, 0)
    for located in analysis.findings():
        if rule and located.finding.rule != rule:
            continue
        for fix, edits in offered(analysis, located):
            if fix.preferred and edits[0].start >= end:
                chosen.append(edits)
                end = edits[-1].end
                break
    return chosen


# -- until nothing is left ------------------------------------------------------------------------------------------

#: A fix may make way for another; after so many turns what is left stays.
MOST_TURNS = 10
#: Where fixes bring errors, the others are found by halving; each trial reads the text once.
MOST_TRIALS = 100


@dataclass(frozen=True, slots=True)
class Mended:
    """What came of mending a text.

    `edits` are to be made in the text that was given, all at once; `fixes` is how many fixes they amount to. `refused`
    counts fixes that were left out because with them the text would have more errors than without, `because` names the
    rules that would speak. `analysis` is the analysis of the mended text.
    """

    text: str
    edits: list[Edit]
    fixes: int
    refused: int
    because: tuple[str, ...]
    analysis: Analysis


def mend(analysis: Analysis, rule: str = "") -> Mended:
    """Make all mechanical fixes of a finished analysis (or those of one rule), until nothing is left to do.

    The document of `analysis` stays as it is. A fix that would bring more errors than it mends is not made.
    """
    steps = mend_in_steps(analysis, rule)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            mended: Mended = done.value
            return mended


def mend_in_steps(analysis: Analysis, rule: str = "") -> Generator[None, None, Mended]:
    """`mend`, giving way after each slice of work: for whoever has other things to do meanwhile."""
    patch = _Patch(analysis.document.text)
    fixes = refused = trials = 0
    because: set[str] = set()
    for _ in range(MOST_TURNS):
        groups = _groups(analysis, rule)
        base, lines, before = patch, analysis.document.lines, _errors(analysis)
        made: list[list[Edit]] = []
        refused = 0
        because.clear()
        waiting = [groups] if groups else []
        while waiting:
            now = waiting.pop()
            trials += 1
            if trials > MOST_TRIALS:
                refused += len(now)
                continue
            together = sorted(made + now, key=lambda group: group[0].start)
            trial = base.with_edits(lines, [edit for group in together for edit in group])
            fresh = analysis.again(trial.text)
            while not fresh.step(200):
                yield
            after = _errors(fresh)
            new = after - before
            # One fix may bring a graver error to light in the place of the one it mends: the line is no worse then.
            # Of several together that cannot be told.
            if not new or (len(now) == 1 and after.total() <= before.total()):
                patch, analysis, before, made = trial, fresh, after, together
            elif len(now) > 1:
                middle = len(now) // 2
                waiting += [now[middle:], now[:middle]]
            else:
                refused += 1
                because |= set(new)
        fixes += len(made)
        if not made:
            break
    return Mended(patch.text, patch.edits(), fixes, refused, tuple(sorted(because)), analysis)


def _errors(analysis: Analysis) -> Counter[str]:
    """The errors of a document, by rule."""
    return Counter(one.finding.rule for one in analysis.findings() if one.finding.severity == "error")


class _Patch:
    """A text under edits made one turn after another, told as pieces: stretches of the old text, and new text."""

    def __init__(self, old: str, pieces: list[tuple[int, int, str]] | None = None) -> None:
        self._old = old
        #: (start, end, "") is a stretch of the old text, (0, 0, text) is new.
        self._pieces = pieces if pieces is not None else [(0, len(old), "")]

    @property
    def text(self) -> str:
        """The text as it is now."""
        return "".join(new or self._old[start:end] for start, end, new in self._pieces)

    def with_edits(self, lines: list[str], edits: list[Edit]) -> _Patch:
        """The same with edits made; they are in order, and count in the lines of the text as it is now."""
        begins = [0, *accumulate(map(len, lines))]
        pieces: list[tuple[int, int, str]] = []
        at = 0  # how far the text as it is now has been taken over
        left = list(reversed(self._pieces))

        def take(until: int, keep: bool) -> None:
            nonlocal at
            while at < until:
                start, end, new = left.pop()
                size = len(new) if new else end - start
                taken = min(size, until - at)
                if taken < size:
                    left.append((0, 0, new[taken:]) if new else (start + taken, end, ""))
                if keep:
                    pieces.append((0, 0, new[:taken]) if new else (start, start + taken, ""))
                at += taken

        for edit in edits:
            take(begins[edit.start.line] + edit.start.column, True)
            if edit.text:
                pieces.append((0, 0, edit.text))
            take(begins[edit.end.line] + edit.end.column, False)
        return _Patch(self._old, pieces + left[::-1])

    def edits(self) -> list[Edit]:
        """What turns the old text into the present one, in the order of the text."""
        found: list[tuple[int, int, str]] = []
        at, text = 0, ""
        for start, end, new in [*self._pieces, (len(self._old), len(self._old), "")]:
            if new:
                text += new
                continue
            if (start > at or text) and self._old[at:start] != text:
                found.append((at, start, text))
            at, text = end, ""
        begins = [0, *accumulate(map(len, split_lines(self._old)))]

        def position(offset: int) -> Position:
            line = bisect_right(begins, offset, hi=len(begins) - 1) - 1
            return Position(line, offset - begins[line])

        return [Edit(position(start), position(end), text) for start, end, text in found]

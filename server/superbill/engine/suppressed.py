"""Findings that are not shown, and what silences each: for reports that list them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from superbill.charges.model import Record
from superbill.engine import suppression
from superbill.engine.analysis import Analysis, Located, accept_key
from superbill.text.document import Position


class Suppressed(NamedTuple):
    """A finding that is not shown, and the analysis that its record is of.

    `by` is what silences it: a comment on its record, a comment on the whole file, the settings' list of accepted findings,
    or the baseline. Of comments also where they stand and what they give as the reason.
    """

    located: Located
    analysis: Analysis
    by: Literal["comment", "file comment", "accept", "baseline"]
    start: Position | None = None
    end: Position | None = None
    reason: str = ""


def suppressed(analysis: Analysis) -> Iterator[Suppressed]:
    """All findings of a finished analysis that are not shown: those silenced by comments, then those accepted in settings,
    then those in the baseline, each in the order of the text."""
    yield from _by_comments(analysis)
    if analysis.accepted:
        yield from _accepted(analysis)
    for located in analysis.known():
        yield Suppressed(located, analysis, "baseline")


def _by_comments(analysis: Analysis) -> Iterator[Suppressed]:
    of_file: dict[str, tuple[Record, int]] = {}
    for record, number, rules in analysis.file_remarks():
        for rule in rules:
            of_file.setdefault(rule, (record, number))
    for located in analysis.said_of_document() if of_file else ():
        if located.finding.rule in of_file:
            yield _by(analysis, located, "file comment", *of_file[located.finding.rule])
    for record, place in analysis.records.flagged():
        if not record.remarks and not of_file:
            continue
        said = analysis.said_of(record)
        kept, told = analysis.heard(record, said)
        shown = {id(one) for one in kept}
        hidden = [one for one in said if id(one) not in shown]
        hidden += [one for one in told if one[0].rule in of_file]
        for located in analysis.located(record, place, hidden):
            beside = _speaking(analysis, record, located)
            if beside is not None:
                yield _by(analysis, located, "comment", record, beside)
            elif located.finding.rule in of_file:
                yield _by(analysis, located, "file comment", *of_file[located.finding.rule])


def _speaking(analysis: Analysis, record: Record, located: Located) -> int | None:
    """The number of the comment on a record that silences a finding there; None where none does."""
    finding = located.finding
    if finding.part.name == "remark":
        return None  # what is said of comments, no comment on one line silences
    for number, remark in enumerate(record.remarks):
        named = suppression.ids(remark, analysis.book.names).values()
        if not remark.of_file and finding.rule in named and suppression.covers(remark, finding.part.item):
            return number
    return None


def _by(
    analysis: Analysis, located: Located, by: Literal["comment", "file comment"], record: Record, number: int
) -> Suppressed:
    """A finding with the comment that silences it: the record this belongs to, and its number there."""
    start, end = analysis.remark_place(record, analysis.records.where(record), number)
    return Suppressed(located, analysis, by, start, end, suppression.reason(record.remarks[number].words))


def _accepted(analysis: Analysis) -> Iterator[Suppressed]:
    """The findings that settings accept. They were never kept, so the text is analysed once more without."""
    bare = analysis.again(analysis.document.text, bare=True).finish()
    for located in bare.said_of_document():
        if accept_key(located.finding) in analysis.accepted and located.finding.part.name != "remark":
            yield Suppressed(located, bare, "accept")
    for record, place in bare.records.flagged():
        said = [one for one in bare.said_of(record) if accept_key(one[0]) in analysis.accepted]
        for located in bare.located(record, place, said):
            yield Suppressed(located, bare, "accept")

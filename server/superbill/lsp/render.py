"""Findings as the JSON of diagnostics. Written as text, record by record, and kept with the record.

A file may hold thousands of findings, and a client wants all of them after every keystroke. Only line numbers change
then, so everything else of a diagnostic is kept; and of a block of records that stayed where it was, all of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from superbill.charges.model import Record
from superbill.engine import baseline
from superbill.engine.analysis import Analysis, Located
from superbill.engine.records import Block, Place
from superbill.report.pages import page_uri
from superbill.rules.base import Finding
from superbill.text.document import Document, Position
from superbill.text.encoding import from_code_points
from superbill.text.lines import split_lines

#: Findings sent for one document, at most. Editors show fewer, and every keystroke sends all of them again.
MOST = 10_000
_SEVERITY = {"error": 1, "warning": 2, "information": 3, "hint": 4}


_CUT = json.dumps(
    {
        "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}},
        "severity": 3,
        "code": "more",
        "source": "superbill",
        "message": f"More than {MOST:,} findings: those further down are not shown. `superbill check` lists all.",
    }
)


class _Shown(NamedTuple):
    """The diagnostics of a block of records as they were last written, and where the block began then: line, column."""

    line: int
    begins: int
    many: int
    text: str


def _beyond(budget: dict[str, int], found: Iterable[Located]) -> Iterable[Located]:
    """Those findings that a baseline does not accept."""
    return [one for one in found if baseline.beyond(budget, baseline.key(one.finding))] if budget else found


class DiagnosticWriter:
    """Writes the findings of an analysis for one client."""

    def __init__(self, related: bool, descriptions: bool) -> None:
        self.related = related
        self.descriptions = descriptions

    def write(self, analysis: Analysis, uri: str) -> str:
        """All diagnostics of a document: JSON objects joined by commas."""
        budget = dict(analysis.baseline)  # counted here, where every record with findings is passed anyway
        out = [self._one(analysis, one, uri) for one in _beyond(budget, analysis.document_findings())]
        count = len(out)
        columns = Columns(analysis.document)
        for block, top in analysis.records.flagged_blocks():
            if count >= MOST:
                out.insert(0, _CUT)
                break
            begins = columns.at(*top) if top[1] else 0
            kept: _Shown | None = None if budget else block.shown
            items: list[str] = []
            if kept is None or kept.line != top[0] or kept.begins != begins:
                items, lasts = self._block(analysis, uri, block, top, columns, budget)
                kept = _Shown(top[0], begins, len(items), ",".join(items))
                if lasts and not budget:
                    block.shown = kept
            elif count + kept.many > MOST:
                items, _ = self._block(analysis, uri, block, top, columns, budget)
            if count + kept.many > MOST:
                out = [_CUT, *out, *items[: MOST - count]]
                break
            count += kept.many
            if kept.many:
                out.append(kept.text)
        return ",".join(out)

    def _block(
        self,
        analysis: Analysis,
        uri: str,
        block: Block,
        top: Place,
        columns: Columns,
        budget: dict[str, int],
    ) -> tuple[list[str], bool]:
        """The diagnostics of a block of records, and whether they hold until the block changes or moves."""
        out: list[str] = []
        lasts = True
        for record, place in analysis.records.flagged_in(block, top):
            line, column = place
            shown = record.shown
            if shown is None:
                found = analysis.findings_of(record, (0, 0))
                if (self.related and any(located.related for located in found)) or any(
                    located.start.line < 0 for located in found
                ):
                    # The other places move on their own, and a comment further up is none of the record's text: nothing
                    # of this record is kept.
                    lasts = False
                    now = _beyond(budget, analysis.findings_of(record, place))
                    out += [self._one(analysis, located, uri) for located in now]
                    continue
                shown = record.shown = _movable(self, analysis, record, found)
            if budget:
                new = []
                for one in shown:  # `baseline.beyond`, without a call for each of thousands
                    left = budget.get(one[5])
                    if left:
                        budget[one[5]] = left - 1
                    else:
                        new.append(one)
                if not new:
                    continue
                shown = new
            begins = columns.at(line, column) if column else 0
            out += [
                f'{{"range":{{"start":{{"line":{line + first},"character":{start if first else begins + start}}},'
                f'"end":{{"line":{line + last},"character":{end if last else begins + end}}}}},{rest}'
                for first, last, start, end, rest, _ in shown
            ]
        return out, lasts

    def _one(self, analysis: Analysis, located: Located, uri: str) -> str:
        text = f'{{"range":{range_of(analysis, located)},'
        if self.related and located.related:
            others = []
            for other in located.related:
                place = analysis.records.where(other.record)
                spans = analysis.spans(other.record)
                found = Located(
                    located.finding, other.record, *analysis.positions(other.record, place, spans, other.part)
                )
                others.append(
                    f'{{"location":{{"uri":{json.dumps(uri)},"range":{range_of(analysis, found)}}},'
                    f'"message":{json.dumps(other.message)}}}'
                )
            text += f'"relatedInformation":[{",".join(others)}],'
        return text + _rest(self, located.finding)


class Columns:
    """Columns in the client's units for places that are asked for in the order of the text.

    Each is counted from the one before it on its line: a file of one line may hold findings by the hundred.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._line = self._column = self._units = 0

    def at(self, line: int, column: int) -> int:
        """The column for a column in code points, at or behind the one asked for before."""
        text = self._document.lines[line]
        if text.isascii():
            return column
        if line != self._line:
            self._line, self._column, self._units = line, 0, 0
        between = text[self._column : column]
        self._units += from_code_points(between, len(between), self._document.encoding)
        self._column = column
        return self._units


def _movable(
    writer: DiagnosticWriter, analysis: Analysis, record: Record, found: Sequence[Located]
) -> list[tuple[int, int, int, int, str, str]]:
    """Diagnostics but for the place where their record begins: lines from there, columns, the rest as JSON, and what a
    baseline knows them by."""
    lines = split_lines(record.text)
    encoding = analysis.document.encoding

    def column(place: Position) -> int:
        return from_code_points(lines[place.line], place.column, encoding)

    return [
        (
            one.start.line,
            one.end.line,
            column(one.start),
            column(one.end),
            _rest(writer, one.finding),
            baseline.key(one.finding),
        )
        for one in found
    ]


def range_of(analysis: Analysis, located: Located) -> str:
    """The JSON of a range."""
    line, start = analysis.document.encode(located.start)
    last, end = analysis.document.encode(located.end)
    return f'{{"start":{{"line":{line},"character":{start}}},"end":{{"line":{last},"character":{end}}}}}'


def _rest(writer: DiagnosticWriter, finding: Finding) -> str:
    return _rest_of(
        writer.descriptions,
        finding.rule,
        finding.severity,
        finding.message,
        finding.code,
        finding.modifiers,
        finding.source,
        finding.unneeded,
        finding.link,
    )


@lru_cache(maxsize=4096)
def _rest_of(
    descriptions: bool,
    rule: str,
    severity: str,
    message: str,
    code: str,
    modifiers: tuple[str, ...],
    source: str,
    unneeded: bool,
    link: str,
) -> str:
    """All of a diagnostic behind its range."""
    body: dict[str, object] = {"severity": _SEVERITY[severity], "code": rule, "source": "superbill", "message": message}
    href = (link or page_uri(rule)) if descriptions else ""
    if href:
        body["codeDescription"] = {"href": href}
    if unneeded:
        body["tags"] = [1]
    body["data"] = {"code": code, "modifiers": list(modifiers), "table": source}
    return json.dumps(body, separators=(",", ":"))[1:]

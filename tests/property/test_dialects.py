"""Whatever is done to a charge file: it is read without raising, values stand where they are said to, and the findings
after any edits are those of a fresh analysis."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.harness import book
from tests.property.test_incremental import ENCODINGS, URI, assert_same
from tests.samples import (
    FHIR,
    FHIR_LINES,
    FHIR_ONE_LINE,
    HL7,
    HL7_SENT,
    JSON_SHEET,
    X12,
    X12_ONE_LINE,
    X12_WRAPPED,
    YAML,
    YAML_LINES,
)

from superbill.charges import values
from superbill.charges.dialect import Hints
from superbill.engine import records
from superbill.engine.analysis import Analysis
from superbill.lsp.render import DiagnosticWriter
from superbill.text.document import Document, Position
from superbill.text.encoding import PositionEncoding

SAMPLES = {
    "x12": (X12, ".837"),
    "x12 in one line": (X12_ONE_LINE, ".837"),
    "x12 wrapped": (X12_WRAPPED, ".txt"),
    "hl7": (HL7, ".hl7"),
    "hl7 as sent": (HL7_SENT, ".txt"),
    "fhir": (FHIR, ".json"),
    "fhir in one line": (FHIR_ONE_LINE, ".json"),
    "fhir a line each": (FHIR_LINES, ".ndjson"),
    "yaml claims": (YAML, ".yaml"),
    "yaml lines": (YAML_LINES, ".yaml"),
    "json sheet": (JSON_SHEET, ".json"),
}
PIECES = [
    "", "7", "26", "50", ":", "*", "~", "~\n", "\n", "\r\n", "\r", "\x1c", "\x1d", "\x1f", "é", "😀", " ", '"', "'", "{", "}", "[",
    "]", ",", "SV1*HC:76376*1*UN*1***1~", "CLM*A9*1***11:B:1~", "LX*9~", "SE*1*1~", "ISA", "GS*HC", "76376", "HI*ABK:R05~",
    "|", "^", "&", "\\", "FT1|", "MSH|^~\\&|", "- ", "code: ", "#", "null", '{"resourceType":"Claim"}',
]  # fmt: skip
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), st.sampled_from(PIECES)), min_size=1, max_size=6)


def edited(document: Document, where: float, size: int, piece: str) -> tuple[int, int, int, int, str]:
    """An edit at a share of the text, for `Document.edit`."""
    start = int(where * len(document.text))
    one, two = _position(document, start), _position(document, start + size)
    line_one, column_one = document.encode(one)
    line_two, column_two = document.encode(two)
    return line_one, column_one, line_two, column_two, piece


def _position(document: Document, offset: int) -> Position:
    for number, line in enumerate(document.lines):
        if offset < len(line) or number + 1 == len(document.lines):
            return Position(number, min(offset, len(line)))
        offset -= len(line)
    raise AssertionError("a document has a line")


@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS, encoding=st.sampled_from(ENCODINGS), pace=st.integers(1, 4), full=st.sampled_from([4, 512]))
def test_incremental_equals_from_scratch(
    name: str, edits: list[tuple[float, int, str]], encoding: PositionEncoding, pace: int, full: int
) -> None:
    records._FULL = full
    text, suffix = SAMPLES[name]
    document = Document(text, encoding)
    writer = DiagnosticWriter(related=True, descriptions=False)
    analysis = Analysis(document, Hints(suffix=suffix), book())
    for number, edit in enumerate(edits):
        if number % pace:
            analysis.step(3)  # an edit may come in the middle of the first reading
        else:
            writer.write(analysis.finish(), URI)
        analysis.edit(document.edit(*edited(document, *edit)))
    analysis.finish()
    assert_same(analysis, Analysis(Document(document.text, encoding), Hints(suffix=suffix), book()).finish(), writer)


@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS)
def test_values_stand_where_they_are_said_to(name: str, edits: list[tuple[float, int, str]]) -> None:
    text, suffix = SAMPLES[name]
    document = Document(text)
    for edit in edits:
        document.edit(*edited(document, *edit))
    analysis = Analysis(document, Hints(suffix=suffix), book()).finish()
    if analysis.dialect is None or not analysis.records.count:
        return
    assert "".join(record.text for record in analysis.records) == document.text
    for record in analysis.records:
        placed = {one.part: record.text[one.start : one.end] for one in analysis.dialect.parts(record)}
        for one in analysis.dialect.parts(record):
            assert 0 <= one.start <= one.end <= len(record.text)
        for heading in analysis.dialect.outline(record):
            assert 0 <= heading.start <= heading.end <= len(record.text)
        reached = 0
        for mark in analysis.dialect.marks(record):
            assert reached <= mark.start < mark.end <= len(record.text)
            reached = mark.end
        for offset in range(0, len(record.text), 7):
            analysis.dialect.field(record, offset)
            shape = analysis.dialect.shape(record, offset)
            if shape is not None:
                assert 0 <= shape.active < sum(not isinstance(piece, str) for piece in shape.pieces)
        for item, line in enumerate(record.content.lines):
            for part, value in placed.items():
                if part.item == item and part.name == "code" and line.code:
                    assert values.code(value.replace("\r", "").replace("\n", "")) == line.code
                if part.item == item and part.name == "modifier" and part.index < len(line.modifiers):
                    assert values.modifier(value.replace("\r", "").replace("\n", "")) == line.modifiers[part.index]


def _many(name: str) -> tuple[str, str]:
    """A long document of a kind, and its file name's ending."""
    if name == "x12 in one line":
        claim = X12[X12.index("HL*2*1") : X12.index("CLM*A2")].replace("\n", "")
        end = X12.index("SE*40")
        return (X12[: X12.index("HL*2*1")] + claim * 300 + X12[end:]).replace("\n", ""), ".837"
    if name.startswith("fhir"):
        bundle = json.loads(FHIR)
        bundle["entry"] *= 100
        return json.dumps(bundle, indent=None if name.endswith("in one line") else 2), ".json"
    return "claims:\n" + YAML[YAML.index("  - claim_id: A1") : YAML.index("  # the last one")] * 300, ".yaml"


@pytest.mark.parametrize("name", ["x12 in one line", "fhir", "fhir in one line", "yaml"])
def test_a_keystroke_reads_a_record_or_two(name: str) -> None:
    text, suffix = _many(name)
    document = Document(text)
    analysis = Analysis(document, Hints(suffix=suffix), book()).finish()
    assert analysis.records.count > 500
    dice = random.Random(1)
    mark = "76380"
    for _ in range(40):
        at = text.index(mark, dice.randrange(len(text) - 20_000))
        line, column = document.encode(_position(document, at))
        before = analysis.work.records_read, analysis.work.contents_checked, analysis.work.groups_checked
        analysis.edit(document.edit(line, column, line, column, "7"))
        analysis.finish()
        read, checked, groups = analysis.work.records_read, analysis.work.contents_checked, analysis.work.groups_checked
        assert read - before[0] <= 3
        assert checked - before[1] <= 2
        assert groups - before[2] <= 2
        analysis.edit(document.edit(line, column, line, column + 1, ""))
        analysis.finish()
    assert document.text == text
    assert_same(analysis, Analysis(Document(text), Hints(suffix=suffix), book()).finish())


def test_findings_further_along_the_line_are_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    text, suffix = _many("x12 in one line")
    analysis = Analysis(Document(text), Hints(suffix=suffix), book()).finish()
    writer = DiagnosticWriter(related=False, descriptions=False)
    assert writer.write(analysis, "file:///a.837").count('"range"') > 250
    asked = []
    spans = analysis.spans
    monkeypatch.setattr(Analysis, "spans", lambda self, record: asked.append(record) or spans(record))
    at = text.index("76380")
    analysis.edit(analysis.document.edit(0, at, 0, at, "7"))
    writer.write(analysis.finish(), "file:///a.837")
    assert len(asked) <= 3

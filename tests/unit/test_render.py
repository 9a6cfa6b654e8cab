"""Findings as the JSON of diagnostics."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from tests.harness import analyse, book
from tests.samples import X12_ONE_LINE

from superbill.charges.dialect import Hints
from superbill.charges.model import Record
from superbill.engine.analysis import Analysis
from superbill.engine.records import Block, Place, RecordList
from superbill.lsp.render import MOST, DiagnosticWriter
from superbill.text.document import Document, Position
from superbill.text.encoding import PositionEncoding

HEADING = "patient,dos,cpt,mod,units,pos\n"


def written(text: str, related: bool = True) -> list[dict[str, object]]:
    writer = DiagnosticWriter(related=related, descriptions=True)
    found: list[dict[str, object]] = json.loads(f"[{writer.write(analyse(text), 'file:///a.csv')}]")
    return found


def test_a_diagnostic() -> None:
    (one,) = written(HEADING + "P1,2025-10-15,76380,50,1,11\n")
    assert one["range"] == {"start": {"line": 1, "character": 20}, "end": {"line": 1, "character": 22}}
    assert one["severity"] == 2 and one["code"] == "K520" and one["source"] == "superbill"
    assert str(one["codeDescription"]["href"]).endswith("/K520.md")  # type: ignore[index]
    assert one["data"] == {"code": "76380", "modifiers": ["50"], "table": "PFS Oct 2025"}


def test_what_was_written_once_moves_with_its_record() -> None:
    writer = DiagnosticWriter(related=True, descriptions=False)
    analysis = analyse(HEADING + "P1,2025-10-15,76380,50,1,11\n")
    before = json.loads(f"[{writer.write(analysis, 'file:///a.csv')}]")
    for number in range(45):  # beyond the head, so that the record itself is not read again
        analysis.edit(analysis.document.edit(1, 0, 1, 0, f"Q{number},2025-10-15,76380,26,1,22\n"))
    analysis.finish()
    after = json.loads(f"[{writer.write(analysis, 'file:///a.csv')}]")
    assert [one["range"]["start"]["line"] for one in before + after] == [1, 46]


def test_the_number_of_diagnostics_is_bounded_and_said() -> None:
    rows = "".join(f"P{number},2025-10-15,76380,50,1,11\n" for number in range(MOST + 5))
    found = written(HEADING + rows)
    assert len(found) == MOST + 1
    assert "not shown" in str(found[0]["message"])


def test_a_keystroke_writes_the_block_that_it_touched_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    writer = DiagnosticWriter(related=True, descriptions=False)
    rows = [f"P{number},2025-10-15,76380,50,1,11\n" for number in range(3_000)]
    analysis = analyse(HEADING + "".join(rows))
    blocks = len(analysis.records.blocks)
    assert blocks > 4
    passed: list[int] = []
    plain = RecordList.flagged_in

    def counted(records: RecordList, block: Block, top: Place) -> Iterator[tuple[Record, Place]]:
        passed.append(len(block.flagged))
        return plain(records, block, top)

    monkeypatch.setattr(RecordList, "flagged_in", counted)
    writer.write(analysis, "file:///a.csv")
    assert len(passed) == blocks
    passed.clear()
    analysis.edit(analysis.document.edit(2_000, 0, 2_000, 1, "Q"))
    after = writer.write(analysis.finish(), "file:///a.csv")
    assert len(passed) == 1
    assert after == DiagnosticWriter(related=True, descriptions=False).write(
        analyse(analysis.document.text), "file:///a.csv"
    )


def test_blocks_that_were_written_and_one_that_passes_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    writer = DiagnosticWriter(related=True, descriptions=False)
    analysis = analyse(HEADING + "".join(f"P{number},2025-10-15,76380,50,1,11\n" for number in range(1_200)))
    whole = json.loads(f"[{writer.write(analysis, 'file:///a.csv')}]")
    monkeypatch.setattr("superbill.lsp.render.MOST", 700)
    cut = json.loads(f"[{writer.write(analysis, 'file:///a.csv')}]")
    assert cut[1:] == whole[:700]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_what_was_written_once_moves_along_its_line(encoding: PositionEncoding) -> None:
    writer = DiagnosticWriter(related=True, descriptions=False)
    document = Document(X12_ONE_LINE.replace("MUSTER", "M\N{PILL}STER"), encoding)
    analysis = Analysis(document, Hints(suffix=".837"), book()).finish()
    assert writer.write(analysis, "file:///a")
    column = document.encode(Position(0, document.text.index("\N{PILL}") + 1))[1]
    analysis.edit(document.edit(0, column, 0, column, "\N{PILL}\u00e9x"))
    fresh = Analysis(Document(document.text, encoding), Hints(suffix=".837"), book()).finish()
    assert writer.write(analysis.finish(), "file:///a") == writer.write(fresh, "file:///a")
    assert [one["range"]["start"] for one in json.loads(f"[{writer.write(fresh, 'file:///a')}]")] == [
        dict(zip(("line", "character"), document.encode(located.start), strict=True)) for located in fresh.findings()
    ]

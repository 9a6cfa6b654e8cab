"""Real documents that are not part of the project: read when they lie beside it, skipped when not."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.harness import book

from superbill.charges.dialect import Hints
from superbill.cli.files import decode
from superbill.engine.analysis import Analysis
from superbill.engine.cards import spot_card
from superbill.engine.query import spot_at
from superbill.text.document import Document, Position

SHARED = Path(__file__).resolve().parents[3] / "shared"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not (SHARED / "samples").exists(), reason="the sample documents are not at hand"),
]


def analysis(name: str) -> Analysis:
    path = SHARED / name
    return Analysis(Document(decode(path.read_bytes())), Hints(suffix=path.suffix), book()).finish()


#: Service lines by a count of the rows that hold a procedure code, or what was one before it was spoilt; apart from the program.
LINES = {
    "samples/csv/carrier.csv": 12,
    "samples/csv/carrier_claims.csv": 4,
    "samples/csv/kennestone_head.psv": 140,
    "samples/csv/V3.0.0_Tall_CSV_Format_Example.csv": 18,
    "samples/csv/unc_rockingham_2019.csv": 1367,
    "samples/csv/uc_davis_CDM_2019.csv": 13377,
    "samples/csv/oshpd_106190305_CDM_2018.csv": 1675,
    "samples/csv/SYNTHETIC_CLM_LINE.csv": 1020,
    "samples/notes/valid.csv": 0,
}


@pytest.mark.parametrize("name", LINES)
def test_service_lines_are_found(name: str) -> None:
    assert analysis(name).totals["lines"] == LINES[name]


@pytest.mark.parametrize(
    "name",
    [
        "samples/csv/kennestone_head.psv",
        "samples/csv/unc_rockingham_2019.csv",
        "samples/csv/uc_davis_CDM_2019.csv",
        "samples/csv/oshpd_106190305_CDM_2018.csv",
        "samples/csv/V3.0.0_Tall_CSV_Format_Example.csv",
        "samples/notes/valid.csv",
        "seeds/cpt-76376-brief.txt",
        "seeds/cpt-76380-brief.txt",
    ],
)
def test_price_files_notes_and_briefs_give_no_finding(name: str) -> None:
    assert [one.finding.rule for one in analysis(name).findings()] == []


def test_real_claim_lines_give_what_a_coder_would_say() -> None:
    found = [one.finding for one in analysis("samples/csv/carrier.csv").findings()]
    # Ended 2016-12-31, billed in 2018; and a yearly screening of 15 minutes, 6 to 20 times a day.
    assert sorted({(one.rule, one.code) for one in found}) == [("C302", "G9572"), ("U902", "G0444")]
    assert len(found) == 12


@pytest.mark.parametrize(
    ("name", "code"), [("seeds/cpt-76376-brief.txt", "76376"), ("seeds/cpt-76380-brief.txt", "76380")]
)
def test_every_code_and_modifier_of_a_brief_has_a_card(name: str, code: str) -> None:
    one = analysis(name)
    seen = 0
    for number, line in enumerate(one.document.lines):
        start = line.find(code)
        while start >= 0:
            spot = spot_at(one, Position(number, start + 1))
            assert spot is not None and spot_card(one, spot).startswith(f"**{code}**"), (number, start)
            seen += 1
            start = line.find(code, start + 1)
    assert seen >= 4
    for number, line in enumerate(one.document.lines):
        cell = line.split("|")[0].strip()
        if cell in ("26", "TC"):
            spot = spot_at(one, Position(number, line.index(cell)))
            assert spot is not None and spot_card(one, spot).startswith(f"**{cell}**")
        if " CT " in line:  # the modality is a word, not the modifier
            spot = spot_at(one, Position(number, line.index(" CT ") + 1))
            assert spot is None

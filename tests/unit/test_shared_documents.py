"""Real documents that are not part of the project: read when they lie beside it, skipped when not."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from tests.harness import book, findings

from superbill.charges.dialect import Hints
from superbill.engine.analysis import Analysis
from superbill.engine.cards import spot_card
from superbill.engine.query import spot_at
from superbill.files import decode
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


@pytest.mark.parametrize("charge", ["", "99213", "99214", "99214-25"])
@pytest.mark.parametrize("kind", ["md", "txt"])
def test_notes_of_real_visits_give_no_finding(kind: str, charge: str) -> None:
    """Each note by itself, and with a visit charged below it: a coder would dispute whatever were said."""
    with (SHARED / "samples/notes/valid.csv").open(encoding="utf-8", newline="") as file:
        notes = [row["note"] for row in csv.DictReader(file)]
    assert len(notes) == 20 and all(len(note) > 500 for note in notes)
    billed = f"\n\nCPT: {charge}\n" if charge else "\n"
    assert [one.finding.rule for note in notes for one in findings(note + billed, kind)] == []


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


#: Service lines by hand count of the SV1 and SV2 segments with a procedure, the FT1 segments that charge one, and the
#: items with a CPT or HCPCS code; and all findings, each looked at by hand. The verdicts:
#: C317 (dates outside the loaded tables) is said once a file. E201, E203, E208, E209, E210, E213 and E217 stand on real
#: breaches: these are test files of parsers, in which totals do not add up, pointers pass the last diagnosis, lines are
#: numbered from 2, claims use ">" where ISA names ":", and ICD-9 qualifiers outlive 2015. E212 and E207 are hints on a
#: place that is sent twice and on a period of one day. F111: "478331" is no procedure code. L1001 and U903: the same
#: visit of the same patient and day stands in the file twice. K527 (a finger film without a side) is information.
#: E225: a coding system is not named. C301: HCPCS has no such code. E234: items without any date. F112: two Level II
#: codes (G0154, B4184) stand under the name of CPT. F126, U902, U907: a
#: modifier four times over, three units of a code that is counted once, a visit with three units; the data are
#: invented at random.
RECORDED = {
    "samples/x12_837/837_004010X098A1__coordination-of-benefits.837": (3, "C317"),
    "samples/x12_837/837_004010X098A1__dependent-commercial-insurance-02.837": (4, "C317 K527"),
    "samples/x12_837/837_004010X098A1__patient-is-dependent.837": (4, "C317"),
    "samples/x12_837/837_005010X222A2__demo.ambulance.example5.837": (4, "C317"),
    "samples/x12_837/837_005010X222A2__demo.cob.2ndary.example4.837": (1, "C317 E217"),
    "samples/x12_837/837_005010X222A2__demo.cob.example3.B.837": (3, "C317"),
    "samples/x12_837/837_005010X222A2__demo.cob.example4.837": (1, "C317"),
    "samples/x12_837/837_005010X222A2__demo.drug.example10.2.837": (6, "C317 E212*6"),
    "samples/x12_837/837_005010X222A2__demo.example1.837": (4, "C317"),
    "samples/x12_837/837_005010X222A2__demo.example12.837": (1, "C317 E217"),
    "samples/x12_837/837_005010X222A2__demo.example6.837": (1, "C317 E217"),
    "samples/x12_837/837_005010X222A2__demo.example8.837": (1, "C317 E207"),
    "samples/x12_837/837_005010X223A3__institutional-claim.837i": (2, "C317"),
    "samples/x12_837/837_005010X223A3__ppo-repriced-claim.837i": (2, "C317 E217"),
    "samples/x12_837/apimeister_005010_837.edi": (4, "C317"),
    "samples/x12_837/demo.837": (4, "C317"),
    "samples/x12_837/x12_999_accepted.txt": (0, ""),
    "samples/x12_837/x12_ambiguous_loop.txt": (1, "C317 E208*2 E209 E212"),
    "samples/x12_837/x12_bad_segment_identifier.txt": (2, "C317 E208*4 E209*2 E210 E212*2 F111"),
    "samples/x12_837/x12_complex.txt": (10, "C317 E208*12 E209*6 E210*4 E212*10 E213*4 F111*6 L1001*2 U903*2"),
    "samples/x12_837/x12_loop_errors2_exceeds_max_repeats_multiple_parents.txt": (2, "C317 E208*4 E209*2 E212*2 L1001"),
    "samples/x12_837/x12_many_claims.txt": (820, "C317 E208*820 E209*820 E210*410 E212*820 E254 F111*410"),
    "samples/x12_837/x12_missing_required_loop_in_one_repeat.txt": (2, "C317 E208*4 E209*2 E210 E212*2 F111"),
    "samples/x12_837/x12_multiple_gs.txt": (6, "C317 E208*12 E209*6 E210*3 E212*6 F111*3 L1001*2"),
    "samples/x12_837/x12_multiple_st.txt": (4, "C317 E208*8 E209*4 E210*2 E212*4 F111*2 L1001"),
    "samples/x12_837/x12_no_errors.txt": (2, "C317 E208*4 E209*2 E212*2 L1001"),
    "samples/x12_837/x12_segment_errors.txt": (1, "C317 E208*3 E209 E212"),
    "samples/x12_837/x12_valid.txt": (2, "C317 E208*2 E209*2 E210 E212*2 F111"),
    "samples/x12_837/x12_writer_test.txt": (1, "C317 E208*2 E209 E212 E213"),
    "samples/hl7_dft/DFT-P03-01.hl7": (2, "C317 E225"),
    "samples/hl7_dft/DFT-P11-01.hl7": (2, "C317"),
    "samples/fhir/ChargeItem-example.json": (0, ""),
    "samples/fhir/Claim-100150.json": (0, ""),
    "samples/fhir/Claim-100151.json": (0, ""),
    "samples/fhir/Claim-100152.json": (0, ""),
    "samples/fhir/Claim-100153.json": (0, ""),
    "samples/fhir/Claim-100154.json": (0, ""),
    "samples/fhir/Claim-100155.json": (0, ""),
    "samples/fhir/Claim-100156.json": (0, ""),
    "samples/fhir/Claim-MED-00050.json": (1, "C317"),
    "samples/fhir/Claim.json": (2, "C301 E234*2 F112*2"),
    "samples/fhir/ExplanationOfBenefit-Carrier.json": (3, "F126*3 U902 U907"),
}  # fmt: skip


@pytest.mark.parametrize("name", RECORDED)
def test_lines_and_findings_of_every_sample(name: str) -> None:
    one = analysis(name)
    found = Counter(located.finding.rule for located in one.findings())
    said = " ".join(f"{rule}*{count}" if count > 1 else rule for rule, count in sorted(found.items()))
    assert (one.totals["lines"], said) == RECORDED[name]


def test_every_sample_is_looked_at() -> None:
    folders = [SHARED / "samples" / folder for folder in ("x12_837", "hl7_dft", "fhir", "csv", "notes")]
    present = {path.relative_to(SHARED).as_posix() for folder in folders for path in folder.iterdir()}
    assert not present - set(RECORDED) - set(LINES)

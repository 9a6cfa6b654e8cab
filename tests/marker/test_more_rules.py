"""Rules on who bills, where and when: their edges, and where they must keep silent."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.harness import analyse, book, catalog, check, findings

from superbill.charges.dialect import Hints
from superbill.engine.analysis import Analysis
from superbill.engine.mending import offered
from superbill.files import decode
from superbill.rules.book import all_rules
from superbill.text.document import Document

SHARED = Path(__file__).resolve().parents[3] / "shared"

X12 = """\
ST*837*0001*005010X222A1~
HL*1**22*0~
SBR*P*18*******{filing}~
NM1*IL*1*DOE*JANE****MI*M1~
DMG*D8*{birth}*F~
CLM*A1*120***{place}:B:1*Y*A*Y*Y~
HI*ABK:K5720*ABF:R109~
LX*1~
SV1*{code}*120*UN*1***{pointer}~
DTP*472*D8*20251015~
SE*11*0001~
"""


def x12(code: str, *, filing: str = "MB", birth: str = "19600101", place: str = "11", pointer: str = "1") -> str:
    return X12.format(code=code, filing=filing, birth=birth, place=place, pointer=pointer)


def hl7(code: str, system: str, birth: str = "19600101") -> str:
    return (
        "MSH|^~\\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.5.1\n"
        f"PID|1||P1||DOE^JANE||{birth}\n"
        f"FT1|1|||20251015||CG|4711^X|||1|||||||||||||||{code}^X^{system}\n"
    )


def fhir(code: str, system: str, kind: str = "professional") -> str:
    return (
        '{"resourceType": "Claim", "id": "c1", "status": "active", "use": "claim",\n'
        f' "type": {{"coding": [{{"code": "{kind}"}}]}}, "patient": {{"reference": "Patient/1"}},\n'
        ' "diagnosis": [{"sequence": 1, "diagnosisCodeableConcept": {"coding": [{"code": "K57.20"}]}}],\n'
        ' "item": [{"sequence": 1, "diagnosisSequence": [1], "servicedDate": "2025-10-15", "quantity": {"value": 1},\n'
        f'  "productOrService": {{"coding": [{{"system": "{system}", "code": "{code}"}}]}}}}]}}\n'
    )


def said(text: str, kind: str = "csv", payer: str = "medicare-b", on: str = "") -> list[str]:
    """The rules that speak, and how loudly."""
    return [f"{one.finding.rule} {one.finding.severity}" for one in findings(text, kind, payer, on)]


def line(row: str, head: str = "dos,cpt,mod,units,pos") -> str:
    return f"{head}\n{row}\n"


def claim(*rows: str) -> str:
    return "\n".join(["patient,dos,cpt,mod,units,pos", *(f"P1,2025-10-15,{row}" for row in rows), ""])


def mended(text: str, rule: str, title: str, kind: str = "csv", on: str = "") -> str:
    """The text after a fix that leaves the choice to the coder, or does not."""
    analysis = analyse(text, kind, on=on)
    one = next(one for one in analysis.findings() if one.finding.rule == rule)
    edits = next(edits for fix, edits in offered(analysis, one) if fix.title == title)
    document = Document(text)
    for edit in reversed(edits):
        document.splice(edit.start, edit.end, edit.text)
    return document.text


def titles(text: str, rule: str) -> list[str]:
    """What is offered."""
    analysis = analyse(text)
    one = next(one for one in analysis.findings() if one.finding.rule == rule)
    return [fix.title for fix, _ in offered(analysis, one)]


# -- code sets and pointers --


CPT = "http://www.ama-assn.org/go/cpt"
LEVEL_TWO = "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"


@pytest.mark.parametrize(
    ("text", "kind", "speaks"),
    [
        (hl7("J1885", "C4"), "hl7", True),
        (hl7("J1885", "HCPCS"), "hl7", False),
        (hl7("76380", "C4"), "hl7", False),
        (hl7("76380", "HCPCS"), "hl7", False),  # the usual name of both levels in messages
        (hl7("0075T", "C4"), "hl7", False),  # a CPT code with a letter
        (fhir("J1885", CPT), "json", True),
        (fhir("J1885", LEVEL_TWO), "json", False),
        (fhir("99213", LEVEL_TWO), "json", True),
        (fhir("3044F", LEVEL_TWO), "json", True),
        (fhir("99213", "https://bluebutton.cms.gov/resources/codesystem/hcpcs"), "json", False),
        (fhir("D0220", CPT), "json", False),  # dental: neither, and said by another rule
        (x12("WK:99213"), "x12", True),
        (x12("IV:J1885"), "x12", True),
        (x12("ER:99213"), "x12", True),
        (x12("ER:99999"), "x12", False),  # no such code: a state's own, perhaps
        (x12("WK:ABCDE"), "x12", False),
        (x12("HC:99213"), "x12", False),
    ],
)
def test_codes_of_another_set(text: str, kind: str, speaks: bool) -> None:
    assert ("F112 warning" in said(text, kind)) == speaks


def test_the_right_name_is_offered_where_it_belongs() -> None:
    assert "SV1*HC:99213*" in mended(x12("WK:99213"), "F112", "Write HC", "x12")
    assert "J1885^X^HCPCS" in mended(hl7("J1885", "C4"), "F112", "Write HCPCS", "hl7")
    assert f'"system": "{LEVEL_TWO}", "code": "J1885"' in mended(
        fhir("J1885", CPT), "F112", f"Write {LEVEL_TWO}", "json"
    )


@pytest.mark.parametrize(
    ("given", "rules", "wanted"),
    [
        ("A", ["F145 error"], "1"),
        ("AB", ["F145 error"], "1:2"),
        ("b:A", ["F145 error"], "2:1"),
        ("1", [], ""),
        ("1:2", [], ""),
        ("M", ["E208 error"], ""),  # a paper form has twelve
        ("A:2", ["E208 error"], ""),  # letters and numbers together: nobody knows
    ],
)
def test_letters_as_pointers(given: str, rules: list[str], wanted: str) -> None:
    text = x12("HC:99213", pointer=given)
    assert said(text, "x12") == rules
    if wanted:
        assert f"***{wanted}~" in mended(text, "F145", f"Write {wanted}", "x12")


def test_a_pointer_of_letters_that_points_past_the_end_is_said_after_it_is_a_number() -> None:
    text = mended(x12("HC:99213", pointer="C"), "F145", "Write 3", "x12")
    assert said(text, "x12") == ["E208 error"]


# -- who bills --


@pytest.mark.parametrize("setting", ["institutional", "Inpatient", "outpatient", "837I", "UB04", "facility"])
def test_surgeons_modifiers_on_facility_lines(setting: str) -> None:
    text = line(f"2025-10-15,44970,80,1,{setting}", "dos,cpt,mod,units,claim_type")
    assert said(text) == ["M407 information"]


@pytest.mark.parametrize("setting", ["", "professional", "837P", "carrier", "medicare"])
def test_surgeons_modifiers_where_the_file_does_not_say_facility(setting: str) -> None:
    assert not said(line(f"2025-10-15,44970,80,1,{setting}", "dos,cpt,mod,units,claim_type"))


def test_modifiers_of_both_kinds_of_claims_stay_on_facility_lines() -> None:
    for modifier in ("25", "27", "50", "52", "58", "59", "73", "76", "78", "79", "91"):
        text = line(f"2025-10-15,44970,{modifier},1,institutional", "dos,cpt,mod,units,claim_type")
        assert not [one for one in said(text) if one.startswith("M407")], modifier


def test_an_institutional_837_and_a_fhir_claim_say_so_themselves() -> None:
    text = (
        "ST*837*0001*005010X223A2~\nCLM*A1*120***13:A:1**A*Y*Y~\nHI*ABK:K5720~\nLX*1~\n"
        "SV2*0360*HC:44970:AS*120*UN*1~\n              ^^ M407 information\nDTP*472*D8*20251015~\nSE*7*0001~\n"
    )
    check(text.replace("              ^^", "                  ^^"), "x12", only="M")


def test_dental_codes_speak_only_where_the_claim_is_said_to_be_professional() -> None:
    head = "dos,cpt,mod,units,pos,claim_type"
    assert said(line("2025-10-15,D0220,,1,11,professional", head)) == ["C313 information"]
    assert not said(line("2025-10-15,D0220,,1,11,dental", head))
    assert not said(line("2025-10-15,D0220,,1,11,", head))  # a dental office's own list
    assert said(fhir("D0220", LEVEL_TWO), "json") == ["C313 information"]
    assert not said(fhir("D0220", LEVEL_TWO, "oral"), "json")


# -- sides, fingers, drugs --


def test_tests_by_50_speak_only_when_asked_and_not_on_surgery() -> None:
    text = line("2025-10-15,73562,50,1,11")
    assert not said(text) and not said(text, payer="generic-commercial")
    assert said(text, on="K525") == ["K525 information"]
    assert "K525 information" not in said(line("2025-10-15,20610,50,1,11"), on="K525")  # bilateral indicator 1


def test_an_lt_line_and_an_rt_line_are_made_of_a_line_with_50() -> None:
    text = mended(line("2025-10-15,73562,50,1,11"), "K525", "Make an LT line and an RT line", on="K525")
    assert text == line("2025-10-15,73562,LT,1,11\n2025-10-15,73562,RT,1,11")


def test_51_for_medicare_speaks_only_when_asked() -> None:
    text = claim("44970,,1,22", "49320,51,1,22")
    assert not said(text)
    assert said(text, on="K562") == ["K562 hint"]
    assert not said(text, payer="generic-commercial", on="K562")
    # Where 51 changes nothing, the other rule speaks alone.
    assert said(line("2025-10-15,76380,51,1,11"), on="K562") == ["K560 hint"]


@pytest.mark.parametrize(
    ("row", "rules"),
    [
        ("26720,LT,1,11", ["K602 information"]),
        ("26720,FA,1,11", []),
        ("28285,RT,1,24", ["K602 information"]),
        ("11730,LT,1,11", ["K602 information"]),
        ("67904,RT,1,24", ["K602 information"]),
        ("92928,LT,1,21", ["K602 information"]),
        ("92928,LD,1,21", []),
        ("67904,50,1,24", []),  # both sides: no lid can be named by one modifier
        ("26600,LT,1,11", ["K526 information"]),  # a bone of the hand
        ("28470,RT,1,11", ["K526 information"]),  # a bone of the foot
        ("73140,LT,1,11", []),  # films of fingers are taken of a hand
    ],
)
def test_a_side_where_the_digit_is_asked_for(row: str, rules: list[str]) -> None:
    assert [one for one in said(line(f"2025-10-15,{row}")) if one[:4] in ("K526", "K602")] == rules


def test_a_side_beside_the_digit_is_no_longer_a_matter_of_the_digit() -> None:
    rules = said(line("2025-10-15,26720,FA LT,1,11"))
    assert "K602 information" not in rules and "K526 information" in rules


def test_only_fingers_of_the_side_are_offered() -> None:
    found = titles(line("2025-10-15,26720,RT,1,11"), "K602")
    assert found == [f"Replace RT with F{number}" for number in range(5, 10)]


@pytest.mark.parametrize("name", ["finger", "toe", "finger-or-toe", "eyelid"])
def test_digit_lists_hold_surgery_of_the_fee_schedule_only(name: str) -> None:
    found = [code for code in all_codes() if code in catalog().codeset(name)]
    assert found
    for code in found:
        assert catalog().fees(code)[""].global_days in ("000", "010", "090"), code


def all_codes() -> list[str]:
    return [code for (code,) in catalog().query("SELECT DISTINCT code FROM fee")]


def test_waste_without_dose() -> None:
    assert said(claim("J0897,JW,10,11")) == ["K641 warning"]
    assert said(claim("J0897,JW,10,11"), payer="generic-commercial") == ["K641 information"]
    assert not said(claim("J0897,,50,11", "J0897,JW,10,11"))
    assert not said(claim("J0897,JW,10,11", "J0897,JZ,60,11"))  # two containers, one of them used up
    assert said(claim("J0897,JW,10,11", "J1885,,1,11")) == ["K641 warning"]  # another drug is no dose of this one
    assert said(claim("J0897,JW,10,11", "J0897,JW,20,11")).count("K641 warning") == 1


def test_waste_of_a_line_that_belongs_to_no_claim_is_left_alone() -> None:
    assert "K641 warning" not in said(line("2025-10-15,J0897,JW,10,11"))


# -- visits --


@pytest.mark.parametrize(
    ("row", "payer", "speaks"),
    [
        ("2025-10-15,99213,95,1,11", "medicare-b", True),
        ("2025-10-15,99213,93,1,12", "medicare-b", True),
        ("2024-01-01,99213,95,1,11", "medicare-b", True),
        ("2023-12-31,99213,95,1,11", "medicare-b", False),  # right until then
        (",99213,95,1,11", "medicare-b", False),
        ("2025-10-15,99213,95,1,10", "medicare-b", False),
        ("2025-10-15,99213,95,1,02", "medicare-b", False),
        ("2025-10-15,99213,95,1,22", "medicare-b", False),  # a clinician in the hospital, patient at home
        ("2025-10-15,97110,95 GP,1,11", "medicare-b", False),  # outpatient therapy
        ("2025-10-15,99213,95,1,", "medicare-b", False),
        ("2025-10-15,99213,95,1,11", "generic-commercial", False),
    ],
)
def test_telehealth_in_the_office(row: str, payer: str, speaks: bool) -> None:
    assert ("K650 warning" in said(line(row), payer=payer)) == speaks


def test_telehealth_follows_the_payer_that_the_837_names() -> None:
    assert "K650 warning" in said(x12("HC:99213:95"), "x12")
    assert "K650 warning" not in said(x12("HC:99213:95", filing="CI"), "x12")


@pytest.mark.parametrize(
    ("row", "speaks"),
    [
        ("99214,FS,1,11", True),
        ("99214,FS,1,20", True),
        ("99214,FS,1,22", False),
        ("99232,FS,1,21", False),
        ("99308,FS,1,31", False),
        ("99291,FS,1,21", False),
        ("99285,FS,1,23", False),
        ("99214,FS,1,", False),
        ("G0316,FS,1,21", False),
        ("20610,FS,1,22", True),
    ],
)
def test_where_visits_are_shared(row: str, speaks: bool) -> None:
    assert ("K660 warning" in said(line(f"2025-10-15,{row}"))) == speaks
    assert "K660 warning" not in said(line(f"2025-10-15,{row}"), payer="generic-commercial")


@pytest.mark.parametrize(
    ("rows", "severity"),
    [
        (["99214,25,1,11", "20610,RT,1,11", "G2211,,1,11"], "warning"),
        (["99214,25,1,11", "93000,,1,11", "G2211,,1,11"], "information"),  # what the 25 is for cannot be told
        (["99214,25,1,11", "G2211,,1,11"], "information"),
        (["99214,,1,11", "G2211,,1,11"], ""),
        (["99214,25,1,11", "G0439,,1,11", "G2211,,1,11"], ""),
        (["99214,25,1,11", "90471,,1,11", "90750,,1,11", "G2211,,1,11"], ""),
        (["99214,25,1,11", "20610,RT,1,11", "G0008,,1,11", "G2211,,1,11"], ""),
    ],
)
def test_the_add_on_for_complex_visits_beside_25(rows: list[str], severity: str) -> None:
    found = [one for one in said(claim(*rows)) if one.startswith("K661")]
    assert found == ([f"K661 {severity}"] if severity else [])
    assert not [one for one in said(claim(*rows), payer="generic-commercial") if one.startswith("K661")]


def test_the_exception_for_preventive_services_began_with_2025() -> None:
    text = claim("99214,25,1,11", "G0439,,1,11", "G2211,,1,11").replace("2025-10-15", "2024-10-15")
    assert "K661 information" in said(text)


def test_two_providers_of_a_day_are_told_apart() -> None:
    text = (
        "patient,dos,cpt,mod,units,pos,npi\nP1,2025-10-15,99214,25,1,11,1111111111\nP1,2025-10-15,20610,RT,1,11,1111111111\n"
        "P1,2025-10-15,99213,,1,11,2222222222\nP1,2025-10-15,G2211,,1,11,2222222222\n"
    )
    assert not [one for one in said(text) if one.startswith("K661")]


def test_notices_on_services_that_are_never_covered() -> None:
    for modifier, speaks in (("GA", True), ("GZ", True), ("GY", False), ("GX", False), ("GX GY", False)):
        assert ("K670 information" in said(line(f"2025-10-15,99397,{modifier},1,11"))) == speaks, modifier
    assert not said(line("2025-10-15,99397,GZ,1,11"), payer="generic-commercial")
    # A covered service may well be denied for want of need.
    assert "K670 information" not in said(line("2025-10-15,99213,GA,1,11"))


# -- places --


@pytest.mark.parametrize(
    ("row", "speaks"),
    [
        ("27447,RT,1,11", True),
        ("27447,RT,1,21", False),
        ("27447,RT,1,", False),
        ("27447,55 RT,1,11", False),  # the surgeon's office sees the patient afterwards
        ("27447,56 RT,1,11", False),
        ("20610,RT,1,11", False),
        ("59400,,1,11", False),  # nine months of care, mostly in the office
        ("45378,,1,11", False),
        ("99221,,1,11", False),  # said by P1205
    ],
)
def test_surgery_in_the_office(row: str, speaks: bool) -> None:
    text = line(f"2025-10-15,{row}")
    assert ("P1203 warning" in said(text)) == speaks
    assert ("P1203 information" in said(text, payer="generic-commercial")) == speaks


@pytest.mark.parametrize(
    ("row", "rules"),
    [
        ("99223,,1,11", ["P1205 warning"]),
        ("99223,,1,21", []),
        ("99223,,1,22", []),  # observation
        ("99284,,1,11", ["P1205 warning"]),
        ("99284,,1,23", []),
        ("99309,,1,11", ["P1205 warning"]),
        ("99309,,1,32", []),
        ("99348,,1,11", ["P1205 warning"]),
        ("99348,,1,13", []),
        ("99348,,1,22", ["P1205 warning"]),
        ("99213,,1,21", ["P1205 information"]),
        ("99213,,1,23", []),  # a consultant in the emergency department
        ("99213,,1,22", []),
        ("99213,,1,10", []),
        ("99223,,1,02", []),
        ("99223,,1,", []),
    ],
)
def test_visits_by_place(row: str, rules: list[str]) -> None:
    assert [one for one in said(line(f"2025-10-15,{row}")) if one.startswith("P1205")] == rules


def test_places_are_judged_in_a_sheet_as_well() -> None:
    check(
        "lines:\n  - cpt: '99223'\n    dos: 2025-10-15\n    units: 1\n    pos: '11'\n          ^^ P1205 warning\n"
        "  - cpt: '99213'\n    dos: 2025-10-15\n    units: 1\n    pos: '11'\n".replace("          ^^", "          ^^"),
        "yaml",
        only="P",
    )


# -- dates --


@pytest.mark.parametrize(
    ("birth", "speaks"), [("20251016", True), ("20251015", False), ("19600101", False), ("", False), ("1960", False)]
)
def test_before_birth(birth: str, speaks: bool) -> None:
    assert ("D1103 error" in said(x12("HC:99213", birth=birth), "x12")) == speaks
    assert ("D1103 error" in said(hl7("99213", "C4", birth), "hl7")) == speaks


def test_the_birth_of_the_patient_counts_and_not_that_of_the_subscriber() -> None:
    newborn = x12("HC:99213", birth="20251016").replace("HL*1**22*0~", "HL*1**22*1~")
    inner = "HL*2*1*23*0~\nPAT*19~\nNM1*QC*1*DOE*JACK~\nDMG*D8*20100101*M~\nCLM"
    assert "D1103 error" not in said(newborn.replace("CLM", inner, 1), "x12")
    # A patient whose birth is not given has none, whatever the subscriber's.
    assert "D1103 error" not in said(newborn.replace("CLM", inner.replace("DMG*D8*20100101*M~\n", ""), 1), "x12")


def test_a_birth_is_not_carried_to_the_next_message_and_never_shown() -> None:
    text = hl7("99213", "C4", "20251016")
    both = text + hl7("99213", "C4", "").replace("|P1|", "|P2|")
    found = [one for one in findings(both, "hl7") if one.finding.rule == "D1103"]
    assert len(found) == 1
    assert "2025-10-16" not in found[0].finding.message and "20251016" not in found[0].finding.message


@pytest.mark.parametrize(
    ("text", "kind"), [(x12("HC:99213", birth="20251016"), "x12"), (hl7("99213", "C4", "20251016"), "hl7")]
)
def test_an_edit_of_the_birth_reaches_the_lines_below(text: str, kind: str) -> None:
    analysis = analyse(text, kind)
    assert "D1103" in {one.finding.rule for one in analysis.findings()}
    row = next(number for number, one in enumerate(text.split("\n")) if "20251016" in one and "MSH" not in one)
    at = text.split("\n")[row].index("20251016")
    analysis.edit(analysis.document.edit(row, at, row, at + 4, "1960"))
    analysis.finish()
    assert "D1103" not in {one.finding.rule for one in analysis.findings()}


@pytest.mark.parametrize(
    ("day", "speaks"),
    [("2024-12-14", True), ("2024-12-15", False), ("2025-10-15", False), ("2024-02-29", True)],
)
def test_the_filing_limit_is_a_year_and_speaks_only_when_asked(day: str, speaks: bool) -> None:
    text = line(f"{day},J1885,,1,11")
    assert "D1105 information" not in said(text)
    assert ("D1105 information" in said(text, on="D1105")) == speaks
    assert "D1105 information" not in said(text, payer="generic-commercial", on="D1105")


# -- units: what a notice does not do --


def test_a_notice_does_not_help_against_unit_limits() -> None:
    text = claim("76376,26 GA,3,22", "74177,26,1,22")
    (one,) = [one.finding for one in findings(text) if one.finding.rule == "U903"]
    assert "GA" in one.message
    (one,) = [one.finding for one in findings(text, payer="generic-commercial") if one.finding.rule == "U903"]
    assert "GA" not in one.message
    (one,) = [one.finding for one in findings(text.replace(" GA", "")) if one.finding.rule == "U903"]
    assert "GA" not in one.message


def test_days_of_a_range_share_its_units() -> None:
    head = "patient,dos_from,dos_to,cpt,mod,units,pos"
    assert not [one for one in said(line("P1,2025-10-13,2025-10-15,76376,26,6,22", head)) if one[0] == "U"]
    assert "U903 warning" in said(line("P1,2025-10-13,2025-10-15,76376,26,9,22", head))


def test_a_second_line_with_76_that_carries_the_other_units_is_no_duplicate() -> None:
    assert "L1001 warning" not in said(claim("93000,,1,11", "93000,76,2,11"))


# -- everyday lines, and the samples --

MINE = {
    "C313", "D1103", "D1105", "F112", "F145", "K525", "K562", "K602", "K641", "K650", "K660", "K661", "K670", "M407",
    "P1203", "P1205",
}  # fmt: skip


def test_all_of_them_are_there() -> None:
    assert set(all_rules()) >= MINE


@pytest.mark.parametrize("payer", ["medicare-b", "generic-commercial"])
def test_everyday_lines_give_none_of_them(payer: str) -> None:
    rows = [
        "99213,25,1,11", "99214,,1,11", "99232,,1,21", "99285,25,1,23", "99309,,1,31", "99348,,1,12", "99215,95,1,10",
        "76380,26,1,22", "74177,,1,11", "77067,,1,11", "93000,,1,11", "20610,RT,1,11", "11721,,1,11", "17110,,1,11",
        "27447,LT,1,21", "66984,RT,1,24", "29881,LT,1,24", "45385,51,1,24", "59400,,1,11", "96372,59,1,11", "J1885,,2,11",
        "36415,,1,11", "80053,,1,11", "G2211,,1,11", "99291,FS,1,21", "97110,GP,2,11", "90834,95,1,10", "00790,AA,60,21",
        "A0428,RH,1,41", "12001,,1,11", "10060,,1,11", "64483,50,1,11",
    ]  # fmt: skip
    text = line("\n".join(f"2025-10-15,{row}" for row in rows))
    assert not [one for one in findings(text, payer=payer) if one.finding.rule in MINE]


#: What speaks in the samples, looked at by hand: two Level II codes under the name of CPT.
IN_SAMPLES = {("samples/fhir/Claim.json", "F112")}


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "samples").exists(), reason="the sample documents are not at hand")
def test_samples_give_only_what_a_coder_would_say() -> None:

    spoken = set()
    for path in sorted((SHARED / "samples").glob("*/*")):
        if path.suffix in (".md", ".py", ".zip") or path.stat().st_size > 3_000_000:
            continue
        one = Analysis(Document(decode(path.read_bytes())), Hints(suffix=path.suffix), book()).finish()
        for located in one.findings():
            if located.finding.rule in MINE and located.finding.severity in ("error", "warning"):
                spoken.add((path.relative_to(SHARED).as_posix(), located.finding.rule))
    assert spoken == IN_SAMPLES

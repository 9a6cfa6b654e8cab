"""Rules about the file around the charge that speak in several formats: where each of them ends."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.harness import check, findings
from tests.marker.test_hl7 import HEAD, charge
from tests.marker.test_x12 import mended

from superbill.charges.pointers import wrong_pointers

CPT = "http://www.ama-assn.org/go/cpt"


def said(text: str, kind: str, *rules: str) -> list[str]:
    """The rules that speak, of those named."""
    return [one.finding.rule for one in findings(text, kind) if one.finding.rule in rules]


def diagnosis(number: int, code: str, system: str = "icd-10-cm", **more: object) -> dict[str, Any]:
    coding = {"system": f"http://hl7.org/fhir/sid/{system}", "code": code}
    return {"sequence": number, "diagnosisCodeableConcept": {"coding": [coding]}, **more}


def claim(**more: Any) -> dict[str, Any]:
    """A FHIR claim of one line with an amount of 120; `more` overrules its members."""
    item = {
        "sequence": 1,
        "productOrService": {"coding": [{"system": CPT, "code": "76380"}]},
        "servicedDate": "2025-10-15",
        "quantity": {"value": 1},
        "net": {"value": 120},
    }
    return {"resourceType": "Claim", "id": "c", "status": "active", "use": "claim", "item": [item], **more}


def written(resource: dict[str, Any]) -> str:
    return json.dumps(resource, indent=1) + "\n"


# -- dates ------------------------------------------------------------------------------------------------------


def test_an_empty_date_of_a_line_that_bills() -> None:
    check("patient,dos,cpt,units\nP1,2025-10-15,76380,1\nP2, ,76380,1\n   ^ E206 warning\n", only="E206")
    check("patient,dos,cpt,units\nP1,2025-10-15,76380,1\nP2,,,1\n,,total,\n", only="E206")
    check("cpt,description,price,dos\n76380,a scan,100,\n71046,a film,40,\n", only="E206")
    check("- {cpt: 76380, units: 1, pos: 11}\n", "yaml", only="E206")
    check('dos: ""\nlines:\n  - {cpt: 76380, units: 1, pos: 11}\n', "yaml", only="E206")


# -- pointers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "count", "kinds"),
    [
        ("A", None, []), ("ABCD", 4, []), ("a b", 2, []), ("A:B:C", None, []), ("1,2", 2, []), ("12", 12, []), ("12", 2, []),
        ("1234", None, []), ("12", None, []), ("L", None, []), ("10", None, []),
        ("AA", None, ["twice"]), ("1,1", None, ["twice"]), ("11", 2, ["twice"]), ("ABCDE", None, ["many"]), ("12345", None, ["many"]),
        ("M", None, ["unreadable"]), ("0", None, ["unreadable"]), ("K57.20", None, ["unreadable"]), ("20", None, ["unreadable"]),
        ("\N{SUPERSCRIPT TWO}", None, ["unreadable"]), ("9" * 5000, None, ["unreadable"]),
        ("C", 2, ["beyond"]), ("1,3", 2, ["beyond"]), ("13", 2, ["beyond"]), ("C", None, []),
    ],
)  # fmt: skip
def test_pointers(text: str, count: int | None, kinds: list[str]) -> None:
    assert [kind for kind, _, _ in wrong_pointers(text, count)] == kinds


def test_pointers_of_a_row_are_held_against_its_diagnoses_when_all_are_there() -> None:
    heading = "dos,cpt,units,pos,dx1,dx2,dx_pointer\n"
    assert said(heading + "2025-10-15,76380,1,11,R05,,AB\n", "csv", "E208") == ["E208"]
    assert said(heading + "2025-10-15,76380,1,11,R05,R10.9,AC\n", "csv", "E208") == []
    assert said("dos,cpt,units,pos,dx,dx_pointer\n2025-10-15,76380,1,11,R05,B\n", "csv", "E208") == []
    assert said("dos,cpt,units,pos,dx_pointer\n2025-10-15,76380,1,11,\n", "csv", "E208") == []
    line = "- {dos: 2025-10-15, cpt: 76380, units: 1, pos: 11, dx: [R05], pointer: B}\n"
    assert said(line, "yaml", "E208") == [], "the list is the line's own"


# -- totals -----------------------------------------------------------------------------------------------------


def test_the_total_of_a_claim() -> None:
    assert said(written(claim(total={"value": 120.00})), "json", "E209", "E216") == []
    wrong = written(claim(total={"value": 150}))
    assert said(wrong, "json", "E209", "E216") == ["E209"]
    assert said(mended(wrong, "E209", "Set the total", "json"), "json", "E209") == []
    (item,) = claim()["item"]
    silent = {key: value for key, value in item.items() if key != "net"}
    assert said(written(claim(total={"value": 150}, item=[item, silent])), "json", "E209") == []
    answer = claim(resourceType="ExplanationOfBenefit", total=[{"amount": {"value": 9}}])
    assert said(written(answer), "json", "E209", "E216") == []


def test_a_claim_of_nothing() -> None:
    (item,) = claim()["item"]
    free = {**item, "net": {"value": 0}}
    nothing = claim(item=[free], total={"value": 0})
    assert said(written(nothing), "json", "E216", "E209") == ["E216"]
    assert said(written({**nothing, "use": "predetermination"}), "json", "E216") == []
    measure = {**free, "productOrService": {"coding": [{"system": CPT, "code": "3014F"}]}}
    assert said(written({**nothing, "item": [measure]}), "json", "E216") == []


# -- diagnoses --------------------------------------------------------------------------------------------------


def test_a_diagnosis_twice() -> None:
    twice = [diagnosis(1, "R05"), diagnosis(2, "R05")]
    assert said(written(claim(diagnosis=twice)), "json", "E214") == ["E214"]
    admitting = diagnosis(2, "R05", type=[{"coding": [{"code": "admitting"}]}])
    assert said(written(claim(diagnosis=[twice[0], admitting])), "json", "E214") == []
    assert said(HEAD + charge(f19="R05~R05"), "hl7", "E214") == ["E214"]
    assert said(HEAD + charge(f19="R05~~"), "hl7", "E214") == []
    assert said("- {dos: 2025-10-15, cpt: 76380, pos: 11, dx: [R05, R05]}\n", "yaml", "E214") == ["E214"]


def test_icd_9_after_its_time() -> None:
    old = claim(diagnosis=[diagnosis(1, "786.2", "icd-9-cm")])
    assert said(written(old), "json", "E213") == ["E213"]
    early = [{**old["item"][0], "servicedDate": "2015-09-30"}]
    assert said(written({**old, "item": early}), "json", "E213") == []
    shaped = written(claim(diagnosis=[diagnosis(1, "R05", "icd-9-cm")]))
    assert '"http://hl7.org/fhir/sid/icd-10-cm"' in mended(shaped, "E213", "Write", "json")
    assert said(HEAD + charge(f19="786.2^COUGH^I9C"), "hl7", "E213") == ["E213"]
    assert said(HEAD + charge(f19="786.2^COUGH^I9C", f4="20150930"), "hl7", "E213") == []
    assert "R05^COUGH^I10C" in mended(HEAD + charge(f19="R05^COUGH^I9"), "E213", "Write", "hl7")


# -- numbers ----------------------------------------------------------------------------------------------------


def test_set_ids_count_up_in_a_message() -> None:
    def numbers(*found: str) -> str:
        return HEAD + "".join(charge(f1=one, f25=f"{code}^A^C4") for one, code in zip(found, CODES, strict=False))

    assert said(numbers("1", "2", "3"), "hl7", "E210") == []
    assert said(numbers("0001", "0002"), "hl7", "E210") == []
    assert said(numbers("1", "1"), "hl7", "E210") == ["E210"]
    assert said(numbers("2"), "hl7", "E210") == ["E210"]
    assert said(numbers("", "", "7"), "hl7", "E210") == [], "nobody numbers here"
    assert said(numbers("1") + numbers("1"), "hl7", "E210") == [], "another message"
    assert said(numbers("9" * 5000, "7"), "hl7", "E210") == ["E210"], "and nothing is counted on from there"
    ordered = HEAD + "ORC|1\n" + charge(f1="1") + "ORC|2\n" + charge(f1="1", f25="71046^A^C4")
    assert said(ordered, "hl7", "E210") == []
    assert mended(numbers("1", "1", "2", "3"), "E210", "Write", "hl7") == numbers("1", "2", "3", "4")


CODES = ("76380", "71046", "93000", "99213")


# -- codes and texts --------------------------------------------------------------------------------------------


def test_two_codes_of_a_line() -> None:
    heading = "dos,cpt,hcpcs,units,pos\n"
    assert said(heading + "2025-10-15,96372,J1885,1,11\n", "csv", "E233") == ["E233"]
    assert said(heading + "2025-10-15,96372,96372,1,11\n", "csv", "E233") == []
    assert said(heading + "2025-10-15,96372,see note,1,11\n", "csv", "E233") == []
    typed = "dos,cpt,code_type,hcpcs,units,pos\n2025-10-15,96372,CPT,J1885,1,11\n"
    assert said(typed, "csv", "E233") == [], "the file says itself which column holds what"
    assert said("- {dos: 2025-10-15, cpt: 96372, hcpcs: J1885, pos: 11}\n", "yaml", "E233") == ["E233"]


def test_an_unlisted_code_in_a_sheet() -> None:
    line = "- {dos: 2025-10-15, cpt: 76497, mod: 26, pos: 22%s}\n"
    assert said(line % ', desc: ""', "yaml", "E211") == ["E211"]
    assert said(line % ", desc: cine CT of the wrist", "yaml", "E211") == []
    assert said(line % "", "yaml", "E211") == []


# -- how a file is written --------------------------------------------------------------------------------------


def test_rows_of_a_table_in_a_note() -> None:
    head = "# Charges\n\n| CPT | Mod | Units |\n|---|---|---|\n"
    assert said(head + "| 76380 | 26 | 1 |\n", "md", "E250") == []
    assert said(head + "| 76380 | 1 |\n", "md", "E250") == ["E250"]
    assert said(head + "| 76380 | 26 | 1 \\| 2 |\n", "md", "E250") == [], "a bar that is escaped parts nothing"
    assert said("| CPT | Means |\n|---|---|\n| 76380 | a scan | limited |\n", "md", "E250") == [], "bills nothing"


def test_a_quotation_that_is_not_closed() -> None:
    whole = written(claim())
    broken = whole.replace('"2025-10-15"', '"2025-10-15')
    (found,) = [one for one in findings(broken, "json") if one.finding.rule == "E253"]
    assert broken.split("\n")[found.start.line][found.start.column : found.end.column].startswith('"2025-10-15')
    assert said(whole, "json", "E253") == []
    sheet = '{"lines": [\n {"cpt": "76380", "dos": "2025-10-15", "pos": "22", "note": "a scan}\n]}\n'
    assert said(sheet, "json", "E253") == ["E253"]
    line = "- cpt: 76380\n  dos: 2025-10-15\n  pos: 22\n  note: %s\n"
    assert said(line % '"a scan', "yaml", "E253") == ["E253"]
    assert said(line % "'a scan", "yaml", "E253") == ["E253"]
    assert said(line % '"a scan\n    over two lines"', "yaml", "E253") == [], "YAML lets it go on"
    assert said(line % 'a 2" scar', "yaml", "E253") == [], "no quotation"
    assert said(line % '[a # "scan', "yaml", "E253") == [], "broken, and not by a quotation"


# -- measures ---------------------------------------------------------------------------------------------------


def test_what_a_quantity_counts() -> None:
    (item,) = claim()["item"]
    coding = {"coding": [{"system": CPT, "code": "00790"}]}

    def time(quantity: dict[str, Any], procedure: dict[str, Any] = coding) -> str:
        return written(claim(item=[{**item, "productOrService": procedure, "quantity": quantity}]))

    units = time({"value": 95, "unit": "units", "code": "{unit}"})
    assert said(units, "json", "E205") == ["E205"]
    mended_text = mended(units, "E205", "The number is in minutes", "json")
    assert '"unit": "min"' in mended_text and '"code": "min"' in mended_text
    assert said(mended_text, "json", "E205") == []
    assert '"unit": "MJ"' in mended(time({"value": 95, "unit": "UN"}), "E205", "The number is in minutes", "json")
    assert said(time({"value": 95, "code": "min"}), "json", "E205") == []
    assert said(time({"value": 95}), "json", "E205") == []
    assert said(time({"value": 10, "unit": "minutes"}, item["productOrService"]), "json", "E205") == ["E205"]
    assert said(time({"value": 10, "unit": "mL"}, item["productOrService"]), "json", "E205") == []


# -- sheets without codes ---------------------------------------------------------------------------------------


def test_a_sheet_whose_codes_nobody_knows() -> None:
    entry = "- {patient: P1, dos: 2025-10-15, done: 76380, mod: 26, pos: 22%s}\n"
    (found,) = findings(entry % "" * 3, "yaml")
    assert (found.finding.rule, found.start.line) == ("E251", 0) and "It may be done." in found.finding.message
    assert said(entry % ", cpt: 76380" + entry % "", "yaml", "E251") == []
    late = findings(entry % "" * 3 + "- {patient: P1, dos: 2025-10-15, cpt: 76380, mod: 50, pos: 11}\n", "yaml")
    assert [(one.finding.rule, one.start.line) for one in late] == [("E251", 0), ("K520", 3)], (
        "lines with a code are read"
    )
    other = "- {patient: P1, dos: 2025-10-15, done: 76380, pos: 22}\n"
    assert findings(other, "yaml") == [], "any list of what was done to whom"
    below = (
        f"# a title\n\npayer: Medicare\nlines:\n{''.join('  ' + line for line in (entry % '' * 2).splitlines(True))}"
    )
    assert [(one.finding.rule, one.start.line) for one in findings(below, "yaml")] == [("E251", 4)]

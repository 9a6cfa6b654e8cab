"""FHIR: claims, explanations of benefit, charge items; Bundles and lines; container rules, fixes, fields, outline."""

from __future__ import annotations

import json

import pytest
from tests.harness import analyse, findings
from tests.marker.test_x12 import mended, place
from tests.samples import FHIR, FHIR_LINES, FHIR_ONE_LINE

from superbill.charges.dialect import AddModifiers, Hints, RemoveLine, RemoveModifiers, SplitLine
from superbill.charges.model import Record, ServiceLine
from superbill.charges.registry import recognise
from superbill.engine.analysis import Analysis
from superbill.engine.cards import field_card, spot_card
from superbill.engine.offers import offers_at
from superbill.engine.outline import outline
from superbill.engine.query import field_at, spot_at
from superbill.text.lines import split_lines


def lines(text: str, kind: str = "json") -> list[ServiceLine]:
    return [line for record in analyse(text, kind).records for line in record.content.lines]


def rules(text: str, kind: str = "json") -> list[str]:
    return sorted(one.finding.rule for one in findings(text, kind))


def claim(**changes: object) -> str:
    """A claim of one item, as text."""
    item: dict[str, object] = {
        "sequence": 1,
        "productOrService": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "76380"}]},
        "servicedDate": "2025-10-15",
        "quantity": {"value": 1},
    }
    item.update(changes)
    return json.dumps({"resourceType": "Claim", "id": "c", "patient": {"reference": "P/1"}, "item": [item]}, indent=1)


def resource(analysis: Analysis, start: str) -> Record:
    return next(record for record in analysis.records if start in record.text)


def applied(text: str, record: Record, analysis: Analysis, operation: object) -> dict[str, object]:
    """The resource after an operation, parsed by another reader: it must still be JSON."""
    assert analysis.dialect is not None
    edits = analysis.dialect.edits(record, operation)  # type: ignore[arg-type]
    assert edits is not None
    changed = record.text
    for edit in sorted(edits, key=lambda edit: -edit.start):
        changed = changed[: edit.start] + edit.text + changed[edit.end :]
    found: dict[str, object] = json.loads(changed)
    return found


def codes(item: dict[str, object]) -> list[str]:
    return [one["coding"][0]["code"] for one in item.get("modifier", [])]  # type: ignore[attr-defined]


# -- reading ----------------------------------------------------------------------------------------------------


def test_what_items_say() -> None:
    one, two, visit, draw, film = lines(FHIR)
    assert (one.code, one.mods, str(one.since), one.place, str(one.units), str(one.charge)) == (
        "76380", ("26", "50"), "2025-10-15", "22", "1", "120.01",
    )  # fmt: skip
    assert one.diagnoses == ("K57.20",) and one.setting == "professional" and one.payer == "PLAN"
    assert two.code == "73030"
    assert (visit.code, visit.mods, str(visit.until)) == ("99213", ("25",), "2025-10-16")
    assert draw.code == "36415"
    assert (film.code, film.room) == ("71046", 0)


@pytest.mark.parametrize(
    ("text", "kind"), [(FHIR_ONE_LINE, "json"), (FHIR_LINES, "ndjson"), (FHIR.replace("\n", "\r\n"), "json")]
)
def test_the_same_however_it_is_laid_out(text: str, kind: str) -> None:
    assert lines(text, kind) == lines(FHIR)
    assert rules(text, kind) == rules(FHIR)


def test_findings_stand_on_the_value() -> None:
    analysis = analyse(FHIR, "json")
    under = {
        (one.finding.rule, analysis.document.lines[one.start.line][one.start.column : one.end.column])
        for one in analysis.findings()
    }
    assert {("K520", "50"), ("E230", "https://www.ama-assn.org/go/cpt"), ("E232", "99213")} <= under


def test_only_codings_of_cpt_and_hcpcs_count() -> None:
    other = {"coding": [{"system": "http://example.org/fhir/oralservicecodes", "code": "21211"}]}
    assert lines(claim(productOrService=other)) == []
    assert lines(claim(note="CPT 76380-50", bodySite={"coding": [{"code": "76376"}]}))[0].mods == ()
    assert lines(claim(productOrService={"coding": [{"code": "76380"}]}))[0].code == "76380"
    german = '{"resourceType": "ChargeItem", "code": {"coding": [{"code": "01510"}]}}'
    assert lines(german) == []


def test_modifiers_that_share_a_concept_are_all_read() -> None:
    concept = {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": code} for code in ("26", "59")]}
    assert lines(claim(modifier=[concept]))[0].mods == ("26", "59")


def test_the_provider_is_who_did_the_item() -> None:
    """Two practitioners of one care team are two, whoever the claim is from."""

    def member(number: int, who: dict[str, object], role: str = "") -> dict[str, object]:
        coded = {"role": {"coding": [{"code": role}]}} if role else {}
        return {"sequence": number, "provider": who, **coded}

    team = [
        member(1, {"reference": "Practitioner/1"}, "primary"), member(2, {"identifier": {"value": "1245319599"}}),
        member(3, {"display": "DR THREE"}, "referring"), member(4, {"reference": "Practitioner/4"}, "assist"),
    ]  # fmt: skip
    resource = json.loads(claim()) | {"careTeam": team, "provider": {"reference": "Organization/9"}}
    for sequence, provider in (
        ([1], "Practitioner/1"), ([3, 2], "1245319599"), ([2, 1], "Practitioner/1"), ([3], "Organization/9"),
        ([4], "Organization/9"), ([], "Organization/9"), ([7], "Organization/9"),
    ):  # fmt: skip
        resource["item"][0]["careTeamSequence"] = sequence
        assert [line.provider for line in lines(json.dumps(resource))] == [provider], sequence


def test_a_void_claim_bills_nothing() -> None:
    assert lines(claim().replace('"id": "c"', '"status": "cancelled", "id": "c"')) == []


def test_sorted_keys() -> None:
    text = json.dumps(json.loads(FHIR), sort_keys=True)
    assert len(lines(text)) == 5


def test_broken_json_keeps_what_can_be_read() -> None:
    whole = len(lines(FHIR))
    for broken in (
        FHIR.replace('"quantity": {"value": 1},', '"quantity": {"value": },', 1), FHIR.replace('"26"}]},', '"26"}]}', 1),
        FHIR.replace('"servicedDate": "2025-10-15",', '"servicedDate": "2025-10-15', 1), FHIR.replace('"sequence": 1,', '"sequence":,', 1),
    ):  # fmt: skip
        assert broken != FHIR and len(lines(broken)) == whole
    # A bracket that is missing harms its own resource at most.
    for number in range(3):
        at = [place for place, mark in enumerate(FHIR) if mark == "}"][12 + number]
        found = [line.code for line in lines(FHIR[:at] + FHIR[at + 1 :])]
        assert {"99213", "36415", "71046"} <= set(found)


def test_a_file_that_breaks_off() -> None:
    for end in range(20, len(FHIR_ONE_LINE), 61):
        analyse(FHIR_ONE_LINE[:end], "json")


def test_recognised_by_content() -> None:
    found = recognise(split_lines(FHIR_LINES), Hints(suffix=".txt"))
    assert found is not None and found.name == "fhir"
    for text in ('{"a": 1}\n', "[1, 2]\n", '{"resourceType": "Patient"}\n', '{"name": "Claim"}\n'):
        other = recognise([text], Hints(suffix=".json"))
        assert other is None, text


# -- container rules and fixes ----------------------------------------------------------------------------------

CPT = "http://www.ama-assn.org/go/cpt"


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []), ({"servicedDate": None}, ["E234"]), ({"careTeamSequence": [2]}, ["E235"]), ({"diagnosisSequence": [1]}, ["E235"]),
        ({"productOrService": {"coding": [{"system": "CPT", "code": "76380"}]}}, ["E230"]),
        ({"productOrService": {"coding": [{"system": CPT, "code": c} for c in ("76380", "76377")]}}, ["E233"]),
        ({"modifier": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/modifiers", "code": "26"}]}]}, ["E231"]),
    ],
)  # fmt: skip
def test_each_container_rule(changes: dict[str, object], found: list[str]) -> None:
    text = claim(**changes).replace('"servicedDate": null,', "")
    assert rules(text) == found


def test_the_registered_name_is_written() -> None:
    text = claim(productOrService={"coding": [{"system": "https://www.ama-assn.org/go/cpt/", "code": "76380"}]})
    assert rules(mended(text, "E230", "Write", "json")) == []


def test_a_modifier_behind_the_code_is_moved() -> None:
    text = claim(productOrService={"coding": [{"system": CPT, "code": "76380-59"}]})
    fixed = mended(text, "E232", "Move", "json")
    assert json.loads(fixed)["item"][0]["productOrService"]["coding"][0]["code"] == "76380"
    assert codes(json.loads(fixed)["item"][0]) == ["59"]


@pytest.mark.parametrize("text", [FHIR, FHIR_ONE_LINE, FHIR_LINES], ids=["pretty", "one line", "a line each"])
def test_operations_leave_json(text: str) -> None:
    analysis = analyse(text, "ndjson" if text is FHIR_LINES else "json")
    record = next(record for record in analysis.records if record.signature is not None and '"c1"' in record.text)

    def items(operation: object) -> list[dict[str, object]]:
        found = applied(text, record, analysis, operation)["item"]
        assert isinstance(found, list)
        return found

    assert codes(items(RemoveModifiers((1,), 0))[0]) == ["26"]
    assert codes(items(RemoveModifiers((0,), 0))[0]) == ["50"]
    assert "modifier" not in items(RemoveModifiers((0, 1), 0))[0]
    assert codes(items(AddModifiers(("GA",), False, 0))[0]) == ["26", "50", "GA"]
    assert codes(items(AddModifiers(("LT",), True, 1))[1]) == ["LT"]
    system = items(AddModifiers(("GA",), False, 0))[0]["modifier"][2]["coding"][0]["system"]  # type: ignore[index]
    assert system == "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
    halves = items(SplitLine(("LT",), ("RT",), "1", 1))
    assert [one["sequence"] for one in halves] == [1, 2, 3]
    assert [codes(one) for one in halves[1:]] == [["LT"], ["RT"]]
    assert [one["net"]["value"] for one in halves[1:]] == [15, 15]  # type: ignore[index]
    whole = applied(text, record, analysis, RemoveLine(0))
    assert [one["sequence"] for one in whole["item"]] == [2]  # type: ignore[attr-defined]
    assert whole["total"] == {"value": 30.00, "currency": "USD"}
    assert len(items(RemoveLine(1))) == 1


def test_the_only_item_stays() -> None:
    analysis = analyse(claim(), "json")
    assert analysis.dialect is not None
    record = next(record for record in analysis.records if record.signature is not None)
    assert analysis.dialect.edits(record, RemoveLine(0)) is None


# -- hover, completion, outline ---------------------------------------------------------------------------------


def test_hover_names_the_element() -> None:
    analysis = analyse(FHIR, "json")
    for needle, within, start in [
        ('"servicedDate"', 3, "**Claim.item[0].servicedDate**"), ('"2025-10-15"', 3, "**Claim.item[0].servicedDate**"),
        ('"active"', 3, "**Claim.status**"), ("120.01", 2, "**Claim.item[0].net.value**"),
        ('"productOrService"', 4, "**Claim.item[0].productOrService**"),
    ]:  # fmt: skip
        spot = field_at(analysis, place(FHIR, needle, within))
        assert spot is not None and field_card(spot).startswith(start), needle


def test_hover_on_code_modifier_and_place_is_their_card() -> None:
    analysis = analyse(FHIR, "json")
    for needle, within, start in [('"76380"', 2, "**76380**"), ('"26"', 1, "**26**"), ('"22"', 1, "**POS 22**")]:
        spot = spot_at(analysis, place(FHIR, needle, within))
        assert spot is not None and spot_card(analysis, spot).startswith(start)


def test_completion() -> None:
    def kind_at(needle: str, within: int) -> str:
        found = offers_at(analyse(FHIR, "json"), place(FHIR, needle, within))
        return found.kind if found else ""

    assert kind_at('"76380"', 3) == "code"
    assert kind_at('"26"', 2) == "modifier"
    assert kind_at('"22"', 2) == "place"
    assert kind_at('"active"', 4) == "value"


def test_outline() -> None:
    entries = outline(analyse(FHIR, "json"))
    assert [one.heading.name for one in entries] == ["Claim c1", "ExplanationOfBenefit e1", "ChargeItem h1"]
    assert [one.heading.name for one in entries[0].below] == ["76380-26-50", "73030"]

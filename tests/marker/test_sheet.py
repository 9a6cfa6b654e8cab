"""Charge sheets in YAML and JSON: entries in every style, what is read as written, fixes, outline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from tests.harness import analyse, findings
from tests.marker.test_x12 import mended, place
from tests.samples import JSON_SHEET, YAML, YAML_LINES

from superbill.charges.dialect import AddModifiers, Hints, RemoveLine, RemoveModifiers, SplitLine
from superbill.charges.model import ServiceLine
from superbill.charges.registry import recognise
from superbill.engine.cards import spot_card
from superbill.engine.offers import offers_at
from superbill.engine.outline import outline
from superbill.engine.query import spot_at
from superbill.text.lines import split_lines


def lines(text: str, kind: str = "yaml") -> list[ServiceLine]:
    return [line for record in analyse(text, kind).records for line in record.content.lines]


def rules(text: str, kind: str = "yaml") -> list[str]:
    return sorted(one.finding.rule for one in findings(text, kind))


def done(text: str, item: int, operation: object, kind: str = "yaml", entry: int = 0) -> str:
    """The sheet after an operation on an item of an entry."""
    analysis = analyse(text, kind)
    assert analysis.dialect is not None
    record = [record for record in analysis.records if record.signature is not None][entry]
    edits = analysis.dialect.edits(record, operation, analysis.records.behind(record))  # type: ignore[arg-type]
    assert edits is not None
    pieces = [one.text for one in analysis.records]
    records = list(analysis.records)
    for edit in sorted(edits, key=lambda edit: -edit.start):
        place = records.index(edit.record or record)
        pieces[place] = pieces[place][: edit.start] + edit.text + pieces[place][edit.end :]
    return "".join(pieces)


# -- reading ----------------------------------------------------------------------------------------------------


def test_what_entries_say() -> None:
    one, two, three, four, five = lines(YAML)
    assert (one.code, one.mods, str(one.since), one.place, str(one.charge), one.payer) == (
        "76380", ("26", "50"), "2025-10-15", "22", "120.01", "PLAN",
    )  # fmt: skip
    assert one.diagnoses == ("K57.20", "R10.9")
    assert (two.code, two.mods) == ("76377", ("26",))
    assert (three.code, three.mods, three.described) == ("99213", ("25", "GC"), True)
    assert (four.code, four.mods, str(four.since)) == ("00142", ("AA", "QS"), "2025-10-16")
    assert five.code == "71046"


def test_lines_without_claims() -> None:
    one, two = lines(YAML_LINES)
    assert (one.code, one.mods, one.place) == ("76380", ("26",), "22")
    assert (two.mods, str(two.units)) == (("LT", "RT"), "2")
    assert lines("lines:\n" + YAML_LINES) == lines(YAML_LINES)
    indented = "charges:\n" + "".join("    " + line + "\n" for line in YAML_LINES.splitlines())
    assert lines(indented) == lines(YAML_LINES)


def test_json_of_the_same_shape() -> None:
    one, two = lines(JSON_SHEET, "json")
    assert (one.code, one.mods, one.place, two.code) == ("76380", ("26", "50"), "22", "73030")
    assert lines(json.dumps(json.loads(JSON_SHEET)), "json") == [one, two]
    assert lines(json.dumps(json.loads(JSON_SHEET)["lines"], indent=4), "json") == [one, two]


def test_findings_stand_on_the_value() -> None:
    analysis = analyse(YAML, "yaml")
    under = {
        (one.finding.rule, analysis.document.lines[one.start.line][one.start.column : one.end.column])
        for one in analysis.findings()
    }
    assert {("K520", "50"), ("E240", "00142")} <= under


def test_lines_of_a_patient_are_checked_together() -> None:
    one = "- {patient: P1, dos: 2025-10-15, cpt: 74177, units: 1}\n"
    two = "- {patient: P1, dos: 2025-10-15, cpt: 76380, units: 1}\n"
    assert [rule for rule in rules(one + two) if rule.startswith("L")]
    assert not [rule for rule in rules(one + two.replace("P1", "P2")) if rule.startswith("L")]


@pytest.mark.parametrize(
    "text",
    [
        "services:\n  web:\n    image: x\n", "items:\n  - name: a\n    code: 12345\n", "a: 1\nb: [1, 2]\n",
        "lines:\n  - text: 76380\n", "on:\n  push:\n", "- one\n- two\n", "- code: E1001\n  message: wrong\n",
    ],
)  # fmt: skip
def test_other_yaml_holds_no_charges(text: str) -> None:
    assert recognise(split_lines(text), Hints(suffix=".yaml")) is None


def test_broken_yaml_keeps_what_can_be_read() -> None:
    for broken in (
        YAML.replace("mods: [26, 50]", "mods: [26, 50"), YAML.replace('cpt: "76380"', 'cpt: "76380'), YAML.replace("units: 1\n", "units 1\n", 1),
        YAML.replace("        mods: [26, 50]", "      mods: [26, 50]"), YAML.replace("note: ZOË", "note: @ZOË: x"),
    ):  # fmt: skip
        assert broken != YAML
        found = [line.code for line in lines(broken)]
        assert {"00142", "71046"} <= set(found)


# -- what YAML makes of scalars ---------------------------------------------------------------------------------


def test_codes_are_what_is_written() -> None:
    assert rules("- {cpt: 00142, mods: [AA], dos: 2025-10-15, units: 45}\n") == ["E240"]
    assert rules('- {cpt: "00142", mods: [AA], dos: 2025-10-15, units: 45}\n') == []
    fixed = mended("- cpt: 00142\n  mods: [AA]\n  dos: 2025-10-15\n  units: 45\n", "E240", "Write", "yaml")
    assert yaml.safe_load(fixed)[0]["cpt"] == "00142"


@pytest.mark.parametrize("text", ["NO", "on", "25.0", "Y"])
def test_modifiers_are_what_is_written(text: str) -> None:
    sheet = "- cpt: 99213\n  mods: [{}]\n  dos: 2025-10-15\n  pos: 11\n"
    assert "E241" in rules(sheet.format(text))
    assert rules(sheet.format("25")) == []


# -- fixes ------------------------------------------------------------------------------------------------------


def mods(text: str, item: int, entry: int = 0) -> list[str]:
    """The modifiers of a line as another reader sees them."""
    line = yaml.load(text, yaml.BaseLoader)["claims"][entry]["lines"][item]
    listed = line.get("mods", line.get("modifiers", [line[key] for key in ("mod1", "mod2", "mod3") if key in line]))
    return listed if isinstance(listed, list) else [listed]


def test_operations_in_every_style() -> None:
    assert mods(done(YAML, 0, RemoveModifiers((1,), 0)), 0) == ["26"]
    assert mods(done(YAML, 0, RemoveModifiers((0, 1), 0)), 0) == []
    assert mods(done(YAML, 0, AddModifiers(("GC",), False, 0)), 0) == ["26", "50", "GC"]
    assert mods(done(YAML, 1, AddModifiers(("XE",), False, 1)), 1) == ["26", "XE"]
    assert mods(done(YAML, 2, RemoveModifiers((0,), 2)), 2) == ["GC"]
    assert mods(done(YAML, 2, AddModifiers(("24",), True, 2)), 2) == ["24", "25", "GC"]
    assert mods(done(YAML, 0, AddModifiers(("P1",), False, 0), entry=1), 0, 1) == ["AA", "QS", "P1"]
    assert mods(done(YAML, 0, RemoveModifiers((0,), 0), entry=1), 0, 1) == ["QS", ""]
    assert mods(done(YAML, 0, AddModifiers(("26",), False, 0), entry=2), 0, 2) == ["26"]


def test_splitting_and_removing() -> None:
    fixed = mended(YAML_LINES, "X703", "Make two lines", "yaml")
    read = yaml.load(fixed, yaml.BaseLoader)
    assert [(line["cpt"], line.get("mods"), line.get("units"), line.get("charge")) for line in read[1:]] == [
        ("73030", "LT", "1", "15"), ("73030", "RT", "1", "15"),
    ]  # fmt: skip
    left = yaml.load(done(YAML, 0, RemoveLine(0)), yaml.BaseLoader)
    assert [line.get("cpt", line.get("code")) for line in left["claims"][0]["lines"]] == ["76377", "99213"]
    read = yaml.load(done(YAML, 1, SplitLine(("LT",), ("RT",), "1", 1)), yaml.BaseLoader)
    assert [line.get("cpt", line.get("code")) for line in read["claims"][0]["lines"]] == [
        "76380",
        "76377",
        "76377",
        "99213",
    ]


def test_json_stays_json() -> None:
    for operation in (RemoveModifiers((0,), 0), AddModifiers(("GC",), False, 0), RemoveLine(0)):
        json.loads(done(JSON_SHEET, 0, operation, "json"))
    found = json.loads(done(JSON_SHEET, 0, RemoveModifiers((1,), 0), "json"))
    assert found["lines"][0]["mods"] == ["26"]
    found = json.loads(done(JSON_SHEET, 0, AddModifiers(("LT",), False, 0), "json", entry=1))
    assert found["lines"][1]["mods"] == ["LT"]


# -- hover, completion, outline ---------------------------------------------------------------------------------


def test_hover_and_completion() -> None:
    analysis = analyse(YAML, "yaml")
    for needle, within, start in [
        ('"76380"', 2, "**76380**"), ("[26, 50]", 1, "**26**"), ("pos: 22", 6, "**POS 22**"), ("units: 1", 2, "**units**"),
    ]:  # fmt: skip
        spot = spot_at(analysis, place(YAML, needle, within))
        assert spot is not None and spot_card(analysis, spot).startswith(start), needle
    for needle, within, kind in [('"76380"', 3, "code"), ("[26, 50]", 2, "modifier"), ("pos: 22", 6, "place")]:
        found = offers_at(analysis, place(YAML, needle, within))
        assert found is not None and found.kind == kind, needle


def test_outline() -> None:
    entries = outline(analyse(YAML, "yaml"))
    assert [one.heading.name for one in entries] == ["A1", "A2", "A3"]
    assert [one.heading.name for one in entries[0].below] == ["76380-26-50", "76377-26", "99213-25-GC"]


def test_the_schema_takes_what_is_read() -> None:
    path = Path(__file__).resolve().parents[2] / "data" / "schema" / "charge-sheet.schema.json"
    validator = Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))
    for text in (YAML, YAML_LINES, JSON_SHEET):
        assert not list(validator.iter_errors(yaml.load(text, yaml.BaseLoader)))
    for wrong in ({"lines": [{"units": 1}]}, {"claims": [{"patient": "P"}]}, [{"mods": []}], {"other": []}):
        assert list(validator.iter_errors(wrong)), wrong


def test_a_facility_is_one_however_it_is_called() -> None:
    for written, meant in (("institutional", "facility"), ("professional", "professional"), ('"131"', "facility")):
        text = f"- {{dos: 2025-10-15, cpt: 76380, units: 1, claim_type: {written}}}\n"
        assert [line.setting for line in lines(text)] == [meant], written


def test_a_leading_dash_is_not_swallowed() -> None:
    assert rules('- {dos: 2025-10-15, cpt: 76380, mod: "-26", units: 1, pos: 11}\n') == ["F121"]
    assert [line.modifiers for line in lines("- {dos: 2025-10-15, cpt: 76380, mod: 26-59, pos: 22}\n")] == [
        ("26", "59")
    ]


def test_a_line_with_many_commas_is_no_table() -> None:
    text = "- {dos: 2025-10-15, cpt: 26, mod: 76380, units: 1, pos: 22, patient: P1, npi: x, charge: 1, dx: R69, payer: y}\n"
    found = recognise(split_lines(text), Hints(suffix=".yaml"))
    assert found is not None and found.name == "yaml"

"""HL7 v2: charges in DFT messages, container rules, fixes, fields, outline."""

from __future__ import annotations

import pytest
from tests.harness import analyse, findings
from tests.marker.test_x12 import mended, place
from tests.samples import HL7, HL7_SENT

from superbill.charges.dialect import AddModifiers, Hints
from superbill.charges.model import ServiceLine
from superbill.charges.registry import recognise
from superbill.engine.cards import field_card, spot_card
from superbill.engine.offers import offers_at
from superbill.engine.outline import outline
from superbill.engine.query import field_at, spot_at
from superbill.text.lines import split_lines

HEAD = "MSH|^~\\&|LAB|HOSP|BILL|HOSP|20251016||DFT^P03|1|P|2.5.1\nPID|1||P1\n"


def charge(**fields: str) -> str:
    """An FT1 segment; `f26` is field 26."""
    values = ["FT1", "1", "", "", "20251015", "", "CG", "4711^CT", "", "", "1", *[""] * 14, "76380^CT^C4", "26"]
    for name, value in fields.items():
        values[int(name[1:])] = value
    return "|".join(values) + "\n"


def lines(text: str) -> list[ServiceLine]:
    return [line for record in analyse(text, "hl7").records for line in record.content.lines]


def rules(text: str) -> list[str]:
    return [one.finding.rule for one in findings(text, "hl7")]


# -- reading ----------------------------------------------------------------------------------------------------


def test_what_a_charge_says() -> None:
    one, two, three, credit, four, five = lines(HL7)
    assert (one.code, one.mods, str(one.since), str(one.units), str(one.charge)) == (
        "76380",
        ("26",),
        "2025-10-15",
        "1",
        "120",
    )
    assert one.diagnoses == ("R10.9", "K57.20") and one.provider == "1234"
    assert two.mods == ("26", "50") and str(two.since) == "2025-10-15"
    assert three.mods == ("RT", "59")
    assert (credit.code, credit.purpose) == ("71046", "credit")
    assert (four.code, five.code) == ("99213", "93000")


@pytest.mark.parametrize("text", [HL7, HL7.replace("\n", "\r"), HL7.replace("\n", "\r\n"), HL7_SENT])
def test_the_same_whatever_the_line_ends(text: str) -> None:
    assert lines(text) == lines(HL7)
    assert rules(text) == rules(HL7)


def test_other_separators() -> None:
    text = HEAD + charge(f26="26~50")
    other = text.replace("|", "#").replace("^", "$").replace("~", "!")
    assert lines(other) == lines(text)


def test_an_item_number_is_no_procedure() -> None:
    assert lines(HEAD + charge(f25="", f26="", f7="626.2^thing")) == []
    assert rules(HEAD + charge(f25="", f26="", f7="626.2^thing")) == []


def test_a_payment_is_no_charge() -> None:
    assert lines(HEAD + charge(f6="PY")) == [] and rules(HEAD + charge(f6="PY")) == []


def test_the_procedure_of_pr1_counts_when_ft1_has_none() -> None:
    text = HEAD + charge(f25="", f26="") + "PR1|1||76380^CT^C4|||||||||||||26~59\n"
    (line,) = lines(text)
    assert (line.code, line.mods) == ("76380", ("26", "59"))


def test_lines_of_a_patient_are_checked_together_over_messages() -> None:
    one = HEAD + charge(f25="74177^CT^C4")
    assert "L1020" not in rules(one) and rules(one + charge(f1="2")) != rules(one)
    both = rules(one + HEAD.replace("|1|P|", "|2|P|") + charge())
    assert [rule for rule in both if rule.startswith("L")]
    assert not [rule for rule in rules(one + HEAD.replace("P1", "P2") + charge()) if rule.startswith("L")]


def test_a_credit_takes_no_part_in_duplicates() -> None:
    text = HEAD + charge() + charge(f1="2", f6="CR")
    assert rules(text) == []
    assert rules(HEAD + charge(f6="CR")) == ["E226"]
    assert rules(HEAD + charge() + charge(f1="2", f6="CR", f4="20251016")) == ["E226"]


def test_recognised_by_content() -> None:
    for text in (HL7, HL7_SENT, "FHS|^~\\&|A\nBHS|^~\\&|A\n" + HL7):
        found = recognise(split_lines(text), Hints(suffix=".txt"))
        assert found is not None and found.name == "hl7"
    other = recognise(["MSHX is no header\n"], Hints(suffix=".txt"))
    assert other is None or other.name != "hl7"


# -- container rules and fixes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (HEAD + charge(), []), (HEAD + charge(f4=""), ["E221"]), (HEAD + charge(f7=""), []),
        (HEAD + charge(f7="99213"), ["E222"]), (HEAD + charge(f10=""), ["E227"]), (HEAD + charge(f25="76380"), ["E225"]),
        (HEAD.replace("2.5.1", "2.3") + charge(), ["E224"]), (HEAD.replace("2.5.1", "2.3.1") + charge(), []),
        (HEAD.replace("^~\\&", "^~^&") + charge(), ["E220"]),
    ],
)  # fmt: skip
def test_each_container_rule(text: str, found: list[str]) -> None:
    assert rules(text) == found


@pytest.mark.parametrize("joined", ["26,59", "26^59", "26&59", "26 59"])
def test_modifiers_in_one_repetition_are_told_apart_and_mended(joined: str) -> None:
    text = HEAD + charge(f26=joined)
    assert lines(text)[0].mods == ("26", "59")
    assert rules(text)[0] == "E223"
    assert mended(text, "E223", "Write", "hl7") == HEAD + charge(f26="26~59")


def test_a_modifier_is_added_to_a_segment_that_ends_before_its_field() -> None:
    text = HEAD + charge().removesuffix("|26\n") + "\n"
    analysis = analyse(text, "hl7")
    record = next(record for record in analysis.records if record.text.startswith("FT1"))
    assert analysis.dialect is not None
    edits = analysis.dialect.edits(record, AddModifiers(("59",)))
    assert edits is not None and edits[0].text == "|59"


def test_copying_the_code_to_its_field() -> None:
    text = HEAD + charge(f7="76380", f25="", f26="").rstrip("|\n") + "\n"
    fixed = mended(text, "E222", "Copy", "hl7")
    assert lines(fixed)[0].code == "76380" and "E222" not in rules(fixed)


def test_removing_and_splitting_renumber_what_follows() -> None:
    text = HEAD + charge(f26="50", f25="73030^XR^C4", f10="1") + charge(f1="2", f25="99213^V^C4", f26="25")
    split = (
        HEAD
        + charge(f26="LT~RT", f25="73030^XR^C4", f2="T", f11="10.01&USD")
        + charge(f1="2", f25="99213^V^C4", f26="25")
    )
    fixed = mended(split, "X703", "Make two lines", "hl7")
    assert [record.split("|")[1] for record in fixed.splitlines()[2:]] == ["1", "2", "3"]
    assert [record.split("|")[2] for record in fixed.splitlines()[2:]] == ["T", "", ""]
    assert [record.split("|")[11] for record in fixed.splitlines()[2:4]] == ["5.01&USD", "5.00&USD"]
    assert [line.mods for line in lines(fixed)] == [("LT",), ("RT",), ("25",)]
    double = HEAD + charge() + charge(f1="2") + charge(f1="3", f25="99213^V^C4", f26="25")
    rule = next(rule for rule in rules(double) if rule in ("L1001", "L1021"))
    fixed = mended(double, rule, "Remove this line", "hl7")
    assert [record.split("|")[1] for record in fixed.splitlines()[2:]] == ["1", "2"]
    assert text


# -- hover, completion, outline ---------------------------------------------------------------------------------


def test_hover_names_the_field() -> None:
    analysis = analyse(HL7, "hl7")
    for needle, within, start in [
        ("26~50", 4, "**FT1-26"), ("|CG|", 1, "**FT1-6**"), ("R10.9", 1, "**FT1-19"), ("|O|CT", 1, "**PV1-2**"),
        ("MSH|", 1, "**MSH**"), ("DFT^P03", 1, "**MSH-9"),
    ]:  # fmt: skip
        spot = field_at(analysis, place(HL7, needle, within))
        assert spot is not None and field_card(spot).startswith(start), needle
    spot = field_at(analysis, place(HL7, "26~50", 4))
    assert spot is not None and "repetition 2" in field_card(spot)


def test_hover_on_code_and_modifier_is_their_card() -> None:
    analysis = analyse(HL7, "hl7")
    for needle, within, start in [("76380^Lim", 1, "**76380**"), ("C4|26\n", 4, "**26**")]:
        spot = spot_at(analysis, place(HL7, needle, within))
        assert spot is not None and spot_card(analysis, spot).startswith(start)


def test_completion() -> None:
    def kind_at(text: str, needle: str, within: int) -> str:
        found = offers_at(analyse(text, "hl7"), place(text, needle, within))
        return found.kind if found else ""

    text = HEAD + charge(f26="26~")
    assert kind_at(text, "C4|26~", 6) == "modifier"
    assert kind_at(text, "76380", 3) == "code"
    assert kind_at(text, "|CG|", 1) == "value"


def test_outline() -> None:
    one, two = outline(analyse(HL7, "hl7"))
    assert [line.heading.name for line in one.below] == ["76380-26", "76377-26-50", "20610-RT-59", "71046-26"]
    assert [line.heading.name for line in two.below] == ["99213", "93000"]


def test_a_date_in_another_form_is_underlined_and_mended_whole() -> None:
    text = HEAD + charge(f4="15/10/2025")
    (found,) = findings(text, "hl7")
    assert found.finding.rule == "F143" and text.split("\n")[2][found.start.column : found.end.column] == "15/10/2025"
    assert mended(text, "F143", "Write", "hl7") == HEAD + charge(f4="20251015")

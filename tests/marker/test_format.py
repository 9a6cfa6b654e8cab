"""Format rules: one bad value gives one finding, the most specific; what is well written gives none."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.harness import analyse, book, check, findings

from superbill.charges import values
from superbill.charges.model import ServiceLine, Written
from superbill.engine.analysis import Located
from superbill.rules.book import RuleBook, all_rules
from superbill.rules.format._text import is_nothing

HEAD = "dos,cpt,mod1,mod2,mod3,mod4,units,pos,charge\n"


def quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if "," in value or "\n" in value else value


def row(**given: str) -> str:
    cells = {"dos": "2025-10-15", "cpt": "76380", "units": "1", "pos": "11", "charge": "125.00"} | given
    names = HEAD.strip().split(",")
    return HEAD + ",".join(quoted(cells.get(name, "")) for name in names) + "\n"


def said(text: str, kind: str = "csv", payer: str = "medicare-b") -> list[str]:
    """The format rules that speak, one name for each finding."""
    return [one.finding.rule for one in findings(text, kind, payer) if one.finding.rule.startswith("F")]


def only(text: str, rule: str) -> Located:
    found = [one for one in findings(text) if one.finding.rule == rule]
    assert len(found) == 1, [one.finding.rule for one in findings(text)]
    return found[0]


def mended(text: str, rule: str, choice: int = 0) -> str:
    """The row on which a rule speaks, after one of its fixes."""
    analysis = analyse(text)
    found = next(one for one in analysis.findings() if one.finding.rule == rule)
    edits = []
    assert analysis.dialect is not None
    for operation in found.finding.fixes[choice].operations:
        made = analysis.dialect.edits(found.record, operation)
        assert made is not None
        edits += made
    result = found.record.text
    for edit in sorted(edits, key=lambda edit: -edit.start):
        result = result[: edit.start] + edit.text + result[edit.end :]
    return result


# -- the code field -------------------------------------------------------------------------------------

CODES = {
    "F101": ["7638", "763801234567890123456", "XRAY", "99213.", "CPT 99213", '="00142"', "'00142",
             "99213 Office visit", "J110", "99213 x2", "7638O-26", "x" * 500, "2500", "é"],
    "F102": ["76CT0", "ABCDE", "0000C", "12A45"],
    "F103": ["j1100", "0042t", "g0202"],
    "F104": ["763 80", "76380\xa0", "7\u200b6380", "\t76380", "G 0202", "76380\x00"],
    "F105": ["76380-26", "76380 26", "7638026", "76380:26", "76380,26,59", "76380-26-59", "763802659",
             "76380(26)", "HC:76380:26", "76380-zz", "76380\u201326", "A0429RH", "A0429-RH", "76380.26"],
    "F106": ["76380.0", "25.0", "142.00"],
    "F107": ["142", "1810", "42T", "1U"],
    "F108": ["1.00E+02", "9.92E+04", "1E5", "7.64e+04"],
    "F109": ["7O450", "G01O5", "9921l", "O0142", "SO142", "\uff17\uff16\uff13\uff18\uff10"],
    "F110": ["70450, 70486", "70450 70486", "70450/70486", "70450 and 70486", "70486-70450", "70450\n70486",
             "70450-26, 70486-26"],
    "F111": ["M54.5", "I10", "I2510", "F3289", "S72001A", "0DTJ4ZZ", "0450", "12345678901", "1234567890",
             "12345-6789-01", "DRG 470", "123456", "2025-10-15", "10/15/2025", "$125.00", "76380.37"],
    "F113": ["74176-74178", "992xx", "992*", "9921?", "99202-05", "99202-5", "99202 thru 99205"],
    "F114": ["W9220", "Z1231", "x1234"],
    "F146": ["Mar-25", "1-May", "25-Mar-25"],
}  # fmt: skip


@pytest.mark.parametrize(("rule", "value"), [(rule, value) for rule, given in CODES.items() for value in given])
def test_a_malformed_code_gives_one_finding(rule: str, value: str) -> None:
    assert said(row(cpt=value)) == [rule]


@pytest.mark.parametrize("value", ["76380", "00142", "0042T", "J1100", "0001U", "G0202", "0001M", "99213", "1000F"])
def test_codes_are_left_alone(value: str) -> None:
    assert said(row(cpt=value)) == []


@pytest.mark.parametrize("value", ["", " ", "NULL", "N/A", "#N/A", "-", "\\N", "nan"])
def test_no_code_and_no_modifier_is_no_charge(value: str) -> None:
    """Totals, notes and blank rows between charges: nothing is said of their other fields either."""
    assert said(row(cpt=value, units="", pos="total", charge="$1,250", dos="October")) == []


def test_blanks_around_a_code_are_forgiven_in_a_file_that_is_aligned_with_them() -> None:
    check(
        "dos       ,cpt  , mod ,units,pos\n2025-10-15, 76380, 26 , 1   , 22\n2025-10-15, 76377, 26 , 1   , 22\n",
        only="F",
    )
    check("dos,cpt,mod,units,pos\n2025-10-15, 76380,26,1,22\n            ^^^^^ F104\n", only="F")


def test_seven_digits_without_a_modifier_at_their_end_are_an_item_number() -> None:
    assert said(row(cpt="7638000")) == ["F111"]
    assert said(row(cpt="7638026")) == ["F105"]


def test_a_diagnosis_of_the_line_is_recognised_whatever_its_shape() -> None:
    text = "dos,cpt,units,pos,dx1\n2025-10-15,Z1231,1,11,Z12.31\n           ^^^^^ F111\n"
    check(text, only="F")


def test_i_in_front_is_a_digit_only_when_that_is_a_known_code() -> None:
    assert said(row(cpt="O0142")) == ["F109"]
    assert said(row(cpt="I2510")) == ["F111"]


@pytest.mark.parametrize(
    ("value", "rule", "line"),
    [
        ("99213.", "F101", "99213,,"),
        ("j1100", "F103", "J1100,,"),
        ("763 80", "F104", "76380,,"),
        ("7\u200b6380", "F104", "76380,,"),
        ("76380-26", "F105", "76380,26,"),
        ("76380-26-59", "F105", "76380,26,59"),
        ("76380.0", "F106", "76380,,"),
        ("142", "F107", "00142,,"),
        ("7O450", "F109", "70450,,"),
    ],
)
def test_mends_of_the_code_field(value: str, rule: str, line: str) -> None:
    result = mended(row(cpt=value), rule)
    assert result.startswith(f"2025-10-15,{line}")
    assert said(HEAD + result) == []


def test_the_modifiers_of_the_code_field_go_behind_those_that_are_there() -> None:
    assert mended(row(cpt="76380-59", mod1="26"), "F105").startswith("2025-10-15,76380,26,59,")
    assert mended(row(cpt="76380-26", mod1="26"), "F105").startswith("2025-10-15,76380,26,,")
    full = row(cpt="76380-26", mod1="59", mod2="GA", mod3="GC", mod4="Q6")
    assert only(full, "F105").finding.fixes == ()
    assert only("dos,cpt,units,pos\n2025-10-15,76380-26,1,22\n", "F105").finding.fixes == ()


def test_what_is_guessed_is_not_preferred() -> None:
    for value, rule in (("142", "F107"), ("7638026", "F105"), ("76380-zz", "F105"), ("99213 Office", "F101")):
        assert not only(row(cpt=value), rule).finding.fixes[0].preferred, value
    for value, rule in (("j1100", "F103"), ("76380.0", "F106"), ("7O450", "F109")):
        assert only(row(cpt=value), rule).finding.fixes[0].preferred, value


# -- the modifier fields --------------------------------------------------------------------------------

MODIFIERS = {
    "F106": ["26.0", "59.00"],
    "F108": ["1.00E+02"],
    "F120": ["2", "259", "bilateral", "2-", "é5", "2635", "I10", "2 6"],
    "F121": ["-25", "(26)", "25,", "#26", "-tc", "26."],
    "F122": ["lt", "Tc", "xs"],
    "F123": ["2659", "26,59", "26:59", "26-59", "LT/59", "265976", "rtlt", "26 59", "-25-59", "RHQN"],
    "F128": ["76380", "g0202", "J1100", "76380-26", "M54.5", "E119", "S72001A"],
    "F146": ["Mar-25", "25-Mar"],
}  # fmt: skip


@pytest.mark.parametrize(("rule", "value"), [(rule, value) for rule, given in MODIFIERS.items() for value in given])
def test_a_malformed_modifier_gives_one_finding(rule: str, value: str) -> None:
    assert said(row(mod1=value)) == [rule]
    assert said(row(mod1="GC", mod2=value)) == [rule]


@pytest.mark.parametrize("value", ["26", "TC", "XE", "U1", "1P", "RH", "ZZ", "26 ", "", " ", "NULL", "N/A", "-", "nan"])
def test_modifiers_and_empty_slots_are_left_alone(value: str) -> None:
    assert said(row(mod1=value)) == []


@pytest.mark.parametrize(
    "value", ["26 59", "26,59", "26;59", "26:59", "26/59", "26|59", "26-59", "26, 59", "N/A", "#N/A"]
)
def test_one_column_may_list_modifiers(value: str) -> None:
    assert said(f"dos,cpt,mod,units,pos\n2025-10-15,76380,{quoted(value)},1,11\n") == []


def test_one_column_with_marks_or_without_any() -> None:
    check("dos,cpt,mod,units,pos\n2025-10-15,76380,-26,1,11\n                 ^^^ F121\n", only="F")
    check("dos,cpt,mod,units,pos\n2025-10-15,76380,GC 2659,1,11\n                    ^^^^ F123\n", only="F")
    check("dos,cpt,mod,units,pos\n2025-10-15,76380,Mar-25,1,11\n                 ^^^ F146\n", only="F")
    check("dos,cpt,mod,units,pos\n2025-10-15,76380,1-May,1,11\n                   ^^^ F146\n", only="F")


@pytest.mark.parametrize(
    ("given", "rule", "line"),
    [
        ({"mod1": "(26)"}, "F121", "76380,26,,,,"),
        ({"mod1": "tc"}, "F122", "76380,TC,,,,"),
        ({"mod1": "26.0"}, "F106", "76380,26,,,,"),
        ({"mod1": "2659", "mod2": "GC"}, "F123", "76380,26,59,GC,,"),
        ({"mod1": "26", "mod2": "26-GC"}, "F123", "76380,26,GC,,,"),
        ({"mod2": "26"}, "F125", "76380,26,,,,"),
        ({"mod1": "26", "mod4": "GC"}, "F125", "76380,26,GC,,,"),
        ({"mod1": "26", "mod2": "26", "mod3": "GC"}, "F126", "76380,26,GC,,,"),
        ({"cpt": "26", "mod1": "76380"}, "F128", "76380,26,,,,"),
        ({"cpt": "", "mod1": "76380", "mod2": "26"}, "F128", "76380,26,,,,"),
    ],
)
def test_mends_of_the_modifier_fields(given: dict[str, str], rule: str, line: str) -> None:
    text = row(**given)
    assert said(text) == [rule]
    result = mended(text, rule)
    assert result.startswith(f"2025-10-15,{line}")
    assert said(HEAD + result) == []


def test_joined_modifiers_are_not_spread_where_there_is_no_room() -> None:
    assert only(row(mod1="2659", mod2="GA", mod3="GC", mod4="Q6"), "F123").finding.fixes == ()


def test_the_same_modifier_twice() -> None:
    check("dos,cpt,mod,units,pos\n2025-10-15,76380,26 26,1,11\n                    ^^ F126\n", only="F")
    check("dos,cpt,mod,units,pos\n2025-10-15,76380,TC tc,1,11\n                    ^^ F126\n", only="F")
    check(
        "dos,cpt,mod,units,pos\n2025-10-15,76380,tc tc,1,11\n                 ^^ F122\n                    ^^ F126\n",
        only="F",
    )


def test_five_modifiers_are_too_many_and_four_are_not() -> None:
    check("dos,cpt,mods,units,pos\n2025-10-15,76380,26 59 GA GC,1,22\n", only="F")
    check(
        "dos,cpt,mods,units,pos\n"
        "2025-10-15,76380,26 59 GA GC Q6 QW,1,22\n"
        "                             ^^^^^ F124 warning\n",
        only="F",
    )
    check(
        "dos,cpt,mods,units,pos\n2025-10-15,76380,26 59 GA GC GC,1,22\n                             ^^ F126\n",
        only="F",
    )
    text = "dos,cpt,mod1,mod2,mod3,mod4,mod5,units,pos\n2025-10-15,76380,26,59,GA,GC,Q6,1,22\n"
    check(text + "                             ^^ F124\n", only="F")


def test_a_modifier_without_a_code() -> None:
    check("dos,cpt,mod,units,pos\n2025-10-15,,26 LT,1,22\n            ^^ F127 error\n", only="F")
    assert said(row(cpt="NULL", mod1="26")) == ["F127"]
    assert said(row(cpt="", mod1="total")) == []


def test_a_code_as_cited_in_a_note_is_not_judged_by_its_form() -> None:
    check("# CT head\nCPT: 70450-26, 70486-26-26\n                        ^^ F126\n", "md", only="F")
    check("Do not write 76380-26-26 on a claim.\n", "md", only="F")
    check("Call 555-0142 about account 7638026, codes follow.\n", "md", only="F")


# -- units, charge, date, place ---------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["", " ", "0", "-1", "one", "1 unit", "1,000", "N/A", "0.0", "1-2", "2 UN"])
def test_units_must_be_a_number_above_zero(value: str) -> None:
    assert said(row(units=value)) == ["F140"]


@pytest.mark.parametrize("value", ["1", "2", "1.0", "01", " 3 ", "999"])
def test_units_are_left_alone(value: str) -> None:
    assert said(row(units=value)) == []


def test_units_are_not_missed_where_the_file_has_none() -> None:
    assert said("dos,cpt,mod,pos\n2025-10-15,76380,26,22\n") == []
    assert said("CPT: 76380-26\n", "md") == []


def test_fractions_of_units() -> None:
    assert said(row(units="1.5")) == ["F141"]
    assert said(row(cpt="A0425", units="12.3")) == []
    assert said(row(cpt="00142", units="3.4")) == []


def test_mends_of_units_are_never_preferred() -> None:
    for value, wanted in (("", "1"), ("2 UN", "2"), ("0", "1")):
        found = only(row(units=value), "F140")
        assert not any(fix.preferred for fix in found.finding.fixes)
        assert mended(row(units=value), "F140").startswith(f"2025-10-15,76380,,,,,{wanted},11")
    assert only(row(units="one"), "F140").finding.fixes == ()


@pytest.mark.parametrize(
    ("value", "wanted"),
    [("$125.00", "125.00"), ("1,250.00", "1250.00"), ("$1,250", "1250"), ("125.00 USD", "125.00"),
     ("125,00", "125.00"), ("1.250,00", "1250.00"), ("€125", "125")],
)  # fmt: skip
def test_charges_are_written_plainly(value: str, wanted: str) -> None:
    assert said(row(charge=value)) == ["F142"]
    result = mended(row(charge=value), "F142")
    assert result.rstrip().strip('"').endswith(wanted)
    assert said(HEAD + result) == []


@pytest.mark.parametrize("value", ["-125.00", "(125.00)", "$-5", "free", "12.5.0", "see note"])
def test_charges_that_cannot_be_mended(value: str) -> None:
    assert only(row(charge=value), "F142").finding.fixes == ()


@pytest.mark.parametrize("value", ["125", "125.00", "0", "0.01", ".50", "", "N/A", " 125.00 "])
def test_charges_are_left_alone(value: str) -> None:
    assert said(row(charge=value)) == []


@pytest.mark.parametrize(
    ("value", "choices"),
    [
        ("2025-02-30", []),
        ("2025-13-45", []),
        ("0000-00-00", []),
        ("13/45/2025", []),
        ("soon", []),
        ("2025-10", []),
        ("10/15/25", ["2025-10-15"]),
        ("10/05/25", ["2025-10-05", "2025-05-10"]),
        ("10/15/0025", ["2025-10-15"]),
        ("15/10/2025", ["2025-10-15"]),
        ("05.10.2025", ["2025-05-10", "2025-10-05"]),
        ("2025-15-10", ["2025-10-15"]),
        ("101525", ["2025-10-15"]),
        ("10152025", ["2025-10-15"]),
        ("20251015.0", ["2025-10-15"]),
        ("45945", ["2025-10-15"]),
        ("Oct 15, 2025", ["2025-10-15"]),
        ("15-Oct-25", ["2025-10-15"]),
        ("20251015-20251016", []),
        ("2025-10-15 to 2025-10-16", []),
    ],
)
def test_dates_that_are_none_or_in_doubt(value: str, choices: list[str]) -> None:
    text = row(dos=value)
    assert said(text) == ["F143"]
    fixes = only(text, "F143").finding.fixes
    assert [fix.title for fix in fixes] == [f"Write {choice}" for choice in choices]
    assert not any(fix.preferred for fix in fixes) or len(fixes) == 1


@pytest.mark.parametrize(
    "value",
    [
        "2025-10-15",
        "20251015",
        "10/15/2025",
        "1/5/2025",
        "2025/10/15",
        "2025.10.15",
        "202510151230",
        "15OCT2025",
        "15-Oct-2025",
        "10/15/2025 0:00",
        "",
        "NULL",
    ],
)
def test_dates_are_left_alone(value: str) -> None:
    assert said(row(dos=value)) == []


def test_severity_of_dates() -> None:
    assert only(row(dos="2025-02-30"), "F143").finding.severity == "error"
    assert only(row(dos="20251015.0"), "F143").finding.severity == "warning"


def test_both_dates_of_a_range_are_read() -> None:
    check(
        "dos_from,dos_to,cpt,units,pos\n2025-10-15,2025-10-32,76380,1,11\n           ^^^^^^^^^^ F143\n",
        only="F",
    )


@pytest.mark.parametrize(
    ("value", "wanted"),
    [("office", "11"), ("Office", "11"), ("11.0", "11"), ("011", "11"), ("11 - Office", "11"),
     ("POS 22", "22"), ("2", "02"), ("inpatient", "21"), ("ER", "23"), ("doctor's office or practice", "11"),
     ("telehealth", "10")],
)  # fmt: skip
def test_places_written_otherwise(value: str, wanted: str) -> None:
    assert said(row(pos=value)) == ["F144"]
    assert mended(row(pos=value), "F144") == f"2025-10-15,76380,,,,,1,{wanted},125.00\n"


def test_places_that_cannot_be_told() -> None:
    assert not any(fix.preferred for fix in only(row(pos="outpatient"), "F144").finding.fixes)
    assert not only(row(pos="office"), "F144").finding.fixes[0].preferred
    assert only(row(pos="11.0"), "F144").finding.fixes[0].preferred
    assert only(row(pos="7"), "F144").finding.severity == "error"
    assert only(row(pos="Main Street"), "F144").finding.severity == "warning"
    assert only(row(pos="Main Street"), "F144").finding.fixes == ()


@pytest.mark.parametrize(
    "value", ["11", "02", " 22 ", "", "NULL", "6f1b2c3d-1234-5678-9abc-def012345678", "LOC-00042-7"]
)
def test_places_and_identifiers_of_sites_are_left_alone(value: str) -> None:
    assert said(row(pos=value)) == []


def test_price_files_are_not_judged() -> None:
    """Where nothing is billed, empty units and charges with signs are as they should be."""
    check('cpt,description,price,units\n7638,CT,"$1,250",\n142,x,-5,\n99202-99205,visits,,\n', only="F")
    check(
        'code|1,code|1|type,modifiers,standard_charge|gross\n76380,CPT,26-TC-X,"$1,250.00"\n9921x,CPT,,\n',
        only="F",
    )


# -- any text at all ------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def format_book() -> RuleBook:
    """A rule book in which only the format rules are on."""
    others = {id: "off" for id in all_rules() if not id.startswith("F")}
    return RuleBook(book().know, others, strict=True)


NEARLY = st.one_of(
    st.text(max_size=12),
    st.text(alphabet="0123456789OoIlSB.,-/ :;xX*EFTUMAGJWZ\xa0\u200b\x00'\"=", max_size=14),
    st.from_regex(r"[0-9A-Za-z]{4,6}[-: ,.]?[0-9A-Za-z]{0,3}", fullmatch=True),
)


@settings(max_examples=400, deadline=None)
@given(NEARLY)
def test_whatever_stands_in_the_code_field_has_one_finding_or_none(text: str) -> None:
    code = values.code(text)
    line = ServiceLine(code=code, written=Written(code=text))
    found = [one for one in format_book().check_line(line) if one.part.name == "code"]
    assert len(found) <= 1, [one.rule for one in found]
    if not code and not is_nothing(text) and text.strip().upper() not in ("NA", "#NA"):
        assert len(found) == 1
    if text == code:
        assert not found


@settings(max_examples=400, deadline=None)
@given(NEARLY)
def test_whatever_stands_in_a_modifier_field_has_one_finding_or_none(text: str) -> None:
    modifier = values.modifier(text)
    line = ServiceLine(code="76380", modifiers=(modifier,), written=Written(code="76380", modifiers=(text,)))
    found = format_book().check_line(line)
    assert len(found) <= 1, [one.rule for one in found]
    if not modifier and not is_nothing(text):
        assert len(found) == 1
    if text == modifier:
        assert not found


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=20),
        st.from_regex(r"[0-9]{1,4}[-/. ][0-9A-Za-z]{1,4}[-/. ][0-9]{1,5}", fullmatch=True),
    )
)
def test_any_other_field_may_hold_anything(text: str) -> None:
    written = Written(code="76380", units=text, date=text, date_to=text, place=text, charge=text)
    line = ServiceLine(
        code="76380",
        units=values.number(text),
        since=values.day(text),
        until=values.day(text),
        place=values.place(text),
        charge=values.money(text),
        written=written,
    )
    parts = [one.part for one in format_book().check_line(line)]
    assert len(parts) == len(set(parts))
    if line.since is None and not is_nothing(text):
        assert parts.count(parts[0]) == 1 and any(part.name == "date" for part in parts)

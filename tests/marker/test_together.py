"""Rules that set line against line: what they find, and above all what they leave alone."""

from __future__ import annotations

import pytest
from tests.harness import analyse, check, findings

from superbill.charges.dialect import AddModifiers, RemoveLine, RemoveModifiers, SetValue
from superbill.charges.model import Part
from superbill.engine.mending import edits_for

HEAD = "patient,npi,dos,cpt,mod,units,pos,charge"


def claim(*rows: str, head: str = HEAD) -> str:
    """A charge file with these rows; a row of marks stays as it is."""
    return "\n".join([head, *rows]) + "\n"


def quiet(text: str, rule: str, kind: str = "csv", payer: str = "medicare-b") -> None:
    """One rule says nothing of a text."""
    found = [one.finding.message for one in findings(text, kind, payer) if one.finding.rule == rule]
    assert not found, found


# -- L1001: exact duplicates -----------------------------------------------------------------------------------------


def test_third_equal_line_is_found_too() -> None:
    check(
        "patient,dos,cpt,mod,units,pos\n"
        "P1,2025-10-15,93000,,1,11\n"
        "P1,2025-10-15,93000,,1,11\n"
        "              ^^^^^ L1001\n"
        "P1,2025-10-15,93000,,1,11\n"
        "              ^^^^^ L1001\n",
        only="L1001",
    )


@pytest.mark.parametrize("modifier", ["76", "77", "91", "59", "XE", "XS", "XP", "XU", "50", "79"])
def test_equal_lines_that_a_modifier_tells_apart(modifier: str) -> None:
    row = f"P1,,2025-10-15,93000,{modifier},1,11,40.00"
    quiet(claim(row, row), "L1001")


@pytest.mark.parametrize(
    "other",
    [
        "P1,,2025-10-15,93000,76,3,11,40.00",  # the 76 line that carries the remaining units
        "P1,,2025-10-15,93000,,2,11,40.00",
        "P1,,2025-10-15,93000,,1,22,40.00",
        "P1,,2025-10-15,93000,,1,11,41.00",
        "P1,1234567893,2025-10-15,93000,,1,11,40.00",
        "P1,,2025-10-16,93000,,1,11,40.00",
        "P2,,2025-10-15,93000,,1,11,40.00",
        "P1,,2025-10-15,93010,,1,11,40.00",
    ],
)
def test_lines_that_differ_in_one_thing_are_no_duplicates(other: str) -> None:
    quiet(claim("P1,,2025-10-15,93000,,1,11,40.00", other), "L1001")


def test_left_and_right_are_two_services() -> None:
    quiet(claim("P1,,2025-10-15,73562,LT,1,11,40.00", "P1,,2025-10-15,73562,RT,1,11,40.00"), "L1001")


def test_order_of_modifiers_makes_no_difference() -> None:
    check(
        "patient,dos,cpt,mod,units,pos\n"
        "P1,2025-10-15,73562,26 RT,1,22\n"
        "P1,2025-10-15,73562,RT 26,1,22\n"
        "              ^^^^^ L1001\n",
        only="L1001",
    )


def test_a_code_cited_twice_in_a_note_is_no_duplicate() -> None:
    quiet("# Visit\nCPT: 99213\n\nBilled 99213.\n", "L1001", "md")


def test_duplicate_lab_test_offers_91() -> None:
    text = claim("P1,,2025-10-15,85025,,1,11,9.00", "P1,,2025-10-15,85025,,1,11,9.00")
    (found,) = [one for one in findings(text) if one.finding.rule == "L1001"]
    assert [fix.title.split(" (")[0] for fix in found.finding.fixes] == [
        "Remove this line", "Add modifier 91", "Add modifier 59",
    ]  # fmt: skip
    assert not any(fix.preferred for fix in found.finding.fixes)
    assert [(place.part.name, place.message) for place in found.related] == [("code", "the same line")]


# -- L1013, L1014: components ------------------------------------------------------------------------------------------


def test_global_with_technical_part_is_an_error() -> None:
    check(
        "patient,dos,cpt,mod,units,pos\n"
        "P1,2025-10-15,71046,,1,11\n"
        "P1,2025-10-15,71046,TC,1,11\n"
        "                    ^^ L1013 error\n",
        only="L1013",
    )


@pytest.mark.parametrize(
    "rows",
    [
        ("P1,,2025-10-15,71046,,1,11,1", "P1,,2025-10-15,71046,26 76,1,11,1"),
        ("P1,,2025-10-15,71046,,1,11,1", "P1,,2025-10-15,71046,26 59,1,11,1"),
        ("P1,,2025-10-15,71046,,1,11,1", "P1,,2025-10-15,71046,26,1,22,1"),
        ("P1,,2025-10-15,71046,,1,11,1", "P1,,2025-10-16,71046,26,1,11,1"),
        ("P1,,2025-10-15,73562,LT,1,11,1", "P1,,2025-10-15,73562,26 RT,1,11,1"),
        ("P1,1111111112,2025-10-15,71046,,1,11,1", "P1,2222222228,2025-10-15,71046,26,1,11,1"),
        ("P1,,2025-10-15,93000,,1,11,1", "P1,,2025-10-15,93000,26,1,11,1"),  # PC/TC 4: other rules judge it
    ],
)
def test_two_studies_are_not_global_and_component(rows: tuple[str, str]) -> None:
    quiet(claim(*rows), "L1013")


def test_merging_two_halves_adds_up_the_charge() -> None:
    text = claim("P1,,2025-10-15,70450,26,1,11,60.00", "P1,,2025-10-15,70450,TC,1,11,140.00")
    (found,) = [one for one in findings(text) if one.finding.rule == "L1014"]
    assert found.finding.severity == "hint"
    (fix,) = found.finding.fixes
    assert fix.operations == (RemoveLine(),)
    assert fix.also == ((0, RemoveModifiers((0,))), (0, SetValue(Part("charge"), "200.00")))


@pytest.mark.parametrize(
    "rows",
    [
        ("P1,,2025-10-15,70450,26,1,22,1", "P1,,2025-10-15,70450,TC,1,22,1"),  # the facility bills TC there
        ("P1,,2025-10-15,70450,26,1,11,1", "P1,,2025-10-15,70450,TC,1,49,1"),
        ("P1,1111111112,2025-10-15,70450,26,1,11,1", "P1,2222222228,2025-10-15,70450,TC,1,11,1"),
        ("P1,,2025-10-15,73562,26 LT,1,11,1", "P1,,2025-10-15,73562,TC RT,1,11,1"),
    ],
)
def test_halves_that_must_stay_apart(rows: tuple[str, str]) -> None:
    quiet(claim(*rows), "L1014")


# -- L1015 to L1019: 3-D rendering ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "base", ["74177", "70553", "76705", "76380", "73721", "71275", "78452", "77049", "76872", "36224", "93306", "76942"]
)
def test_a_study_that_can_be_rendered(base: str) -> None:
    quiet(claim(f"P1,,2025-10-15,{base},26,1,22,1", "P1,,2025-10-15,76377,26,1,22,1"), "L1015")


@pytest.mark.parametrize("base", ["99213", "71046", "20610", "93000"])
def test_nothing_to_render(base: str) -> None:
    text = claim(f"P1,,2025-10-15,{base},,1,22,1", "P1,,2025-10-15,76377,26,1,22,1")
    assert [one.finding.severity for one in findings(text) if one.finding.rule == "L1015"] == ["warning"]


def test_base_study_of_another_provider_will_do() -> None:
    quiet(claim("P1,1111111112,2025-10-15,74177,26,1,22,1", "P1,2222222228,2025-10-15,76377,26,1,22,1"), "L1015")


def test_base_study_of_another_patient_will_not_do() -> None:
    check(
        "patient,dos,cpt,mod,units,pos\n"
        "P2,2025-10-15,74177,26,1,22\n"
        "P1,2025-10-15,76377,26,1,22\n"
        "              ^^^^^ L1015\n",
        only="L1015",
    )


def test_both_3d_codes_once_for_each_76376() -> None:
    check(
        "patient,dos,cpt,mod,units,pos\n"
        "P1,2025-10-15,74177,26,1,22\n"
        "P1,2025-10-15,76376,26 59,1,22\n"
        "              ^^^^^ L1016\n"
        "P1,2025-10-15,76377,26,1,22\n",
        only="L1",
    )


@pytest.mark.parametrize("code", ["70496", "71275", "74174", "75635", "70547", "74185", "C8900"])
def test_angiography_is_an_error_where_the_table_covers_the_day(code: str) -> None:
    check(
        "patient,dos,cpt,mod,units,pos\n"
        f"P1,2024-08-01,{code},26,1,22\n"
        "P1,2024-08-01,76376,26,1,22\n"
        "              ^^^^^ L1017 error\n",
        only="L1017",
    )


def test_angiography_is_a_warning_elsewhere_and_says_so() -> None:
    text = claim("P1,,2025-10-15,71275,26,1,22,1", "P1,,2025-10-15,76376,26,1,22,1")
    (found,) = [one.finding for one in findings(text) if one.finding.rule == "L1017"]
    assert found.severity == "warning"
    assert "does not cover 2025-10-15" in found.message
    inside = text.replace("2025-10-15", "2024-08-01")
    (found,) = [one.finding for one in findings(inside, payer="generic-commercial") if one.finding.rule == "L1017"]
    assert found.severity == "warning"


def test_no_modifier_and_no_third_study_saves_3d_beside_angiography() -> None:
    check(
        "patient,dos,cpt,mod,units,pos\n"
        "P1,2025-10-15,71275,26,1,22\n"
        "P1,2025-10-15,73700,26 LT,1,22\n"
        "P1,2025-10-15,76376,26 59,1,22\n"
        "              ^^^^^ L1017\n",
        only="L1017",
    )


@pytest.mark.parametrize("code", ["70544", "74261", "75574", "75561", "77049", "78452", "78429"])
@pytest.mark.parametrize("modifier", ["59", "XS", "XE", "XU"])
def test_third_study_with_a_modifier_is_left_alone(code: str, modifier: str) -> None:
    quiet(
        claim(
            f"P1,,2025-10-15,{code},26,1,22,1",
            "P1,,2025-10-15,74177,26,1,22,1",
            f"P1,,2025-10-15,76377,26 {modifier},1,22,1",
        ),
        "L1017",
    )


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        (("78452,26", "74177,26", "76377,26"), "59 or XS"),
        (("78452,26", "76377,26 59"), "none is on this claim"),
        (("70544,26", "76377,26 76"), "none is on this claim"),
        (("78452,26", "74177,26", "76377,26 76"), "59 or XS"),
    ],
)
def test_third_study_missing_or_unmarked(rows: tuple[str, ...], word: str) -> None:
    text = claim(*(f"P1,,2024-08-01,{row},1,22,1" for row in rows))
    (found,) = [one.finding for one in findings(text) if one.finding.rule == "L1017"]
    assert found.severity == "warning" and word in found.message


def test_codes_of_2026_count_from_2026_and_never_as_an_error() -> None:
    text = claim("P1,,2026-02-01,70471,26,1,22,1", "P1,,2026-02-01,76377,26,1,22,1")
    assert [one.finding.severity for one in findings(text) if one.finding.rule == "L1017"] == ["warning"]
    quiet(text.replace("2026-02-01", "2025-12-31"), "L1017")


def test_angiogram_of_another_provider_or_day() -> None:
    quiet(claim("P1,1111111112,2025-10-15,71275,26,1,22,1", "P1,2222222228,2025-10-15,76377,26,1,22,1"), "L1017")
    quiet(claim("P1,,2025-10-14,71275,26,1,22,1", "P1,,2025-10-15,76377,26,1,22,1"), "L1017")


def test_component_of_the_3d_follows_the_study() -> None:
    check(
        "patient,dos,cpt,mod,units,pos\n"
        "P1,2025-10-15,74177,,1,11\n"
        "P1,2025-10-15,76376,26,1,11\n"
        "                    ^^ L1018\n"
        "P2,2025-10-15,74177,26,1,22\n"
        "P2,2025-10-15,76376,TC,1,22\n"
        "                    ^^ L1018\n",
        only="L1018",
    )


@pytest.mark.parametrize(
    "rows",
    [
        ("74177,26,1,11", "76376,26,1,11"),
        ("74177,,1,11", "76376,,1,11"),
        ("74177,26,1,22", "76376,26,1,22"),
        ("74177,26,1,11", "74177,TC,1,11", "76376,,1,11"),  # the study was billed in halves
        ("74177,26,1,22", "76376,,1,11"),  # another place
        ("74177,26,1,22", "76376,,1,22"),  # global in a facility place is another rule's
    ],
)
def test_components_that_need_no_word(rows: tuple[str, ...]) -> None:
    quiet(claim(*(f"P1,,2025-10-15,{row},1" for row in rows)), "L1018")


def test_needle_map_only_without_a_diagnostic_study() -> None:
    check(
        "patient,dos,cpt,mod,units,pos\n"
        "P1,2025-10-15,77012,26,1,22\n"
        "P1,2025-10-15,76377,26,1,22\n"
        "              ^^^^^ L1019\n",
        only="L101",
    )
    quiet(
        claim("P1,,2025-10-15,76942,26,1,22,1", "P1,,2025-10-15,76872,26,1,22,1", "P1,,2025-10-15,76376,26,1,22,1"),
        "L1019",
    )


# -- L1020, L1021: limited CT -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code",
    ["74177", "70450", "71275", "75635", "74261", "75574", "0633T", "77012", "77078", "72192", "73700"],
)
def test_any_other_ct_of_the_day(code: str) -> None:
    text = claim(f"P1,,2025-10-15,{code},26,1,22,1", "P1,,2025-10-15,76380,26,1,22,1")
    (found,) = [one for one in findings(text) if one.finding.rule == "L1020"]
    assert found.finding.severity == "warning" and found.finding.code == "76380"
    assert [other.message for other in found.related] == [f"{code}, the other CT of this day"]
    assert not any(fix.preferred for fix in found.finding.fixes)


@pytest.mark.parametrize(
    "rows",
    [
        ("74177,26", "76380,26 59"),
        ("74177,26", "76380,26 XE"),
        ("74177,26 XE", "76380,26"),  # on either line since 2019
        ("74183,26", "76380,26"),
        ("76705,26", "76380,26"),
        ("99213,25", "76380,26"),
        ("76376,26", "76380,26"),
    ],
)
def test_limited_ct_left_alone(rows: tuple[str, ...]) -> None:
    quiet(claim(*(f"P1,,2025-10-15,{row},1,22,1" for row in rows)), "L1020")


def test_another_structure_is_not_another_encounter() -> None:
    text = claim("P1,,2025-10-15,74177,26,1,22,1", "P1,,2025-10-15,76380,26 XS,1,22,1")
    (found,) = [one.finding for one in findings(text) if one.finding.rule == "L1020"]
    assert "XS and XU do not say so" in found.message


def test_ct_guidance_code_that_ended() -> None:
    text = claim("P1,,2025-12-31,77014,26,1,22,1", "P1,,2025-12-31,76380,26,1,22,1")
    assert [one for one in findings(text) if one.finding.rule == "L1020"]
    quiet(text.replace("2025-12-31", "2026-01-02"), "L1020")


def test_limited_ct_twice() -> None:
    check(
        "patient,dos,cpt,mod,units,pos\n"
        "P1,2025-10-15,76380,26,1,22\n"
        "P1,2025-10-15,76380,26,1,22\n"
        "              ^^^^^ L1021 information\n",
        only="L",
    )
    for second in ("26 76", "26 77", "26 59", "26 XE", "TC"):
        quiet(claim("P1,,2025-10-15,76380,26,1,22,1", f"P1,,2025-10-15,76380,{second},1,22,1"), "L1021")


def test_three_limited_cts_are_left_to_the_unit_limit() -> None:
    row = "P1,,2025-10-15,76380,26,1,22,1"
    assert [one.finding.rule for one in findings(claim(row, row, row))] == ["U903"]


# -- L1030, L1031: visits beside procedures -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("visit", "procedure"),
    [("99203", "20610,RT"), ("99285", "12001,"), ("99213", "17000,"), ("99214", "11102,"), ("99291", "10060,")],
)
def test_visit_beside_a_minor_procedure(visit: str, procedure: str) -> None:
    text = claim(f"P1,,2025-10-15,{visit},,1,11,1", f"P1,,2025-10-15,{procedure},1,11,1")
    (found,) = [one for one in findings(text) if one.finding.rule == "L1030"]
    assert found.finding.code == visit and found.finding.severity == "warning"
    (fix,) = found.finding.fixes
    assert fix.operations == (AddModifiers(("25",)),) and not fix.preferred
    assert "note documents" in found.finding.message


@pytest.mark.parametrize("modifier", ["24", "25", "57", "FT"])
def test_visit_that_a_modifier_parts(modifier: str) -> None:
    for procedure in ("17000,", "27447,RT"):
        text = claim(f"P1,,2025-10-15,99213,{modifier},1,11,1", f"P1,,2025-10-15,{procedure},1,11,1")
        quiet(text, "L1030")
        quiet(text, "L1031")


@pytest.mark.parametrize(
    "rows",
    [
        ("99213,,1,11,1", "93000,,1,11,1"),  # XXX: no package
        ("99213,,1,11,1", "36415,,1,11,1"),
        ("99213,,1,11,1", "96372,,1,11,1"),
        ("99213,,1,11,1", "90471,,1,11,1"),
        ("99213,,1,11,1", "71046,,1,11,1"),
        ("99213,,1,11,1", "20610,RT 55,1,11,1"),
        ("99406,,1,11,1", "17000,,1,11,1"),
        ("G2211,,1,11,1", "17000,,1,11,1"),
    ],
)
def test_visit_that_needs_no_25(rows: tuple[str, ...]) -> None:
    quiet(claim(*(f"P1,,2025-10-15,{row}" for row in rows)), "L1030")


def test_visit_of_another_provider_patient_or_day() -> None:
    quiet(claim("P1,1111111112,2025-10-15,99213,,1,11,1", "P1,2222222228,2025-10-15,17000,,1,11,1"), "L1030")
    quiet(claim("P1,,2025-10-15,99213,,1,11,1", "P2,,2025-10-15,17000,,1,11,1"), "L1030")
    quiet(claim("P1,,2025-10-14,99213,,1,11,1", "P1,,2025-10-15,17000,,1,11,1"), "L1030")


def test_major_procedure_asks_for_57_and_only_for_that() -> None:
    check(
        "patient,dos,cpt,mod,units,pos\n"
        "P1,2025-10-15,99222,,1,21\n"
        "              ^^^^^ L1031\n"
        "P1,2025-10-15,27447,LT,1,21\n"
        "P1,2025-10-15,20610,RT,1,21\n",
        only="L",
    )


def test_assistant_has_no_package() -> None:
    quiet(claim("P1,,2025-10-15,99222,,1,21,1", "P1,,2025-10-15,27447,LT AS,1,21,1"), "L1031")


# -- L1034: two visits ----------------------------------------------------------------------------------------------------


def two(first: str, second: str, npi: str = "1234567893") -> list[str]:
    text = claim(f"P1,{npi},2025-10-15,{first},1,21,1", f"P1,{npi},2025-10-15,{second},1,21,1")
    return [one.finding.code for one in findings(text) if one.finding.rule == "L1034"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("99202,", "99203,"),
        ("99221,", "99223,"),
        ("99231,", "99232,"),
        ("99222,", "99232,"),
        ("99305,", "99308,"),
        ("99235,", "99221,"),
        ("99239,", "99235,"),
        ("99468,", "99469,"),
    ],
)
def test_visits_that_exclude_each_other(first: str, second: str) -> None:
    assert two(first, second) == [second[:5]]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("99213,", "99232,"),
        ("99222,", "99232,25"),
        ("99213,", "99214,"),  # an office visit twice a day may be right; payers look, the manual does not forbid it
        ("99291,", "99232,"),
        ("99238,", "99305,"),
        ("99385,", "99203,25"),
        ("99203,", "99243,"),
        ("99221,", "99238,"),
    ],
)
def test_visits_that_may_stand_together(first: str, second: str) -> None:
    assert two(first, second) == []


def test_two_visits_without_a_named_provider_are_left_alone() -> None:
    assert two("99222,", "99232,", npi="") == []
    text = claim("P1,1111111112,2025-10-15,99232,,1,21,1", "P1,2222222228,2025-10-15,99233,,1,21,1")
    quiet(text, "L1034")


# -- L1041: mammograms --------------------------------------------------------------------------------------------------


def test_each_mammogram_is_told_what_it_lacks() -> None:
    check(
        "patient,dos,cpt,mod,units,pos\n"
        "P1,2025-10-15,77067,26,1,22\n"
        "              ^^^^^ L1041\n"
        "P1,2025-10-15,77066,26 GG,1,22\n"
        "P2,2025-10-15,77067,26 XU,1,22\n"
        "P2,2025-10-15,77066,26,1,22\n"
        "              ^^^^^ L1041\n"
        "P3,2025-10-15,77067,26 59,1,22\n"
        "P3,2025-10-15,77066,26 GG,1,22\n"
        "P4,2025-10-15,77067,26,1,22\n"
        "P5,2025-10-15,77066,26,1,22\n",
        only="L1041",
    )


def test_mammogram_mend_reaches_the_other_line() -> None:
    text = claim("P1,,2025-10-15,77067,26,1,22,1", "P1,,2025-10-15,77066,26,1,22,1")
    first = next(one.finding for one in findings(text) if one.finding.code == "77067")
    assert [fix.title for fix in first.fixes] == [
        "Add modifier 59, and GG to 77066", "Add modifier XU, and GG to 77066",
    ]  # fmt: skip
    assert first.fixes[0].also == ((1, AddModifiers(("GG",))),)
    assert not any(fix.preferred for fix in first.fixes)


def test_mammograms_of_other_payers() -> None:
    text = claim("P1,,2025-10-15,77067,26,1,22,1", "P1,,2025-10-15,77066,26,1,22,1")
    quiet(text, "L1041", payer="generic-commercial")


# -- L1042: anesthesia ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rows",
    [
        ("01967,AA,1", "01968,AA,1"),
        ("00790,QK,95", "00790,QX,95"),
        ("00790,AA,95", "00840,AA 59,60"),
        ("00790,AA,95", "00840,AA 78,60"),
        ("00790,AA,95", "01996,,1"),
        ("00790,AA,95", "99140,,1"),
    ],
)
def test_anesthesia_that_may_stand_together(rows: tuple[str, ...]) -> None:
    quiet(claim(*(f"P1,,2025-10-15,{row},22,1" for row in rows)), "L1042")


def test_second_anesthesia_code() -> None:
    check(
        "patient,dos,cpt,mod,units,pos\n"
        "P1,2025-10-15,00790,AA,95,22\n"
        "P1,2025-10-15,00840,AA,95,22\n"
        "              ^^^^^ L1042\n"
        "P2,2025-10-15,00840,AA,95,22\n",
        only="L1042",
    )


# -- mends in the file ------------------------------------------------------------------------------------------------------


def mended(text: str, rule: str, title: str) -> str:
    """The text after a fix of a rule's first finding."""
    analysis = analyse(text)
    located = next(one for one in analysis.findings() if one.finding.rule == rule)
    fix = next(fix for fix in located.finding.fixes if fix.title.startswith(title))
    edits = edits_for(analysis, located, fix)
    assert edits
    lines = text.split("\n")
    for edit in reversed(edits):
        first, last = edit.start, edit.end
        tail = lines[last.line][last.column :] if last.line < len(lines) else ""
        lines[first.line : last.line + 1] = (lines[first.line][: first.column] + edit.text + tail).split("\n")
    return "\n".join(lines)


def test_two_halves_become_one_line() -> None:
    text = claim(
        "P1,,2025-10-15,70450,26,1,11,60.00", "P1,,2025-10-15,70450,TC,1,11,140.00", "P2,,2025-10-15,71046,,1,11,9"
    )
    assert mended(text, "L1014", "Make it one") == claim(
        "P1,,2025-10-15,70450,,1,11,200.00", "P2,,2025-10-15,71046,,1,11,9"
    )


def test_both_mammograms_are_marked_at_once() -> None:
    text = claim("P1,,2025-10-15,77067,26,1,22,1", "P1,,2025-10-15,77066,26,1,22,1")
    after = mended(text, "L1041", "Add modifier XU")
    assert "XU" in after.split("\n")[1] and "GG" in after.split("\n")[2]
    quiet(after, "L1041")


@pytest.mark.parametrize(
    ("rows", "rule", "title"),
    [
        (("74177,26", "76380,26"), "L1020", "Add modifier XE"),
        (("74177,26", "76380,26"), "L1020", "Remove the 76380"),
        (("71275,26", "76376,26"), "L1017", "Remove the 76376"),
        (("93000,", "93000,"), "L1001", "Add modifier 76"),
        (("93000,", "93000,"), "L1001", "Remove this line"),
        (("99213,", "17000,"), "L1030", "Add modifier 25"),
        (("99223,", "27447,RT"), "L1031", "Add modifier 57"),
        (("76380,26", "76380,26"), "L1021", "Add modifier 77"),
        (("70450,", "70450,26"), "L1013", "Remove this line"),
    ],
)
def test_a_mend_ends_the_finding(rows: tuple[str, ...], rule: str, title: str) -> None:
    text = claim(*(f"P1,,2025-10-15,{row},1,11,1" for row in rows))
    quiet(mended(text, rule, title), rule)


def test_component_of_the_3d_is_matched() -> None:
    text = claim("P1,,2025-10-15,74177,26,1,11,1", "P1,,2025-10-15,76376,,1,11,1")
    assert mended(text, "L1018", "Add modifier 26") == claim(
        "P1,,2025-10-15,74177,26,1,11,1", "P1,,2025-10-15,76376,26,1,11,1"
    )

"""Modifiers that must not, and modifiers that may, stand on one line."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest
from tests.harness import check
from tests.marker.test_codes import knowing

from superbill.charges.model import ServiceLine, Written


def every(rule: str, severity: str, code: str, modifiers: str) -> list[tuple[str, str, str, str]]:
    """Each two of some modifiers."""
    return [(rule, severity, code, " ".join(two)) for two in combinations(modifiers.split(), 2)]


#: What must not stand together, and a code to try it on, chosen so that no rule on the code speaks instead.
CLASHES = [
    ("X701", "error", "76380", "26 TC"),
    ("X702", "warning", "73562", "50 LT"),
    ("X702", "warning", "73562", "50 RT"),
    ("X703", "warning", "73562", "LT RT"),
    *(("X704", "warning", "76380", f"59 {m}") for m in ("XE", "XP", "XS", "XU")),
    *every("X705", "warning", "76380", "XE XP XS XU"),
    ("X706", "error", "76380", "76 77"),
    *(("X707", "error", "22612", f"62 {m}") for m in ("66", "80", "81", "82", "AS")),
    *(("X707", "error", "22612", f"66 {m}") for m in ("80", "81", "82")),
    *every("X708", "error", "22612", "80 81 82"),
    *(("X708", "warning", "22612", f"{m} AS") for m in ("80", "81", "82")),
    ("X709", "error", "45378", "52 53"),
    ("X709", "error", "45378", "73 74"),
    ("X709", "error", "45378", "53 73"),
    ("X709", "error", "45378", "53 74"),
    ("X710", "warning", "22612", "54 55"),
    ("X710", "warning", "22612", "54 56"),
    ("X711", "error", "22612", "58 78"),
    ("X711", "error", "22612", "58 79"),
    ("X711", "error", "22612", "78 79"),
    ("X712", "information", "99213", "24 57"),
    ("X713", "warning", "22612", "22 52"),
    *(("X714", "error", "99213", two) for two in ("93 95", "95 GT", "93 GQ", "GQ GT")),
    *every("X715", "error", "76380", "GA GY GZ"),
    *(("X715", "error", "76380", f"GX {m}") for m in ("EY", "GA", "GL", "GZ", "KB", "QL", "TQ")),
    *every("X716", "error", "97110", "GN GO GP"),
    ("X716", "error", "97110", "CQ CO"),
    *every("X717", "error", "00790", "AA AD QK QX QY QZ"),
    ("X718", "error", "J1100", "JW JZ"),
    *every("X719", "error", "00790", "P1 P2 P3 P4 P5 P6"),
    *every("X720", "error", "E0601", "NU RR UE"),
    *(("X721", "warning", "85025", f"91 {m}") for m in ("76", "77")),
    ("X721", "warning", "88305", "91 77"),
]  # fmt: skip

#: Seen on real claims and right: X723 of the catalog of rules is that nothing is said of them.
LEGAL = [
    "50 51", "50 54", "50 55", "50 62", "50 66", "50 80", "50 62 54", "50 66 54", "51 54", "51 55", "51 62",
    "51 66", "51 80", "51 62 54", "62 54", "62 55", "66 54", "66 55",
]  # fmt: skip


def pairs(code: str, *modifiers: str, place: str = "11", payer: str = "medicare-b") -> list[str]:
    """The rules on pairs that speak of a line, with their severities."""
    line = ServiceLine(code, modifiers, place=place, written=Written(code=code, modifiers=modifiers))
    return [f"{one.rule} {one.severity}" for one in knowing(payer=payer).check_line(line) if one.rule[0] == "X"]


@pytest.mark.parametrize(("rule", "severity", "code", "modifiers"), CLASHES)
def test_clash_in_both_orders(rule: str, severity: str, code: str, modifiers: str) -> None:
    for one in permutations(modifiers.split()):
        assert pairs(code, *one) == [f"{rule} {severity}"], one
        assert pairs(code, one[0], "GC", one[1]) == [f"{rule} {severity}"], one
    for one_modifier in modifiers.split():
        assert pairs(code, one_modifier) == []


@pytest.mark.parametrize(("rule", "severity", "code", "modifiers"), CLASHES)
def test_clash_is_underlined_at_the_later_modifier(rule: str, severity: str, code: str, modifiers: str) -> None:
    for one in permutations(modifiers.split()):
        line = ServiceLine(code, ("", *one), written=Written(code=code, modifiers=("", *one)))
        found = [finding for finding in knowing().check_line(line) if finding.rule == rule]
        assert [finding.part.index for finding in found] == [2]
        assert found[0].message.startswith(f"{code}-{one[1]}: ")
        assert found[0].message.removesuffix(" (payer profile Medicare Part B)").endswith(".")


def test_all_parts_of_one_operation() -> None:
    for one in permutations(("54", "55", "56")):
        assert pairs("22612", *one) == ["X710 warning"], one


def test_a_reading_of_a_visit_is_told_by_the_component() -> None:
    """26 beside 25: a visit has no parts, and the rule on components says so in either order."""
    for one in permutations(("25", "26")):
        found = knowing().check_line(ServiceLine("99213", one, written=Written(code="99213", modifiers=one)))
        assert [(f.rule, f.severity) for f in found if f.severity != "hint"] == [("K501", "error")], one


@pytest.mark.parametrize("modifiers", LEGAL)
def test_legal_combinations_are_silent(modifiers: str) -> None:
    for code in ("22612", "20610", "27447"):
        for one in permutations(modifiers.split()):
            line = ServiceLine(code, one, written=Written(code=code, modifiers=one))
            found = [f for f in knowing().check_line(line) if f.rule[0] in "XMO" and f.severity != "hint"]
            assert found == [], (code, one)


def test_no_fix_of_this_group_is_preferred_but_the_mechanical_ones() -> None:
    preferred = set()
    for _, _, code, modifiers in CLASHES:
        line = ServiceLine(code, tuple(modifiers.split()), written=Written(code=code))
        for finding in knowing().check_line(line):
            if finding.rule[0] == "X":
                assert finding.fixes, finding.rule
                preferred |= {finding.rule for fix in finding.fixes if fix.preferred}
    assert preferred == {"X704"}


def test_surgery_center_keeps_the_sides() -> None:
    check(
        "dos,cpt,mod1,mod2,units,pos\n2025-10-15,73562,50,RT,1,24\n                    ^^ X702 warning\n",
        only="X",
    )
    line = ServiceLine("73562", ("50", "RT"), place="24")
    found = next(finding for finding in knowing().check_line(line) if finding.rule == "X702")
    assert [fix.title for fix in found.fixes] == ["Remove modifier 50"]
    elsewhere = next(
        f for f in knowing().check_line(ServiceLine("73562", ("50", "RT"), place="11")) if f.rule == "X702"
    )
    assert [fix.title for fix in elsewhere.fixes] == ["Remove modifier RT", "Remove modifier 50"]


def test_both_sides_on_one_line_by_payer() -> None:
    text = "dos,cpt,mod1,mod2,units,pos\n2025-10-15,73562,LT,RT,{},11\n                    ^^ X703 {}\n"
    check(text.format(2, "warning"), only="X")
    check(text.format(1, "warning"), payer="generic-commercial", only="X")
    check(text.format(2, "information"), payer="generic-commercial", only="X")


def test_both_sides_with_50_is_one_finding() -> None:
    assert pairs("73562", "50", "LT", "RT") == ["X702 warning"]


def test_codes_without_sides_are_for_other_rules() -> None:
    # 76380 has no sides (indicator 0); 92133 counts both already (2).
    for code in ("76380", "92133"):
        assert pairs(code, "LT", "RT") == [] and pairs(code, "50", "LT") == []


def test_ambulance_letters_are_no_modifiers() -> None:
    assert pairs("E0601", "RR", "NU") == ["X720 error"]
    assert pairs("A0428", "RR", "NU") == []
    assert pairs("A0428", "GP", "GO") == []
    assert pairs("A0428", "GX", "QL") == [] and pairs("A0428", "GX", "GA") == []
    assert pairs("A0428", "RH", "GA", "GZ") == ["X715 error"]


def test_notices_that_go_together() -> None:
    assert pairs("76380", "GX", "GY") == [] and pairs("76380", "GX", "TS") == []


def test_laboratory_pairs_are_said_once() -> None:
    for code, rule in (("85025", "X721"), ("88305", "X721"), ("22612", "K601")):
        line = ServiceLine(code, ("91", "76"), written=Written(code=code, modifiers=("91", "76")))
        found = [finding.rule for finding in knowing().check_line(line) if finding.rule[0] in "XK"]
        assert found == [rule], code


def test_anesthesia_pairs_are_said_once() -> None:
    line = ServiceLine("00790", ("AA", "QK"), written=Written(code="00790", modifiers=("AA", "QK")))
    assert [finding.rule for finding in knowing().check_line(line)] == ["X717"]


def test_component_on_a_visit_is_said_once() -> None:
    for code, modifiers in (("99213", ("25", "26")), ("76380", ("25", "26"))):
        assert pairs(code, *modifiers) == []


def test_the_same_modifier_twice_is_no_pair() -> None:
    for code, modifier in (("76380", "76"), ("00790", "P3"), ("97110", "GP"), ("76380", "XE")):
        assert pairs(code, modifier, modifier) == []


def test_three_of_a_kind_are_one_finding() -> None:
    assert pairs("22612", "58", "78", "79") == ["X711 error"]
    assert pairs("00790", "AA", "QK", "QZ") == ["X717 error"]
    assert pairs("22612", "54", "55", "56") == ["X710 warning"]


def test_assistants_by_payer() -> None:
    assert pairs("22612", "80", "AS") == ["X708 warning"]
    assert pairs("22612", "80", "82", "AS") == ["X708 error"]
    assert pairs("22612", "66", "AS") == []


def test_cited_codes_are_judged_too() -> None:
    check(
        "The line was billed as 76380-26-TC.\n                                ^^ X701 error\n",
        "md",
        only="X7",
    )


def test_a_code_that_cannot_be_read_is_left_alone() -> None:
    check("dos,cpt,mod1,mod2,units,pos\n2025-10-15,7638,26,TC,1,11\n", only="X")

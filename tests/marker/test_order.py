"""The order of modifiers: at most one finding, and one mend that settles it."""

from __future__ import annotations

from itertools import permutations

import pytest
from tests.harness import check
from tests.marker.test_codes import knowing

from superbill.charges.dialect import SetModifiers
from superbill.charges.model import ServiceLine, Written
from superbill.rules.base import Finding
from superbill.rules.order._sorting import sorted_modifiers

#: A line's modifiers in an unusual order, the rule that speaks, and the usual order.
UNUSUAL = [
    ("45378", "59 53", "O801", "53 59"),
    ("27447", "GC 62", "O801", "62 GC"),
    ("E0601", "KX RR", "O801", "RR KX"),
    ("76380", "XE 26", "O802", "26 XE"),
    ("76380", "GC 26", "O802", "26 GC"),
    ("76380", "52 TC", "O802", "TC 52"),
    ("73562", "RT 26", "O802", "26 RT"),
    ("99140", "QS AA", "O803", "AA QS"),
    ("A0427", "GA RH", "O804", "RH GA"),
    ("A0428", "QM GY SH", "O804", "SH QM GY"),
    ("73562", "RT 59", "O805", "59 RT"),
    ("73562", "LT GC", "O805", "GC LT"),
    ("27447", "RT 62", "O805", "62 RT"),
    ("45385", "51 59", "O806", "59 51"),
    ("45385", "51 78", "O806", "78 51"),
    ("97110", "CQ GP", "O807", "GP CQ"),
    ("97530", "CO 59 GO", "O807", "59 GO CO"),
    ("73562", "RT GC 59 26", "O802", "26 59 GC RT"),
    ("45385", "RT 51 59 22", "O806", "22 59 51 RT"),
]

USUAL = [
    ("76380", "26 XE"),
    ("76380", "26 52"),
    ("76380", "TC 59 GA"),
    ("99213", "25 95"),
    ("20610", "50 59"),
    ("20610", "59 RT"),
    ("45385", "59 51"),
    ("45385", "22 51"),
    ("97110", "GP CQ KX"),
    ("97110", "KX GP"),
    ("97140", "GP 59"),
    ("97140", "59 GP"),
    ("A0427", "RH GY"),
    ("A0425", "SH QM"),
    ("00790", "AA QS P3"),
    ("66984", "54 RT"),
    ("J1100", "JZ TB"),
    ("E0601", "RR KH KX"),
    ("3044F", "8P"),
]


def speaks(code: str, *modifiers: str, payer: str = "medicare-b") -> list[Finding]:
    line = ServiceLine(code, modifiers, written=Written(code=code, modifiers=modifiers))
    return [finding for finding in knowing(payer=payer).check_line(line) if finding.rule[0] == "O"]


@pytest.mark.parametrize(("code", "modifiers", "rule", "wanted"), UNUSUAL)
def test_unusual_order(code: str, modifiers: str, rule: str, wanted: str) -> None:
    found = speaks(code, *modifiers.split())
    assert [finding.rule for finding in found] == [rule]
    (fix,) = found[0].fixes
    assert fix.preferred and fix.operations == (SetModifiers(tuple(wanted.split())),)
    assert fix.title == f"Sort modifiers: {wanted}"
    assert found[0].severity == ("warning" if rule == "O804" else "hint")


@pytest.mark.parametrize(("code", "modifiers", "rule", "wanted"), UNUSUAL)
def test_the_mend_settles_it(code: str, modifiers: str, rule: str, wanted: str) -> None:
    assert speaks(code, *wanted.split()) == []


@pytest.mark.parametrize(("code", "modifiers"), USUAL)
def test_usual_order(code: str, modifiers: str) -> None:
    assert speaks(code, *modifiers.split()) == []


def test_at_most_one_finding_and_sorting_ends() -> None:
    know = knowing().know
    kinds = ["26", "AA", "59", "78", "GP", "CQ", "RT", "P3", "KX", "RR"]
    for code in ("76380", "A0427", "99140", "22612"):
        for modifiers in permutations(kinds, 3):
            found = speaks(code, *modifiers)
            assert len(found) <= 1, (code, modifiers)
            if found:
                line = ServiceLine(code, modifiers)
                wanted = sorted_modifiers(line, know)
                assert tuple(wanted) != modifiers
                assert sorted(wanted) == sorted(modifiers)
                assert speaks(code, *wanted) == [], (code, modifiers, wanted)


def test_ambulance_reads_the_pair_first_even_when_it_is_a_modifier() -> None:
    check(
        "dos,cpt,mod1,mod2,units,pos\n"
        "2025-10-15,A0428,GY,RR,1,41\n"
        "                    ^^ O804 warning\n"
        "2025-10-15,A0428,RR,GY,1,41\n",
        only="O",
    )


def test_anesthesia_lines_are_left_to_the_stronger_rule() -> None:
    assert speaks("00790", "QS", "AA") == []


def test_nothing_is_said_of_order_while_something_worse_is_wrong() -> None:
    assert speaks("73562", "LT", "50") == []  # exclude each other
    assert speaks("76380", "TC", "26") == []
    assert speaks("76380", "Z5", "26") == []  # unknown
    check("dos,cpt,mod1,mod2,units,pos\n2025-10-15,76380,590,26,1,22\n", only="O")  # malformed


def test_empty_slots_and_single_modifiers() -> None:
    assert speaks("76380", "", "26") == []
    assert speaks("76380", "26") == []
    assert speaks("76380") == []

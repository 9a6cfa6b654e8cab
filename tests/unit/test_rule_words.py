"""Rules named in settings and in comments: what is said of them, and what is offered."""

from __future__ import annotations

import pytest
from tests.own import own_rules

from superbill.engine.rule_words import rule_at, rules_in, rules_offered
from superbill.rules.base import Rule
from superbill.rules.book import all_rules
from superbill.rules.own_checks import rules_of
from superbill.text.document import Position

SETTINGS = [
    "rules:\n",
    "  K520: off\n",
    "  bilateral-units: \n",
    "  \n",
    "accept:\n",
    '- "L1016 76376"\n',
    "  - K\n",
    "payer: K520\n",
]


@pytest.mark.parametrize(
    ("line", "column", "rule"),
    [(1, 2, "K520"), (1, 6, "K520"), (1, 9, ""), (2, 8, "K523"), (5, 5, "L1016"), (5, 10, ""), (0, 2, ""), (99, 0, "")],
)
def test_a_rule_under_the_cursor(line: int, column: int, rule: str) -> None:
    found = rule_at(SETTINGS, Position(line, column), True, all_rules)
    assert (found.rule.id if found else "") == rule


def test_elsewhere_a_rule_is_named_behind_the_word_only() -> None:
    text = ["K520 # superbill: ignore K520, L1016\n"]
    assert rule_at(text, Position(0, 1), False, all_rules) is None
    found = rule_at(text, Position(0, 26), False, all_rules)
    assert found is not None and (found.rule.id, found.start, found.end) == ("K520", 25, 29)
    assert rule_at(["L1020,K520\n"], Position(0, 7), False, all_rules) is None


@pytest.mark.parametrize(
    ("line", "column", "first", "count"),
    [(1, 4, "C301", 200), (2, 19, "error", 5), (3, 2, "C301", 200), (6, 5, "C301", 200), (7, 11, "", 0), (0, 3, "", 0)],
)
def test_what_is_offered_in_settings(line: int, column: int, first: str, count: int) -> None:
    found = rules_offered(SETTINGS, Position(line, column), True, all_rules)
    items = [offer.text for offer in found.items] if found else []
    assert items[:1] == ([first] if first else []) and len(items) >= count and (count != 5 or len(items) == 5)


def test_what_is_offered_in_a_comment() -> None:
    text = ["2025-10-15,76380,50 # superbill: ignore K520, L"]
    found = rules_offered(text, Position(0, len(text[0])), False, all_rules)
    assert found is not None and found.typed == "L" and found.start.column == len(text[0]) - 1
    assert rules_offered(text, Position(0, 15), False, all_rules) is None
    assert rules_offered(["  K5\n"], Position(0, 4), False, all_rules) is None


OWN = own_rules("[{id: OUR-1, message: gone, codes: ['76380']}, {id: OUR-SIDES, message: a side, codes: ['73030']}]")


def known() -> dict[str, Rule]:
    return {**all_rules(), **{one.id: one for own in OWN for one in rules_of(own)[:1]}}


@pytest.mark.parametrize(
    "text",
    [
        "rules:\n  K520: off\n  OUR",
        'rules:\n  "OUR',
        "rules: {K520: off, OUR",
        "rules: {OUR",
        "paths:\n  old/*:\n    rules:\n      OUR",
        "paths:\n  old/*:\n    rules:\n      K520: off\n\n      # why\n      OUR",
        "paths:\n  old/*: {rules: {K520: off, OUR",
        "accept:\n  - K520 76380-50\n  - OUR",
        "accept:\n- 'OUR",
        'accept: [K520 76380-50, "OUR',
    ],
)
def test_own_rules_are_offered_first_wherever_settings_name_one(text: str) -> None:
    lines = text.splitlines(keepends=True)
    found = rules_offered(lines, Position(len(lines) - 1, len(lines[-1])), True, known)
    assert found is not None and found.typed == "OUR" and found.start.column == len(lines[-1]) - 3
    assert [offer.text for offer in found.items[:3]] == ["OUR-1", "OUR-SIDES", next(iter(all_rules()))]
    assert found.items[0].why == "warning, workspace rule"


@pytest.mark.parametrize(
    "text", ["own_rules:\n  OUR", "paths:\n  OUR", "paths:\n  old/*:\n    OUR", "columns:\n  x:\n    OUR", "own_rules: {OUR",
             "payer: OUR", "OUR"],
)  # fmt: skip
def test_elsewhere_in_settings_none_is_offered(text: str) -> None:
    lines = text.splitlines(keepends=True)
    assert rules_offered(lines, Position(len(lines) - 1, len(lines[-1])), True, known) is None


def test_severities_are_offered_behind_an_own_rule() -> None:
    for text in ("rules:\n  OUR-1: ", "paths:\n  x:\n    rules:\n      OUR-1: o", "rules: {K520: off, OUR-1: "):
        lines = text.splitlines(keepends=True)
        found = rules_offered(lines, Position(len(lines) - 1, len(lines[-1])), True, known)
        assert found is not None and [offer.text for offer in found.items][-1] == "off"


def test_own_rules_that_are_named_are_found() -> None:
    lines = ["a,OUR-1\n", "# superbill: ignore OUR-1, k520, OUR-2, K520\n", "OUR-SIDES\n"]
    said = [(number, one.rule.id, one.start) for number, one in rules_in(lines, False, known)]
    assert said == [(1, "OUR-1", 20), (1, "K520", 40)]
    assert [number for number, _ in rules_in(lines, True, known)] == [0, 1, 1, 2]
    assert rule_at(lines, Position(0, 3), False, known) is None
    found = rule_at(lines, Position(2, 7), True, known)
    assert found is not None and (found.rule.id, found.start, found.end) == ("OUR-SIDES", 0, 9)


def test_a_file_without_a_comment_asks_for_no_rules() -> None:
    def never() -> dict[str, Rule]:
        raise AssertionError("rules were asked for")

    lines = ["patient,cpt\n", "P1,76380\n"]
    assert list(rules_in(lines, False, never)) == []
    assert rule_at(lines, Position(1, 4), False, never) is None
    assert rules_offered(lines, Position(1, 4), False, never) is None

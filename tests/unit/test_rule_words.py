"""Rules named in settings and in comments: what is said of them, and what is offered."""

from __future__ import annotations

import pytest

from superbill.engine.rule_words import rule_at, rules_offered
from superbill.rules.book import all_rules
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

"""Every rule's documentation is complete, and its examples do what they say."""

from __future__ import annotations

import re

import pytest
from tests.harness import check, draw, findings, unmark

from superbill.rules.base import GROUPS, Rule
from superbill.rules.book import all_rules

HEADINGS = ["What it does", "Why it matters", "Example", "Instead", "Source", "Payers"]
_FENCE = re.compile(r"```(\w+)(?: payer=([\w-]+))?\n(.*?)```", re.DOTALL)

RULES = list(all_rules().values())
#: A million characters, or two hundred lines, are no example for a page; tests/marker/test_container.py has them.
NO_EXAMPLE = {"E252", "E254"}


def examples(rule: Rule, heading: str) -> list[tuple[str, str, str]]:
    return [(kind, payer or "medicare-b", text) for kind, payer, text in _FENCE.findall(rule.sections()[heading])]


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_documentation(rule: Rule) -> None:
    assert list(rule.sections()) == HEADINGS
    assert rule.group in GROUPS
    assert rule.title.endswith(".") and len(rule.title) <= 100
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert (examples(rule, "Example") or rule.id in NO_EXAMPLE) and examples(rule, "Instead")
    for heading in ("What it does", "Why it matters", "Source", "Payers"):
        assert len(rule.sections()[heading]) > 15, heading


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_bad_example_gives_exactly_this_finding(rule: Rule) -> None:
    if rule.id in NO_EXAMPLE:
        return
    for kind, payer, marked in examples(rule, "Example"):
        text, expected = unmark(marked)
        assert {mark[3].split()[0] for mark in expected} == {rule.id}
        check(marked, kind, payer, on=rule.id if rule.status == "off" or rule.needs else "")
        assert text != marked


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_good_example_gives_nothing(rule: Rule) -> None:
    for kind, payer, text in examples(rule, "Instead"):
        found = findings(text, kind, payer, rule.id if rule.status == "off" or rule.needs else "")
        assert not found, draw(text, found)

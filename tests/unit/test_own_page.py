"""docs/own-rules.md: what it shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path

import yaml
from tests.harness import TODAY, catalog
from tests.own import PlainLoader, check_own, own_rules, schema

from superbill.engine.own_examples import try_examples
from superbill.engine.settings import Settings
from superbill.rules.own import FIELDS, FIX_FIELDS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "own-rules.md").read_text(encoding="utf-8")
_FENCE = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)


def test_every_example_gives_the_findings_that_are_drawn() -> None:
    rules, tried = "", 0
    for kind, text in _FENCE.findall(PAGE):
        if kind == "yaml":
            rules = text
        elif kind:
            check_own(rules, text, kind)
            tried += 1
    assert tried >= 11


def test_the_short_examples_hold_and_are_counted() -> None:
    blocks = [text for kind, text in _FENCE.findall(PAGE) if kind == "yaml" and text.startswith("own_rules")]
    rules = tuple(rule for text in blocks for rule in own_rules(text))
    tried = list(try_examples(catalog(), Settings(own_rules=rules), TODAY))
    assert [f"{one.rule.id} {one.text}" for one in tried if not one.right] == []
    assert f"{len(rules)} rules, {len(tried)} examples, 0 wrong" in PAGE


def test_every_key_is_described() -> None:
    assert [key for key in (*FIELDS, *FIX_FIELDS) if f"`{key}" not in PAGE] == []


def test_the_schema_takes_the_page() -> None:
    for kind, text in _FENCE.findall(PAGE):
        if kind == "yaml" and text.startswith("own_rules"):
            schema().validate(yaml.load(text, Loader=PlainLoader)["own_rules"])

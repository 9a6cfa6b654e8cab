"""What the tests of a workspace's own rules share: a rule book that holds them."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import jsonschema
import yaml

from superbill.charges.dialect import Hints
from superbill.engine.analysis import Analysis, Located
from superbill.rules.base import is_own
from superbill.rules.book import RuleBook
from superbill.rules.knowledge import Knowledge
from superbill.rules.own import OwnRule, read_own_rules
from superbill.text.document import Document
from tests.harness import SUFFIX, TODAY, catalog, draw, unmark


class PlainLoader(yaml.SafeLoader):
    """YAML as editors hold it against a schema: a date is text."""


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@lru_cache(maxsize=1)
def schema() -> jsonschema.Draft202012Validator:
    """The schema of the list, for editors."""
    path = Path(__file__).resolve().parents[1] / "data" / "schema" / "own-rules.schema.json"
    return jsonschema.Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))


def own_rules(text: str) -> tuple[OwnRule, ...]:
    """The rules of a YAML list, or of settings with one, which must be in order."""
    data = yaml.safe_load(text)
    rules, problems = read_own_rules(data["own_rules"] if isinstance(data, dict) else data)
    assert not problems
    return rules


@lru_cache(maxsize=64)
def own_book(text: str, payer: str = "medicare-b", follow: bool = True) -> RuleBook:
    """The rule book with the rules of a YAML text, on a fixed day."""
    know = Knowledge(catalog(), catalog().profiles[payer], TODAY)
    return RuleBook(know, own=own_rules(text), strict=True, follow=follow)


def own_findings(rules: str, text: str, kind: str = "csv", **chosen: object) -> list[Located]:
    """The findings of own rules in a text."""
    book = own_book(rules, **chosen)  # type: ignore[arg-type]
    analysis = Analysis(Document(text), Hints(suffix=SUFFIX[kind]), book).finish()
    return [one for one in analysis.findings() if is_own(one.finding.rule)]


def check_own(rules: str, marked: str, kind: str = "csv", **chosen: object) -> list[Located]:
    """Assert that a text gives exactly the findings of own rules that are drawn under it; answer them."""
    text, expected = unmark(marked)
    found = own_findings(rules, text, kind, **chosen)
    severity = any(" " in mark[3] for mark in expected)
    assert draw(text, found, severity) == marked, "\n" + draw(text, found, severity)
    return found

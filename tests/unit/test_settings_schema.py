"""The schema of `superbill.yaml` says what the settings are: each of them, and every rule."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from referencing import Registry, Resource

from superbill.engine.settings import FIELDS, read_settings
from superbill.report.settings_schema import schema
from superbill.rules.book import all_rules

SCHEMA = json.loads(schema())
ROOT = Path(__file__).resolve().parent.parent.parent


OWN = json.loads((ROOT / "data" / "schema" / "own-rules.schema.json").read_text(encoding="utf-8"))
REGISTRY: Registry[Any] = Registry().with_resource("own-rules.schema.json", Resource.from_contents(OWN))


def valid(text: str) -> bool:
    return jsonschema.Draft202012Validator(SCHEMA, registry=REGISTRY).is_valid(yaml.safe_load(text))


def test_every_setting_and_every_rule_is_in_it() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["properties"]) == set(FIELDS)
    offered = set(SCHEMA["$defs"]["rules"]["properties"])
    assert offered == {name for rule in all_rules().values() for name in (rule.id, rule.name)}


def test_the_file_is_what_the_code_says() -> None:
    assert (ROOT / "data" / "schema" / "settings.schema.json").read_text(encoding="utf-8") == schema()


def test_the_example_of_the_page_holds() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]
    assert valid(example)
    settings, problems = read_settings(yaml.safe_load(example))
    assert not problems
    assert all(getattr(settings, name) for name in FIELDS), "each setting has an example"


@pytest.mark.parametrize(
    "text",
    [
        "rules: {K520: off}", "rules: {bilateral-not-possible: hint}", 'rules: {K520: "off"}', "payer: medicare-b",
        'paths: {"a/*": {rules: {K520: error}}}', "accept: [K520 76380-50]", "rules: {ACME-1: off}\nown_rules: [{id: ACME-1, message: m, codes: [J1100]}]", "exclude: [a/*]", "baseline: known.jsonl",
        'columns: {"*": {code: A, modifier: [B, 1]}}', 'payers: {"a/**": medicaid}', "",
    ],
)  # fmt: skip
def test_what_is_right_passes_both(text: str) -> None:
    assert valid(text)
    assert read_settings(yaml.safe_load(text), frozenset(["K520", "bilateral-not-possible"]))[1] == []


@pytest.mark.parametrize(
    "text",
    [
        "rules: {K520: wrong}", "rules: {K52: off}", "pair: x", 'paths: {"a/*": {payer: x}}', 'paths: {"a/*": [K520]}',
        "paths: [a]", "accept: K520", "baseline: [a]", 'columns: {"*": {kode: A}}', 'paths: {"a/*": {rules: {K520: no!}}}',
        "rules: [K520]", "own_rules: [{id: ACME-1}]",
    ],
)  # fmt: skip
def test_what_is_wrong_fails_both(text: str) -> None:
    assert not valid(text)
    assert read_settings(yaml.safe_load(text), frozenset(["K520"]))[1] != []

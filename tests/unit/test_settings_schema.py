"""The settings' JSON schema says what the server reads, and what is generated from it is up to date."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from superbill.cli import settings_schema
from superbill.engine.settings import FIELDS, read_settings

VALIDATOR = Draft202012Validator(json.loads(settings_schema.SCHEMA.read_text(encoding="utf-8")))

GOOD: list[Any] = [
    None,
    {},
    {"payer": "generic-commercial", "payers": {"medicaid/**": "medicaid"}},
    {"rules": {"K520": "error", "render3d-without-base-study": "off"}},
    {"exclude": ["archive/*"], "accept": ["K520 76380-50", "L1016 76376-26 in march/claims.csv"]},
    {"columns": {"exports/*.csv": {"code": "Leistung", "modifier": ["M-A", "M-B"], "units": 7}}},
]
BAD: list[Any] = [
    {"payer": 5},
    {"payers": {"*": 5}},
    {"rules": {"K520": "loud"}},
    {"exclude": "archive/*"},
    {"columns": {"*": {"colour": "red"}}},
    {"colour": "red"},
]


def test_what_is_generated_is_up_to_date() -> None:
    assert settings_schema.main(["--check"]) == 0


@pytest.mark.parametrize("data", GOOD)
def test_the_schema_takes_what_the_server_takes(data: Any) -> None:
    Draft202012Validator.check_schema(VALIDATOR.schema)
    assert not list(VALIDATOR.iter_errors(data))
    assert read_settings(data)[1] == []


@pytest.mark.parametrize("data", BAD)
def test_the_schema_refuses_what_the_server_refuses(data: Any) -> None:
    assert list(VALIDATOR.iter_errors(data))
    assert read_settings(data)[1]


def test_the_extension_offers_every_setting_and_keeps_the_rest_of_its_manifest() -> None:
    text = settings_schema.EXTENSION.read_text(encoding="utf-8")
    manifest = json.loads(settings_schema.extension(text))
    offered = {name for part in manifest["contributes"]["configuration"] for name in part["properties"]}
    assert {f"superbill.{name}" for name in FIELDS} <= offered
    server = {
        name: one for part in manifest["contributes"]["configuration"] for name, one in part["properties"].items()
    }
    for name in ("superbill.server.python", "superbill.server.command"):
        assert server[name]["scope"] == "machine"  # no workspace may name a program to run
    assert server["superbill.payer"]["enum"][0] == "" and "medicare-b" in server["superbill.payer"]["enum"]
    before = json.loads(text)
    del before["contributes"]["configuration"], manifest["contributes"]["configuration"]
    assert manifest == before


def test_a_setting_without_a_description_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings_schema, "FIELDS", (*FIELDS, "colour"))
    with pytest.raises(LookupError, match="colour"):
        settings_schema.fields()

"""The settings that the VS Code extension declares are those that the server reads."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft7Validator

from superbill.cli import editor_settings
from superbill.engine.settings import FIELDS, read_settings
from superbill.lsp.options import Options, read_options

DECLARED = editor_settings.fields()


def test_the_manifest_is_up_to_date() -> None:
    assert editor_settings.main(["--check"]) == 0


def test_every_setting_is_declared_and_refers_to_nothing() -> None:
    assert set(DECLARED) == set(FIELDS) - editor_settings.ONLY_IN_FILE
    assert "$ref" not in json.dumps(DECLARED)
    for field in DECLARED.values():
        Draft7Validator.check_schema(field)
        assert field["description"]
    assert read_options(dict.fromkeys(editor_settings.EXTRAS, True)) == Options(True, True, True)


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("payer", "generic-commercial", "generic"),
        ("payers", {"medicaid/**": "medicaid"}, {"medicaid/**": "somebody"}),
        ("rules", {"K520": "error", "render3d-without-base-study": "off"}, {"K520": "loud"}),
        ("paths", {"a/*": {"rules": {"K520": "hint"}}}, {"a/*": {"rules": {"K520": "loud"}}}),
        ("exclude", ["archive/*"], "archive/*"),
        ("accept", ["K520 76380-50"], [5]),
        ("columns", {"*.csv": {"code": "Leistung", "modifier": ["M-A", 2]}}, {"*": {"colour": "red"}}),
    ],
)
def test_the_editor_takes_what_the_server_takes(name: str, good: Any, bad: Any) -> None:
    assert Draft7Validator(DECLARED[name]).is_valid(good)
    assert Draft7Validator(DECLARED[name]).is_valid(DECLARED[name]["default"])
    assert read_settings({name: good})[1] == []
    assert not Draft7Validator(DECLARED[name]).is_valid(bad)


def test_no_workspace_may_name_a_program_to_run_and_the_rest_of_the_manifest_stays() -> None:
    text = editor_settings.MANIFEST.read_text(encoding="utf-8")
    before, after = json.loads(text), json.loads(editor_settings.manifest(text))
    settings = {name: one for part in after["contributes"]["configuration"] for name, one in part["properties"].items()}
    assert settings["superbill.server.python"]["scope"] == settings["superbill.server.command"]["scope"] == "machine"
    del before["contributes"]["configuration"], after["contributes"]["configuration"]
    assert before == after

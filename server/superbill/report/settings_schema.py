"""The JSON schema of `superbill.yaml`, for editors that check and complete YAML: written from the settings and the rules."""

from __future__ import annotations

import json
from typing import Any

from superbill.charges.columns import ROLES
from superbill.engine.settings import FIELDS
from superbill.rules.book import all_rules

#: Where it lies, seen from the folder of the rule pages.
NAME = "../../data/schema/settings.schema.json"

_TEXTS = {"type": "array", "items": {"type": "string"}}
_RULES = "all rules"
_PROPERTIES: dict[str, dict[str, Any]] = {
    "payer": {
        "type": "string",
        "description": "A payer profile: judged by it whatever a file says of its payer. `superbill catalog info` lists them.",
        "examples": ["medicare-b", "generic-commercial"],
    },
    "payers": {
        "type": "object",
        "description": "Payer profiles by path pattern; the first pattern that names a file wins.",
        "additionalProperties": {"type": "string"},
    },
    "rules": {"$ref": "#/$defs/rules"},
    "paths": {
        "type": "object",
        "description": "Severities for some files, by path pattern; of several that name a file the later ones win.",
        "additionalProperties": {
            "type": "object",
            "properties": {"rules": {"$ref": "#/$defs/rules"}},
            "additionalProperties": False,
        },
    },
    "exclude": {**_TEXTS, "description": "Path patterns of files that are not checked."},
    "accept": {
        **_TEXTS,
        "description": 'Findings that are all right here: "K520 76380-50", or "L1016 76376-26 in march/claims.csv".',
    },
    "baseline": {
        "type": "string",
        "description": "A file of findings that are accepted, from this folder; written by `superbill check --write-baseline`.",
        "examples": ["superbill-baseline.jsonl"],
    },
    "own_rules": {"$ref": "own-rules.schema.json"},
    "catalog": {
        "description": "Files of the workspace's own catalog, from this folder; superbill-catalog.yaml need not be named.",
        "anyOf": [{"type": "string"}, _TEXTS],
    },
    "columns": {
        "type": "object",
        "description": "What columns hold whose headings say nothing: path pattern to role to heading, or to several.",
        "additionalProperties": {
            "type": "object",
            "properties": {role: {"$ref": "#/$defs/headings"} for role in ROLES},
            "additionalProperties": False,
        },
    },
}


def schema() -> str:
    """The schema as JSON text."""
    heading = {"type": ["string", "integer"]}
    body = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "settings.schema.json",
        "title": "superbill.yaml",
        "description": "Settings of Superbill for a folder and what is below it. Documented in docs/settings.md.",
        "type": ["object", "null"],
        "properties": {name: _PROPERTIES[name] for name in FIELDS},
        "additionalProperties": False,
        "$defs": {
            "severity": {
                "description": "How grave a finding of the rule is; off: the rule does not speak.",
                "enum": ["error", "warning", "information", "hint", "off", False],
            },
            "headings": {"anyOf": [heading, {"type": "array", "items": heading, "minItems": 1}]},
            "rules": {
                "type": "object",
                "description": "Severities of rules, by id or name.",
                "properties": _RULES,
                "patternProperties": {"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$": {"$ref": "#/$defs/severity"}},
                "additionalProperties": False,
            },
        },
    }
    text = json.dumps(body, indent=2, ensure_ascii=False)
    return text.replace(json.dumps(_RULES), "{\n" + ",\n".join(_rows()) + "\n      }") + "\n"


def _rows() -> list[str]:
    """A line for each rule by id, then by name."""
    rules = all_rules().values()
    said = [(rule.id, f"{rule.name}: {rule.title}") for rule in rules]
    said += sorted((rule.name, f"{rule.id}: {rule.title}") for rule in rules)
    return [
        f"        {json.dumps(name)}: "
        + json.dumps({"description": title, "$ref": "#/$defs/severity"}, ensure_ascii=False)
        for name, title in said
    ]

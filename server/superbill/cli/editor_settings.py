"""The settings that the VS Code extension declares, written from the schema of `superbill.yaml` and what the catalog holds.

python -m superbill.cli.editor_settings            write them into the extension's manifest
python -m superbill.cli.editor_settings --check    fail when they are not what the server reads
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from superbill.catalog.store import open_catalog
from superbill.engine.settings import DEFAULT_PAYER
from superbill.report import settings_schema
from superbill.rules.book import all_rules

MANIFEST = Path(__file__).resolve().parent.parent.parent.parent / "editors" / "vscode" / "package.json"
#: Fields of `superbill.yaml` that mean nothing without its folder.
ONLY_IN_FILE = frozenset({"baseline", "catalog"})
#: What the server shows beyond the basics, off until asked for; see `lsp/options.py`.
EXTRAS = {
    "inlayHints": "Show the title of a code behind it.",
    "codeLens": "Show above the file and above each claim what it comes to: lines, charges, findings.",
    "workspaceDiagnostics": "Keep checking all charge files and notes of the workspace, open or not, and list their findings.",
}

Schema = dict[str, Any]

#: What only the extension reads. All are `machine`: a server that a workspace could name would be run on opening it, and
#: a workspace must not have the text of documents written to a log.
_EDITOR: dict[str, Schema] = {
    "server.python": {
        "type": "string",
        "default": "",
        "scope": "machine",
        "markdownDescription": "The Python that runs the server: the path of a Python 3.10 or newer. Empty: the one chosen in the Python extension, "
        "else `python3`, `python` or `py -3` from the PATH. No package has to be installed in it, and none is used.",
    },
    "server.command": {
        "type": ["array", "string"],
        "items": {"type": "string"},
        "default": [],
        "scope": "machine",
        "markdownDescription": "Another server than the one in the extension. A string is the path of a `superbill` program; `serve` is added to it. "
        'A list is the whole command, used as it is, for example `["/opt/venv/bin/python", "-m", "superbill", "serve"]`. Empty: the one in the extension.',
    },
    "trace.server": {
        "type": "string",
        "enum": ["off", "messages", "verbose"],
        "default": "off",
        "scope": "machine",
        "markdownDescription": "Write the messages between the editor and the server to the log. `verbose` writes the text of your documents too: "
        "keep such a log to yourself.",
    },
}


def fields() -> dict[str, Schema]:
    """The fields of `superbill.yaml` that an editor may set too, each with a schema that refers to no other."""
    whole = json.loads(settings_schema.schema())
    severity = [value for value in whole["$defs"]["severity"]["enum"] if isinstance(value, str)]
    profiles = open_catalog().profiles
    rules = {
        rule.id: {"description": f"{rule.name}: {rule.title} ({'off' if rule.status == 'off' else rule.severity})"}
        for rule in all_rules().values()
    }
    whole["$defs"]["rules"] = {
        "type": "object",
        "description": "Severities of rules, by id or name; `off` silences one.",
        "properties": rules,
        "patternProperties": {"": {"enum": severity}},  # by id or by name
    }
    found = {name: field for name, field in whole["properties"].items() if name not in ONLY_IN_FILE}
    found["own_rules"] = {
        "type": "array",
        "items": {"type": "object"},
        "description": "A team's own rules, as in `superbill.yaml`, where they are completed while you type.",
    }
    found["payer"] |= {
        "enum": ["", *profiles],
        "enumDescriptions": [
            f"By the file: the payer that it names, else {DEFAULT_PAYER}",
            *(profile.name for profile in profiles.values()),
        ],
    }
    found["payers"]["additionalProperties"] = {"enum": list(profiles)}
    for pattern in found["paths"]["additionalProperties"]["properties"]:
        found["paths"]["additionalProperties"]["properties"][pattern] = {
            "type": "object",
            "additionalProperties": {"enum": severity},
        }
    empty = {"string": "", "array": [], "object": {}}
    return {name: {"default": empty[one["type"]], **one} for name, one in _inlined(found, whole["$defs"]).items()}


def _inlined(node: Any, known: Schema) -> Any:
    """A schema with what it refers to in place of the references."""
    if isinstance(node, dict):
        if "$ref" in node:
            rest = {key: value for key, value in node.items() if key != "$ref"}
            return {**_inlined(known[node["$ref"].removeprefix("#/$defs/")], known), **rest}
        return {key: _inlined(value, known) for key, value in node.items()}
    return [_inlined(one, known) for one in node] if isinstance(node, list) else node


def manifest(text: str) -> str:
    """The manifest of the extension with its settings written anew; all else stays."""
    data = json.loads(text)
    server = {}
    for name, field in fields().items():
        shown = {key: value for key, value in field.items() if key not in ("description", "examples")}
        server[f"superbill.{name}"] = {**shown, "scope": "resource", "markdownDescription": field["description"]}
    extras = {
        f"superbill.{name}": {"type": "boolean", "default": False, "scope": "window", "markdownDescription": text}
        for name, text in EXTRAS.items()
    }
    data["contributes"]["configuration"] = [
        {"title": "Superbill", "properties": server},
        {"title": "Display", "properties": extras},
        {"title": "Server", "properties": {f"superbill.{name}": field for name, field in _EDITOR.items()}},
    ]
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def main(arguments: list[str]) -> int:
    """Write or check the manifest; 1 when `--check` finds a difference."""
    text = MANIFEST.read_text(encoding="utf-8")
    wanted = manifest(text)
    if "--check" in arguments:
        if text != wanted:
            sys.stderr.write("stale: editors/vscode/package.json; run python -m superbill.cli.editor_settings\n")
        return 1 if text != wanted else 0
    MANIFEST.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

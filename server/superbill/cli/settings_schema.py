"""The settings as JSON schema, written from what the server reads: for `superbill.yaml`, and for the VS Code extension.

python -m superbill.cli.settings_schema            write both
python -m superbill.cli.settings_schema --check    fail when they are not what the server reads
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from superbill.catalog.store import open_catalog
from superbill.charges.columns import ROLES
from superbill.engine import cards
from superbill.engine.settings import DEFAULT_PAYER, FIELDS
from superbill.rules.base import SEVERITIES
from superbill.rules.book import all_rules

_ROOT = Path(__file__).resolve().parent.parent.parent.parent
SCHEMA = _ROOT / "data" / "schema" / "superbill.schema.json"
OWN_RULES = SCHEMA.with_name("own-rules.schema.json")
EXTENSION = _ROOT / "editors" / "vscode" / "package.json"
_PATTERNS = "`*` stands for any characters, `/` too; a pattern names the whole path of a file, or its end."

Schema = dict[str, Any]


def fields() -> dict[str, Schema]:
    """What `superbill.yaml` and a client may say: each field with its schema. Fails when one has no description."""
    profiles = open_catalog().profiles
    severity = {"enum": [*SEVERITIES, "off"]}
    texts = {"type": "array", "items": {"type": "string"}}
    rules = {
        rule.id: {"description": f"{rule.name}: {rule.title} ({'off' if rule.status == 'off' else rule.severity})"}
        for rule in all_rules().values()
    }
    known: dict[str, Schema] = {
        "payer": {
            "type": "string",
            "enum": ["", *profiles],
            "enumDescriptions": [
                f"By the file: the payer that it names, else {DEFAULT_PAYER}",
                *(profile.name for profile in profiles.values()),
            ],
            "default": "",
            "description": "The payer profile to check charges against.",
        },
        "payers": {
            "type": "object",
            "additionalProperties": {"enum": list(profiles)},
            "default": {},
            "description": f"Payer profiles for some files: path pattern to profile. The first that fits holds. {_PATTERNS}",
        },
        "rules": {
            "type": "object",
            "properties": rules,
            "patternProperties": {"": severity},  # by id or by name
            "default": {},
            "description": "Severities of rules, by id or name; `off` silences one. They go before those of the payer profile.",
        },
        "exclude": {
            **texts,
            "default": [],
            "description": f"Files that are not checked, as path patterns. {_PATTERNS}",
        },
        "accept": {
            **texts,
            "default": [],
            "description": "Findings that are all right: rule, code and modifiers, such as `K520 76380-50`; with ` in FILE` behind it for one file.",
        },
        "columns": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "properties": {role: {"description": cards.ROLES[role], **_headings()} for role in ROLES},
                "additionalProperties": False,
            },
            "default": {},
            "description": f"What columns hold whose headings do not say it: path pattern to role to heading. {_PATTERNS}",
        },
    }
    known["own_rules"] = {"$ref": OWN_RULES.name}
    missing = set(FIELDS) - set(known)
    if missing:
        raise LookupError(f"settings without a description in {Path(__file__).name}: {', '.join(sorted(missing))}")
    return {name: known[name] for name in FIELDS}


def _headings() -> Schema:
    return {"type": ["string", "number", "array"], "items": {"type": ["string", "number"]}}


#: What only the extension reads. A server that a workspace could name would be run on opening it: both are `machine`.
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
        "scope": "window",
        "markdownDescription": "Write the messages between the editor and the server to the log. `verbose` writes the text of your documents too: "
        "keep such a log to yourself.",
    },
}


#: What the server shows beyond the basics, off until asked for; see `lsp/options.py`.
_EXTRAS = {
    "inlayHints": "Show the title of a code behind it.",
    "codeLens": "Show above the file and above each claim what it comes to: lines, charges, findings.",
    "workspaceDiagnostics": "Keep checking all charge files and notes of the workspace, open or not, and list their findings.",
}


def _extra(text: str) -> Schema:
    return {"type": "boolean", "default": False, "scope": "window", "markdownDescription": text}


def schema() -> str:
    """The schema of `superbill.yaml`, as text."""
    return _text(
        {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Settings of Superbill for a folder (superbill.yaml)",
            "type": ["object", "null"],
            "properties": fields(),
            "additionalProperties": False,
        }
    )


def extension(text: str) -> str:
    """The manifest of the VS Code extension with its settings written anew; all else stays."""
    manifest = json.loads(text)
    server = {}
    for name, field in fields().items():
        if name == "own_rules":  # an editor's settings cannot refer to another file
            title = json.loads(OWN_RULES.read_text(encoding="utf-8"))["title"]
            field = {"type": "array", "items": {"type": "object"}, "default": [], "description": f"{title}."}
        shown = {**field, "scope": "resource", "markdownDescription": field["description"]}
        del shown["description"]
        server[f"superbill.{name}"] = shown
    manifest["contributes"]["configuration"] = [
        {"title": "Superbill", "properties": server},
        {"title": "Display", "properties": {f"superbill.{name}": _extra(text) for name, text in _EXTRAS.items()}},
        {"title": "Server", "properties": {f"superbill.{name}": field for name, field in _EDITOR.items()}},
    ]
    return _text(manifest)


def _text(data: Schema) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def main(arguments: list[str]) -> int:
    """Write or check both files; 1 when `--check` finds a difference."""
    wanted = {SCHEMA: schema(), EXTENSION: extension(EXTENSION.read_text(encoding="utf-8"))}
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in arguments:
        if stale:
            names = ", ".join(path.relative_to(_ROOT).as_posix() for path in stale)
            sys.stderr.write(f"stale: {names}; run python -m superbill.cli.settings_schema\n")
        return 1 if stale else 0
    for path in stale:
        path.write_text(wanted[path], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

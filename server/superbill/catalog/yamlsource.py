"""Read the catalog's YAML with line numbers, and check it against its JSON schema.

The schemas in `data/schema/` are the single description of the source: editors use them while an entry is
written, and this module checks them when the catalog is compiled. Only the keywords used there are known here;
a schema with another keyword is refused, so that no rule is silently skipped.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_KNOWN = {
    "$schema", "$id", "title", "description", "type", "properties", "required", "additionalProperties", "items",
    "enum", "pattern", "maxLength", "minLength", "minItems", "uniqueItems",
}  # fmt: skip
_TYPES = {"str": "string", "int": "integer", "bool": "boolean", "float": "number", "timestamp": "string"}


@dataclass(eq=False)
class SourceError(Exception):
    """Something in the catalog's source that cannot be compiled: which file, which line (from 1), and why."""

    path: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One mapping of a source file with the line on which it begins."""

    path: str
    line: int
    data: dict[str, Any]

    def error(self, reason: str) -> SourceError:
        """An error that points at this entry."""
        return SourceError(self.path, self.line, reason)


def read_entries(path: Path, shown: str, schema: dict[str, Any]) -> list[Entry]:
    """All entries of one file (a list of mappings, or one mapping), checked. Raises SourceError."""
    root = _compose(path.read_bytes(), shown)
    if root is None:
        return []
    nodes = root.value if isinstance(root, yaml.SequenceNode) else [root]
    entries = []
    for node in nodes:
        _check(node, schema, shown, "")
        entries.append(Entry(shown, node.start_mark.line + 1, _plain(node)))
    return entries


def read_sections(path: Path, shown: str, schema: dict[str, Any]) -> tuple[dict[str, list[Entry]], list[SourceError]]:
    """The items of the lists in one file, list by list, each checked by itself, and what is wrong with the others.

    An item that is not a mapping becomes an entry with the one field "". Raises SourceError when nothing of the file can
    be read, OSError when it is not there.
    """
    root = _compose(path.read_bytes(), shown)
    found: dict[str, list[Entry]] = {}
    errors: list[SourceError] = []
    if root is None:
        return found, errors
    outer = {**schema, "properties": {name: {} for name in schema["properties"]}}
    _check(root, {**outer, "additionalProperties": True}, shown, "")
    for key, value in root.value:
        name = str(key.value)
        section = schema["properties"].get(name)
        if section is None:
            fields = ", ".join(sorted(schema["properties"]))
            errors.append(
                SourceError(shown, key.start_mark.line + 1, f"{name!r} is not a field here; the fields are {fields}")
            )
        elif not isinstance(value, yaml.SequenceNode):
            if value.tag != "tag:yaml.org,2002:null":
                errors.append(SourceError(shown, value.start_mark.line + 1, f"{name}: must be a list"))
        else:
            for item in value.value:
                try:
                    _check(item, section["items"], shown, name)
                except SourceError as error:
                    errors.append(error)
                    continue
                data = _plain(item)
                found.setdefault(name, []).append(
                    Entry(shown, item.start_mark.line + 1, data if isinstance(data, dict) else {"": data})
                )
    return found, errors


def check_entry(path: Path, entry: Entry, schema: dict[str, Any], section: str) -> None:
    """Check one item of a list in a file against a schema of its own. Raises SourceError with the line of the fault."""
    root = _compose(path.read_bytes(), entry.path)
    lists = [value for key, value in root.value if key.value == section] if root is not None else []
    for item in (item for value in lists for item in value.value):
        if item.start_mark.line + 1 == entry.line:
            _check(item, schema, entry.path, section)


def _compose(data: bytes, shown: str) -> yaml.Node | None:
    """The root of a YAML text. Raises SourceError."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(shown, line, f"not UTF-8: {error.reason} at byte {error.start}") from None
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SourceError(shown, line, f"not YAML: {error.problem or error.context}") from None
    except yaml.reader.ReaderError as error:
        line = data.count(b"\n", 0, error.position) + 1
        raise SourceError(shown, line, f"not YAML: {error.reason}") from None
    return root


def load_schema(path: Path) -> dict[str, Any]:
    """Read one JSON schema. Raises ValueError for a keyword that `read_entries` would not check."""
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    _known(schema, path.name)
    return schema


def _known(schema: dict[str, Any], where: str) -> None:
    strange = set(schema) - _KNOWN
    if strange:
        raise ValueError(f"{where}: unknown schema keyword {sorted(strange)}")
    for name, child in schema.get("properties", {}).items():
        _known(child, f"{where}/{name}")
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            _known(schema[key], f"{where}/{key}")


def _plain(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    kind = node.tag.rpartition(":")[2]
    if kind == "int":
        return int(node.value)
    if kind == "bool":
        return node.value.lower() in ("true", "yes", "on")
    if kind == "null":
        return None
    return node.value.strip()


def _check(node: yaml.Node, schema: dict[str, Any], path: str, name: str) -> None:
    def fail(reason: str, at: yaml.Node = node) -> SourceError:
        return SourceError(path, at.start_mark.line + 1, f"{name}: {reason}" if name else reason)

    if isinstance(node, yaml.MappingNode):
        found = "object"
    elif isinstance(node, yaml.SequenceNode):
        found = "array"
    else:
        found = _TYPES.get(node.tag.rpartition(":")[2], "null")
    wanted = schema.get("type")
    if wanted and found != wanted:
        hint = (
            '; put it in quotes: "' + node.value + '"'
            if wanted == "string" and found != "object" and found != "array"
            else ""
        )
        raise fail(f"must be {_a(wanted)}, not {_a(found)}{hint}")
    if isinstance(node, yaml.MappingNode):
        known: dict[str, Any] = schema.get("properties", {})
        others = schema.get("additionalProperties", True)
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise fail("the name of a field must be text", key)
            if key.value in seen:
                raise fail(f"{key.value!r} stands twice", key)
            seen.add(key.value)
            child = known.get(key.value, others)
            if child is False:
                close = ", ".join(sorted(known))
                raise fail(f"{key.value!r} is not a field here; the fields are {close}", key)
            if isinstance(child, dict):
                _check(value, child, path, f"{name}.{key.value}" if name else key.value)
        for key in schema.get("required", []):
            if key not in seen:
                raise fail(f"{key!r} is missing")
    elif isinstance(node, yaml.SequenceNode):
        if len(node.value) < schema.get("minItems", 0):
            raise fail(f"needs at least {schema['minItems']} items")
        values = [item.value for item in node.value if isinstance(item, yaml.ScalarNode)]
        if schema.get("uniqueItems") and len(set(values)) < len(values):
            raise fail("an item stands twice")
        for item in node.value:
            if isinstance(schema.get("items"), dict):
                _check(item, schema["items"], path, name)
    else:
        text = node.value.strip()
        if "enum" in schema and text not in schema["enum"]:
            raise fail(f"{text!r} is none of {', '.join(map(str, schema['enum']))}")
        if "pattern" in schema and not re.search(schema["pattern"], text):
            raise fail(f"{text!r} does not look as it should ({schema.get('description', schema['pattern'])})")
        if len(text) > schema.get("maxLength", len(text)):
            raise fail(f"{len(text)} characters, {schema['maxLength']} at most")
        if len(text) < schema.get("minLength", 0):
            raise fail("is too short")


def _a(kind: str) -> str:
    return {"object": "a mapping", "array": "a list", "string": "text", "integer": "a whole number"}.get(
        kind, f"a {kind}"
    )

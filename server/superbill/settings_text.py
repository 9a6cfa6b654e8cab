"""Change the text of a `superbill.yaml` by one decision, and nothing else in it: comments, order and style stay.

Each function answers the new text, or raises Unwritable when the old one is not understood well enough. Whether the new
text says what it should is checked by reading both.
"""

from __future__ import annotations

import json
import re
from typing import Any

from superbill.charges.columns import ROLES

_FILE = "superbill.yaml"
_RULE = re.compile(r"[A-Z][0-9]+")


class Unwritable(Exception):
    """The settings file cannot be added to without harm. The text says why."""


def with_accepted(text: str, entry: str) -> str:
    """The text with one more item in its `accept` list."""
    before, root = _parsed(text)
    refusal = f"`accept` in {_FILE} is not a list that can be added to; add it by hand: {entry}"
    held = before.get("accept")
    if held is not None and not isinstance(held, list):
        raise Unwritable(refusal)
    changed = _in_list(text, root, entry)
    after = _read(changed, refusal)
    rest = after.pop("accept", None)
    before.pop("accept", None)
    if before != after or not isinstance(rest, list) or rest.count(entry) != (held or []).count(entry) + 1:
        raise Unwritable(refusal)
    if [one for one in rest if one != entry] != [one for one in held or [] if one != entry]:
        raise Unwritable(refusal)
    return changed


def with_column(text: str, pattern: str, role: str, heading: str) -> str:
    """The text with one more heading under `columns`, for the files of a pattern and a role."""
    before, root = _parsed(text)
    refusal = f"`columns` in {_FILE} cannot be added to; add it by hand: {role} of {pattern} is {heading}"
    columns = before.get("columns")
    held = columns.get(pattern) if isinstance(columns, dict) else None
    names = held.get(role) if isinstance(held, dict) else None
    known = names if isinstance(names, list) else [] if names is None else [names]
    if not all(isinstance(one, (str, int)) for one in known):
        raise Unwritable(refusal)
    if heading in known:
        return text
    changed = _in_mapping(text, root, ["columns", pattern, role], _quoted(heading))
    after = _read(changed, refusal)
    wanted = None
    if isinstance(columns or {}, dict) and isinstance(held or {}, dict):
        said = {**(held or {}), role: heading if names is None else [*known, heading]}
        wanted = {**before, "columns": {**(columns or {}), pattern: said}}
    if after != wanted:
        raise Unwritable(refusal)
    return changed


def with_rule_off(text: str, rule: str, name: str) -> str:
    """The text with a rule switched off under `rules`, whether it is named there by id, by name or not yet."""
    import yaml

    before, root = _parsed(text)
    refusal = f"`rules` in {_FILE} cannot be added to; add it by hand: {rule}: off"
    held = before.get("rules")
    if held is not None and not isinstance(held, dict):
        raise Unwritable(refusal)
    known = next((one for one in (rule, name) if one in (held or {})), None)
    if known is None:
        changed = _in_mapping(text, root, ["rules", rule], "off")
    else:
        _, value = _member(_member(root, "rules")[1], known)
        if not isinstance(value, yaml.ScalarNode) or (not value.value and not value.style):
            raise Unwritable(refusal)
        changed = text[: value.start_mark.index] + "off" + text[value.end_mark.index :]
    if _read(changed, refusal) != {**before, "rules": {**(held or {}), known or rule: False}}:
        raise Unwritable(refusal)
    return changed


def _parsed(text: str) -> tuple[dict[Any, Any], Any]:
    """What the text says, and its outermost node; None for an empty text. Raises Unwritable."""
    import yaml

    try:
        found = yaml.safe_load(text)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        raise Unwritable(f"{_FILE} is not YAML as it stands; mend it first") from None
    if found is not None and not isinstance(found, dict):
        raise Unwritable(f"{_FILE} holds no settings as it stands, which would be lines such as `payer: medicare-b`")
    return found or {}, root


def _read(text: str, refusal: str) -> dict[Any, Any]:
    import yaml

    try:
        found = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        raise Unwritable(refusal) from None
    if not isinstance(found, dict):
        raise Unwritable(refusal)
    return found


def _in_list(text: str, root: Any, entry: str) -> str:
    """The text with an item at the top of its `accept` list, which is made when there is none."""
    import yaml

    end = _line_end(text)
    item = _quoted(entry)
    key, value = _member(root, "accept")
    if key is None:
        return _appended(text, f"accept:{end}  - {item}{end}")
    if isinstance(value, yaml.SequenceNode) and value.flow_style:
        start = value.start_mark.index + 1
        return text[:start] + item + (", " if value.value else "") + text[start:]
    if isinstance(value, yaml.SequenceNode):
        line = value.start_mark.index - value.start_mark.column
        return text[:line] + " " * value.start_mark.column + f"- {item}{end}" + text[line:]
    return _below(text, key.end_mark.index, f"  - {item}{end}")


def _in_mapping(text: str, root: Any, path: list[str], item: str) -> str:
    """The text with an item at the end of a path of keys; of these the ones that are missing are made."""
    import yaml

    end = _line_end(text)
    node, indent = root, 0
    for depth, name in enumerate(path):
        rest = path[depth:]
        key, value = _member(node, name)
        if key is None:
            return _added(text, node, rest, item, indent)
        if isinstance(value, yaml.ScalarNode) and not value.value and not value.style:  # a key with nothing behind it
            if getattr(node, "flow_style", False) or not rest[1:]:
                start = value.start_mark.index
                return text[:start] + " " + _flow(rest[1:], item) + text[start:]
            step = key.start_mark.column
            return _below(text, key.end_mark.index, _block(rest[1:], item, step + 2, end), end)
        indent = key.start_mark.column + 2
        node = value
    if isinstance(node, yaml.SequenceNode) and not node.flow_style:
        last = node.value[-1].end_mark.index
        return _below(text, last, " " * node.start_mark.column + f"- {item}{end}", end)
    if isinstance(node, yaml.SequenceNode):
        at = node.value[-1].end_mark.index if node.value else node.start_mark.index + 1
        return text[:at] + (", " if node.value else "") + item + text[at:]
    start, stop = node.start_mark.index, node.end_mark.index
    return text[:start] + f"[{text[start:stop]}, {item}]" + text[stop:]


def _added(text: str, node: Any, path: list[str], item: str, indent: int) -> str:
    """The text with a new key at the end of a mapping."""
    import yaml

    end = _line_end(text)
    if node is None:
        return _appended(text, _block(path, item, 0, end))
    if not isinstance(node, yaml.MappingNode):
        return _appended(text, _block(path, item, 0, end)) if indent == 0 else text
    if node.flow_style:
        inside = _flow(path, item)[1:-1]
        at = node.value[-1][1].end_mark.index if node.value else node.start_mark.index + 1
        return text[:at] + (", " if node.value else "") + inside + text[at:]
    column = node.start_mark.column if node.value else indent
    return _below(text, _end(node), _block(path, item, column, end), end)


def _end(node: Any) -> int:
    """Where the last value of a node ends; PyYAML lets a block reach over the comments behind it."""
    import yaml

    while isinstance(node, (yaml.MappingNode, yaml.SequenceNode)) and not node.flow_style and node.value:
        last = node.value[-1]
        if isinstance(node, yaml.MappingNode):
            key, last = last
            if isinstance(last, yaml.ScalarNode) and not last.value and not last.style:
                return int(key.end_mark.index)
        node = last
    return int(node.end_mark.index)


def _member(node: Any, name: str) -> tuple[Any, Any]:
    import yaml

    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next(((key, value) for key, value in pairs if key.value == name), (None, None))


def _block(path: list[str], item: str, indent: int, end: str) -> str:
    rows = [" " * (indent + 2 * depth) + f"{_key(name)}:" for depth, name in enumerate(path)]
    rows[-1] += f" {item}"
    return end.join(rows) + end


def _flow(path: list[str], item: str) -> str:
    return f"{{{_key(path[0])}: {_flow(path[1:], item)}}}" if path else item


def _below(text: str, at: int, rows: str, end: str = "\n") -> str:
    """The text with rows put below the line that `at` stands on."""
    if at and text[at - 1] == "\n":
        return text[:at] + rows + text[at:]
    stop = text.find("\n", at)
    if stop < 0:
        return text + end + rows
    return text[: stop + 1] + rows + text[stop + 1 :]


def _appended(text: str, rows: str) -> str:
    return text + ("" if text.endswith(("\n", "\r")) or not text else _line_end(text)) + rows


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _key(name: str) -> str:
    return name if name in ("columns", "rules") or name in ROLES or _RULE.fullmatch(name) else _quoted(name)


def _quoted(text: str) -> str:
    """A text in double quotes, as YAML and JSON both read it."""
    return json.dumps(text, ensure_ascii=not text.isprintable())

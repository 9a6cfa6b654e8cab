"""Read `superbill.yaml`, the settings of a workspace, and write accepted findings into it. For the outer layers."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from superbill.engine.settings import Settings, read_settings

FILE_NAME = "superbill.yaml"


def load_settings(folder: Path) -> tuple[Settings, list[str]]:
    """The settings of a folder, and what is wrong with its file. No file, no settings, nothing wrong."""
    path = folder / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings(), []
    except (OSError, UnicodeDecodeError) as error:
        return Settings(), [f"cannot be read ({type(error).__name__})"]
    import yaml

    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        return Settings(), [f"{where}not YAML ({getattr(error, 'problem', None) or 'cannot be parsed'})"]
    known: frozenset[str] = frozenset()
    if isinstance(data, dict) and data.get("rules"):
        from superbill.rules.book import all_rules

        known = frozenset(name for rule in all_rules().values() for name in (rule.id, rule.name))
    return read_settings(data, known)


def find_settings(start: Path) -> tuple[Settings, list[str], Path | None]:
    """The settings that hold for a path: the nearest `superbill.yaml` in its folder or above."""
    folder = start if start.is_dir() else start.parent
    for candidate in (folder.resolve(), *folder.resolve().parents):
        if (candidate / FILE_NAME).is_file():
            settings, problems = load_settings(candidate)
            return settings, problems, candidate / FILE_NAME
    return Settings(), [], None


class Unwritable(Exception):
    """The settings file cannot be added to without harm. The text says why."""


def accept(folder: Path, entry: str) -> None:
    """Add an accepted finding to the settings of a folder. The rest of the file stays as it is, to the letter.

    Raises Unwritable when the file is no YAML or its `accept` no list, OSError when it cannot be written.
    """
    import yaml

    path = folder / FILE_NAME
    text = path.read_bytes().decode("utf-8") if path.exists() else "# Settings of Superbill for this folder.\n"
    try:
        before = yaml.safe_load(text) or {}
        changed = _with_entry(text, yaml.compose(text), entry)
        after = yaml.safe_load(changed)
    except yaml.YAMLError:
        raise Unwritable(f"{FILE_NAME} is not YAML as it stands; mend it first") from None
    held = before.get("accept") if isinstance(before, dict) else None
    if not isinstance(before, dict) or {**before, "accept": [entry, *(held or [])]} != {
        **after,
        "accept": [entry, *(one for one in after.get("accept") or [] if one != entry)],
    }:
        raise Unwritable(f"`accept` in {FILE_NAME} is not a list that can be added to; add it by hand: {entry}")
    handle, name = tempfile.mkstemp(dir=folder, prefix=FILE_NAME)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
        stream.write(changed)
    if path.exists():
        shutil.copymode(path, name)
    else:
        Path(name).chmod(0o644)
    Path(name).replace(path)


def _with_entry(text: str, root: Any, entry: str) -> str:
    """The text with one more item in its `accept` list, which is made when there is none."""
    import yaml

    end = "\r\n" if "\r\n" in text else "\n"
    item = f'"{entry}"'
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    value = next((node for key, node in pairs if key.value == "accept"), None)
    if value is None:
        return text + ("" if text.endswith(("\n", "\r")) or not text else end) + f"accept:{end}  - {item}{end}"
    if isinstance(value, yaml.SequenceNode) and value.flow_style:
        start = value.start_mark.index + 1
        return text[:start] + item + (", " if value.value else "") + text[start:]
    if isinstance(value, yaml.SequenceNode):
        line = value.start_mark.index - value.start_mark.column
        return text[:line] + " " * value.start_mark.column + f"- {item}{end}" + text[line:]
    key = next(key for key, _ in pairs if key.value == "accept")
    stop = text.find("\n", key.end_mark.index)
    stop = len(text) if stop < 0 else stop + 1
    head = text[:stop] if text[:stop].endswith("\n") else text[:stop] + end
    return head + f"  - {item}{end}" + text[stop:]

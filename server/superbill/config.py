"""Read `superbill.yaml`, the settings of a workspace, and write accepted findings into it. For the outer layers."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

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
    return read_settings(data)


def find_settings(start: Path) -> tuple[Settings, list[str], Path | None]:
    """The settings that hold for a path: the nearest `superbill.yaml` in its folder or above."""
    folder = start if start.is_dir() else start.parent
    for candidate in (folder.resolve(), *folder.resolve().parents):
        if (candidate / FILE_NAME).is_file():
            settings, problems = load_settings(candidate)
            return settings, problems, candidate / FILE_NAME
    return Settings(), [], None


def accept(folder: Path, entry: str) -> None:
    """Add an accepted finding to the settings of a folder. The rest of the file stays as it is."""
    path = folder / FILE_NAME
    text = path.read_text(encoding="utf-8") if path.exists() else "# Settings of Superbill for this folder.\n"
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines()
    item = f'  - "{entry}"'
    for number, line in enumerate(lines):
        if line.rstrip() == "accept:":
            lines.insert(number + 1, item)
            break
    else:
        lines += ["accept:", item]
    handle, name = tempfile.mkstemp(dir=folder, prefix=FILE_NAME)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
        stream.write(end.join(lines) + end)
    Path(name).replace(path)

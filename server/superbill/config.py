"""Read `superbill.yaml`, the settings of a workspace, and write what users decide in an editor into it. For
the outer layers."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from superbill.engine.settings import Settings, read_settings
from superbill.settings_text import Unwritable, with_accepted, with_column, with_payer

__all__ = [
    "FILE_NAME",
    "Unwritable",
    "accept",
    "choose_payer",
    "find_settings",
    "is_broken",
    "load_settings",
    "name_column",
]

FILE_NAME = "superbill.yaml"
_NEW = "# Settings of Superbill for this folder.\n"


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


def is_broken(path: Path) -> bool:
    """Whether a settings file says nothing that can be understood: no text, no YAML, or no mapping."""
    import yaml

    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError):
        return True
    return data is not None and not isinstance(data, dict)


def find_settings(start: Path) -> tuple[Settings, list[str], Path | None]:
    """The settings that hold for a path: the nearest `superbill.yaml` in its folder or above."""
    folder = start if start.is_dir() else start.parent
    for candidate in (folder.resolve(), *folder.resolve().parents):
        if (candidate / FILE_NAME).is_file():
            settings, problems = load_settings(candidate)
            return settings, problems, candidate / FILE_NAME
    return Settings(), [], None


def accept(folder: Path, entry: str) -> None:
    """Add an accepted finding to the settings of a folder. The rest of the file stays as it is, to the letter.

    Raises Unwritable when the file is no YAML or its `accept` no list, OSError when it cannot be written.
    """
    path = folder / FILE_NAME
    _write(path, with_accepted(_text(path), entry))


def name_column(folder: Path, pattern: str, role: str, heading: str) -> None:
    """Say in the settings of a folder what a column holds, in the files of a pattern. All else stays as it is.

    Raises Unwritable when the file is no YAML or its `columns` no mapping, OSError when it cannot be written.
    """
    path = folder / FILE_NAME
    _write(path, with_column(_text(path), pattern, role, heading))


def choose_payer(folder: Path, payer: str) -> None:
    """Say in the settings of a folder which payer profile holds; "" leaves it to the files. All else stays as it is.

    Raises Unwritable when the file is no YAML or its `payer` cannot be replaced, OSError when it cannot be written.
    """
    path = folder / FILE_NAME
    _write(path, with_payer(_text(path), payer))


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8") if path.exists() else _NEW
    except UnicodeDecodeError:
        raise Unwritable(f"{FILE_NAME} is not UTF-8 text; mend it first") from None


def _write(path: Path, text: str) -> None:
    """Put a file in the place of the old one, whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=FILE_NAME)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
        stream.write(text)
    if path.exists():
        shutil.copymode(path, name)
    else:
        Path(name).chmod(0o644)
    Path(name).replace(path)

"""Read `superbill.yaml`, the settings of a workspace, and write what users decide in an editor into it. For
the outer layers."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from superbill.catalog.own.model import TEAM_FILE
from superbill.engine import baseline
from superbill.engine.baseline import Baseline
from superbill.engine.settings import Settings, read_settings
from superbill.settings_text import Unwritable, with_accepted, with_column, with_payer, with_rule_off

if TYPE_CHECKING:
    from superbill.catalog.store import Catalog

__all__ = [
    "FILE_NAME",
    "TEAM_FILE",
    "Unwritable",
    "accept",
    "accept_entries",
    "add_to_baseline",
    "catalog_files",
    "choose_payer",
    "find_settings",
    "load_baseline",
    "load_settings",
    "name_column",
    "name_in_baseline",
    "save_baseline",
    "turn_off",
    "understand",
    "with_workspace",
]

FILE_NAME = "superbill.yaml"
_COMMENT = re.compile(r"\s+#+\s*(.*?)\s*\Z")
_NEW = "# Settings of Superbill for this folder.\n"


def load_settings(folder: Path, last: Settings | None = None) -> tuple[Settings, list[str]]:
    """The settings of a folder, and what is wrong with its file. No file, no settings, nothing wrong.

    Where nothing of the file can be understood, the settings are `last`, those it had when it could, if any.
    """
    path = folder / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings(), []
    except (OSError, UnicodeDecodeError) as error:
        return _last(last, f"cannot be read ({type(error).__name__})")
    return understand(text, folder, last)


def understand(text: str, folder: Path, last: Settings | None = None) -> tuple[Settings, list[str]]:
    """The settings that the text of a `superbill.yaml` in a folder says, and what is wrong with it; `last` as in
    `load_settings`."""
    import yaml

    try:
        root, data = _parsed(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}: " if mark else ""
        return _last(last, f"{where}not YAML ({getattr(error, 'problem', None) or 'cannot be parsed'})")
    except ValueError as error:  # 2026-02-30 looks like a date, and is none
        return _last(last, f"not YAML ({error})")
    known: frozenset[str] = frozenset()
    if isinstance(data, dict) and (data.get("rules") or data.get("paths")):
        from superbill.rules.book import all_rules

        known = frozenset(name for rule in all_rules().values() for name in (rule.id, rule.name))
    own = isinstance(data, dict) and data.get("own_rules")
    named = data.get("catalog") if isinstance(data, dict) else None
    settings, problems = read_settings(
        data,
        known,
        profiles=_profiles(own, folder, named) if own else (),
        line_of=lambda path: _line_in(root, path),
        origin=os.path.abspath(folder / FILE_NAME),  # noqa: PTH100  # not resolved: the file as it is called here
    )
    if settings.baseline:
        settings = replace(settings, baseline=str(folder / settings.baseline))
    if settings.catalog:
        settings = replace(settings, catalog=tuple(str(folder / name) for name in settings.catalog))
    return settings, problems


def _parsed(text: str) -> tuple[Any, Any]:
    """The outermost node of a YAML text, and what it says. Raises yaml.YAMLError, and ValueError for what looks like a
    date and is none."""
    import yaml

    loader = yaml.SafeLoader(text)
    try:
        root = loader.get_single_node()
        return root, loader.construct_document(root) if root is not None else None
    finally:
        loader.dispose()


def _last(last: Settings | None, problem: str) -> tuple[Settings, list[str]]:
    if last is None:
        return Settings(), [problem]
    return last, [f"{problem}; what it said before still holds"]


def _profiles(own: object, folder: Path, named: object) -> Iterable[str]:
    """The payer profiles there are, those of the workspace's catalog among them, for rules that name some."""
    from superbill.catalog.store import CatalogError, open_catalog

    entries = own if isinstance(own, list) else []
    if not any(isinstance(entry, dict) and entry.get("payers") for entry in entries):
        return ()
    try:
        names = named if isinstance(named, list) else [named]
        files = [folder / one for one in names if isinstance(one, str)]
        here = Settings(catalog=tuple(map(str, files)))
        return tuple(with_workspace(open_catalog(), catalog_files(folder, here), rules=False)[0].profiles)
    except CatalogError:
        return ()  # said where the catalog is opened to be used


def _line_in(node: Any, path: Sequence[str | int]) -> int:
    """The line, from 1, on which a value below a node of YAML stands; that of the nearest one above it when it is not
    there, and 0 when there is none."""
    import yaml

    line = 0
    for step in path:
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == str(step)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            break
    return line


def accept_entries(path: Path) -> dict[str, tuple[int, str]]:
    """The `accept` list of a settings file: its entries with the line of each, from 1, and what a comment beside it says,
    "" where there is none. Empty when the file cannot be read."""
    import yaml

    try:
        text = path.read_text(encoding="utf-8")
        root, _ = _parsed(text)
    except (OSError, ValueError, yaml.YAMLError):
        return {}
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    items = next((value.value for key, value in pairs if key.value == "accept" and isinstance(value.value, list)), [])
    lines = text.splitlines()
    found = {}
    for item in items:
        if isinstance(item, yaml.ScalarNode):
            end = item.end_mark
            comment = _COMMENT.match(lines[end.line][end.column :]) if end.line < len(lines) else None
            found[" ".join(item.value.split())] = (item.start_mark.line + 1, comment[1] if comment else "")
    return found


def find_settings(start: Path, known: dict[Path, Settings] | None = None) -> tuple[Settings, list[str], Path | None]:
    """The settings that hold for a path: the nearest `superbill.yaml` in its folder or above.

    `known` keeps by file what it said when it was last understood; it is read and written.
    """
    kept = {} if known is None else known
    folder = start if start.is_dir() else start.parent
    for candidate in (folder.resolve(), *folder.resolve().parents):
        if (candidate / FILE_NAME).is_file():
            path = candidate / FILE_NAME
            kept[path], problems = load_settings(candidate, kept.get(path))
            return kept[path], problems, path
    return Settings(), [], None


def catalog_files(start: Path, settings: Settings) -> tuple[Path, ...]:
    """The files of the workspace's own catalog that hold for a path: those that its settings name, and the nearest
    `superbill-catalog.yaml` in its folder or above."""
    folder = (start if start.is_dir() else start.parent).resolve()
    found = [Path(name) for name in settings.catalog]
    found += [one / TEAM_FILE for one in (folder, *folder.parents) if (one / TEAM_FILE).is_file()][:1]
    return tuple(dict.fromkeys(found))


def with_workspace(catalog: Catalog, files: Sequence[Path], *, rules: bool = True) -> tuple[Catalog, list[str]]:
    """A catalog with the workspace's own beside it, and what is wrong with its files, with file and line.

    `rules` says whether the rules that payers speak of are to be known; looking them up takes a moment.
    """
    if not files:
        return catalog, []
    from superbill.catalog.own.team import read_team

    known: frozenset[str] = frozenset()
    if rules:
        from superbill.rules.book import all_rules

        known = frozenset(name for rule in all_rules().values() for name in (rule.id, rule.name))
    team, problems = read_team(files, catalog.profiles, known)
    return catalog.beside(team), problems


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


def turn_off(folder: Path, rule: str) -> None:
    """Switch a rule off in the settings of a folder. All else stays as it is.

    Raises Unwritable when the file is no YAML or its `rules` no mapping, OSError when it cannot be written.
    """
    from superbill.rules.book import all_rules

    path = folder / FILE_NAME
    known = all_rules().get(rule)
    _write(path, with_rule_off(_text(path), rule, known.name if known else rule))


def load_baseline(path: Path) -> Baseline:
    """A baseline from its file. Raises baseline.Broken, with the reason, also when the file cannot be read."""
    try:
        return baseline.parse(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise baseline.Broken("not UTF-8 text") from None
    except OSError as error:
        raise baseline.Broken(f"cannot be read ({error.strerror or type(error).__name__})") from None


def save_baseline(path: Path, content: Baseline) -> None:
    """Write a baseline in the place of the old one, whole or not at all. Raises OSError."""
    _write(path, baseline.write(content))


def add_to_baseline(path: Path, name: str, known_by: str) -> None:
    """Accept one more finding of a file, named by its path from the baseline's folder. Raises Broken and OSError."""
    content = load_baseline(path)
    of_file = content.setdefault(name, {})
    of_file[known_by] = of_file.get(known_by, 0) + 1
    save_baseline(path, content)


def name_in_baseline(baseline_path: Path, path: Path) -> str:
    """How a baseline names a file: its path from the baseline's folder, with "/"."""
    try:
        return Path(os.path.relpath(path.resolve(), baseline_path.resolve().parent)).as_posix()
    except ValueError:  # another drive
        return path.resolve().as_posix()


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8") if path.exists() else _NEW
    except UnicodeDecodeError:
        raise Unwritable(f"{FILE_NAME} is not UTF-8 text; mend it first") from None


def _write(path: Path, text: str) -> None:
    from superbill.replacing import replace_file  # what only writing needs: a check reads

    replace_file(path, text.encode("utf-8"))

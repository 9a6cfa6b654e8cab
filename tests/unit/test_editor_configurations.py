"""The configurations under editors/: they can be read, and know the endings that the server knows."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
import yaml

from superbill.charges.dialects.hl7 import dialect as hl7
from superbill.charges.dialects.x12 import dialect as x12

ROOT = Path(__file__).parents[2]
EDITORS = ROOT / "editors"
X12 = {suffix.lstrip(".") for suffix in x12._SUFFIXES}
HL7 = {suffix.lstrip(".") for suffix in hl7._SUFFIXES}


def _json(path: Path) -> object:
    return json.loads(re.sub(r"^\s*//.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE))


def _toml_list(text: str, language: str) -> set[str]:
    """The file types of a language in languages.toml; the standard library reads TOML only from Python 3.11 on."""
    block = text.split(f'name = "{language}"')[1].split("[[language]]")[0]
    match = re.search(r"^file-types = (\[.*\])$", block, re.MULTILINE)
    assert match is not None
    return set(json.loads(match[1]))


def _endings(name: str) -> tuple[set[str], set[str]]:
    """What a configuration takes for X12 and for HL7."""
    if name == "helix":
        text = (EDITORS / "helix" / "languages.toml").read_text(encoding="utf-8")
        return _toml_list(text, "x12"), _toml_list(text, "hl7")
    if name == "sublime-text":
        found = [
            yaml.safe_load((EDITORS / name / f"{one}.sublime-syntax").read_text(encoding="utf-8"))
            for one in ("X12", "HL7")
        ]
        return set(found[0]["file_extensions"]), set(found[1]["file_extensions"])
    if name == "kate":
        roots = [ElementTree.parse(EDITORS / name / f"{one}.xml").getroot() for one in ("x12", "hl7")]
        both = [set(root.attrib["extensions"].replace("*.", "").split(";")) for root in roots]
        return both[0], both[1]
    if name == "vim":
        text = (EDITORS / name / "ftdetect" / "superbill.vim").read_text(encoding="utf-8")
        lines = {
            match[2]: match[1] for match in re.finditer(r"^autocmd \S+ (\S+) setfiletype (\w+)$", text, re.MULTILINE)
        }
        return set(lines["x12"].replace("*.", "").split(",")), set(lines["hl7"].replace("*.", "").split(","))
    if name == "neovim":
        text = (EDITORS / name / "lua" / "superbill.lua").read_text(encoding="utf-8")
        pairs = re.findall(r'(?:\["(\w+)"\]|\b(\w+)) = "(x12|hl7)"', text)
        return {a or b for a, b, kind in pairs if kind == "x12"}, {a or b for a, b, kind in pairs if kind == "hl7"}
    raise AssertionError(name)


@pytest.mark.parametrize("name", ["neovim", "vim", "kate", "helix", "sublime-text"])
def test_endings_are_those_of_the_server(name: str) -> None:
    assert _endings(name) == (X12, HL7)


def test_emacs_knows_the_endings() -> None:
    text = (EDITORS / "emacs" / "superbill.el").read_text(encoding="utf-8")
    patterns = re.findall(r"'\(\"\\\\\.\\\\\(\?:(.*?)\\\\\)\\\\'\" \. superbill-(x12|hl7)-mode", text)
    found = {kind: re.compile(pattern.replace("\\\\|", "|")) for pattern, kind in patterns}
    assert all(found["x12"].fullmatch(ending) for ending in X12)
    assert all(found["hl7"].fullmatch(ending) for ending in HL7)


@pytest.mark.parametrize(
    "name", ["kate/settings.json", "sublime-text/LSP.sublime-settings", "vim/coc-settings.json", "zed/settings.json"]
)
def test_json_can_be_read(name: str) -> None:
    assert isinstance(_json(EDITORS / name), dict)


def test_servers_are_started_by_the_one_command() -> None:
    kate = _json(EDITORS / "kate" / "settings.json")
    sublime = _json(EDITORS / "sublime-text" / "LSP.sublime-settings")
    coc = _json(EDITORS / "vim" / "coc-settings.json")
    assert isinstance(kate, dict) and isinstance(sublime, dict) and isinstance(coc, dict)
    commands = [server["command"] for server in kate["servers"].values()]
    commands += [sublime["clients"]["superbill"]["command"]]
    commands += [[one["command"], *one["args"]] for one in coc["languageserver"].values()]
    assert commands == [["superbill", "serve"]] * 5


def test_kate_names_its_modes_as_its_syntax_files_do() -> None:
    settings = _json(EDITORS / "kate" / "settings.json")
    assert isinstance(settings, dict)
    modes = [re.compile(server["highlightingModeRegex"]) for server in settings["servers"].values()]
    for file in (EDITORS / "kate").glob("*.xml"):
        name = ElementTree.parse(file).getroot().attrib["name"]
        assert any(mode.search(name) for mode in modes), name


@pytest.mark.parametrize("page", sorted(path.name for path in (ROOT / "docs" / "editors").glob("*.md")))
def test_pages_lead_somewhere(page: str) -> None:
    path = ROOT / "docs" / "editors" / page
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8"))
    assert targets
    for target in targets:
        assert (path.parent / target).exists(), target
    assert f"editors/{page}" in (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")

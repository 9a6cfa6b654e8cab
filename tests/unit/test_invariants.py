"""The walls that carry weight, each held by a test."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "server" / "superbill"

#: What each layer may import of the others.
ALLOWED = {
    "text": {"text"},
    "catalog": {"catalog"},
    "charges": {"charges", "text"},
    "rules": {"rules", "catalog", "charges"},
    "engine": {"engine", "rules", "catalog", "charges", "text"},
    "report": {"report", "engine", "rules", "catalog", "charges", "text"},
    "cli": {"cli", "report", "engine", "rules", "catalog", "charges", "text", "config", "lsp", ""},
    "lsp": {"lsp", "report", "engine", "rules", "catalog", "charges", "text", "config", ""},
}
FILES = [path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).parts[0] in ALLOWED]


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_layers(path: Path) -> None:
    layer = path.relative_to(PACKAGE).parts[0]
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "superbill" and len(parts) > 1 and (PACKAGE / parts[1]).exists():
            assert parts[1] in ALLOWED[layer], f"{layer} must not know {name}"
        if parts[0] in ("pygls", "lsprotocol"):
            assert layer == "lsp", f"only lsp may import {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_core_opens_nothing(path: Path) -> None:
    layer = path.relative_to(PACKAGE).parts[0]
    if layer not in ("text", "charges", "rules", "engine"):
        return
    names = {
        node.func.id
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not names & {"open", "print", "input", "exec", "eval"}
    assert not imports(path) & {"socket", "urllib.request", "http.client", "subprocess", "sqlite3", "logging"}


def test_no_rule_knows_a_dialect_and_no_dialect_a_rule() -> None:
    for path in (PACKAGE / "rules").rglob("*.py"):
        assert not any(name.startswith("superbill.charges.dialects") for name in imports(path)), path
    for path in (PACKAGE / "charges").rglob("*.py"):
        assert not any(name.startswith("superbill.rules") for name in imports(path)), path


def test_one_module_uses_the_network_and_one_command_uses_it() -> None:
    clients = {"urllib.request", "http.client", "requests", "httpx", "ftplib", "smtplib"}
    fetching = "superbill.catalog.download"
    for path in PACKAGE.rglob("*.py"):
        name = path.relative_to(PACKAGE).as_posix()
        found = imports(path)
        assert name == "catalog/download.py" or not found & clients, path
        assert name == "cli/update.py" or not any(one.startswith(fetching) for one in found), path
        assert name == "cli/main.py" or not any(one.startswith("superbill.cli.update") for one in found), path


@pytest.mark.parametrize(
    "module", ["superbill.cli.main", "superbill.cli.check", "superbill.cli.lookup", "superbill.cli.cards"]
)
def test_the_command_line_imports_no_protocol(module: str) -> None:
    code = f"import sys, {module}; sys.exit(any(n.split('.')[0] in ('pygls', 'lsprotocol') for n in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_look_up_imports_no_rule_and_no_yaml() -> None:
    code = (
        "import sys; from superbill.cli.main import main; code = main(['lookup', '76380']);"
        "sys.exit(code or any(n == 'yaml' or n.startswith('superbill.rules.book') for n in sys.modules))"
    )
    subprocess.run([sys.executable, "-m", "superbill", "lookup", "76380"], check=True, capture_output=True)  # compiles
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0

"""How the VS Code extension starts the server that it carries: which Python, and where compiled modules are kept."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SERVER = Path(__file__).parents[2] / "editors" / "vscode" / "server"


@pytest.fixture
def carried(tmp_path: Path) -> Path:
    """What the extension carries, with a server that names what it has imported."""
    for name in ("launch.py", "ready.py"):
        shutil.copy(SERVER / name, tmp_path)
    package = tmp_path / "lib" / "superbill"
    for folder in (package, package / "cli", package / "rules"):
        folder.mkdir(parents=True)
        (folder / "__init__.py").touch()
    (package / "rules" / "one.py").write_text("MEANING = 1\n")
    (package / "cli" / "main.py").write_text(
        "import sys, colorsys, superbill.rules.one\n\n\ndef run():\n    print(sys.argv, sys.pycache_prefix)\n"
    )
    return tmp_path


def ask(*words: str) -> str:
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, check=True).stdout


def compiled(folder: Path) -> set[str]:
    """The modules of ours that are kept in a folder, by their place in it."""
    found = (folder / "superbill").rglob("*.pyc")
    places = [path.parent.parent.relative_to(folder) / path.name.split(".")[0] for path in found]
    return {place.as_posix() for place in places}


def test_ours_is_compiled_into_the_folder_and_the_rest_where_python_keeps_it(carried: Path) -> None:
    folder = carried / "kept"
    said = ask("-I", "-S", "-X", f"pycache_prefix={folder}", str(carried / "launch.py"), "serve")
    assert said == "['superbill', 'serve'] None\n"
    assert compiled(folder) == {
        f"superbill/{name}" for name in ("__init__", "cli/__init__", "cli/main", "rules/__init__", "rules/one")
    }
    assert not compiled(carried / "lib")
    assert not list(folder.rglob("colorsys*")), "Python has compiled its own library already"


def test_what_was_compiled_is_used(carried: Path) -> None:
    words = ("-I", "-S", "-X", f"pycache_prefix={carried / 'kept'}", "-v", str(carried / "launch.py"))
    ask(*words)
    again = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=True).stderr
    assert "code object from" in again
    assert not [line for line in again.splitlines() if line.startswith("# wrote")]


def test_the_first_question_prepares_the_first_start(carried: Path) -> None:
    folder = carried / "kept"
    words = ("-S", "-E", str(carried / "ready.py"), str(folder))
    version = ".".join(map(str, sys.version_info[:3]))
    assert ask(*words) == f"superbill-probe {version} 1\n"
    assert compiled(folder) == {"superbill/rules/__init__", "superbill/rules/one"}
    assert not list(carried.glob("__pycache__")) and not compiled(carried / "lib")
    launched = ("-I", "-S", "-X", f"pycache_prefix={folder}", "-v", str(carried / "launch.py"))
    started = subprocess.run([sys.executable, *launched], capture_output=True, text=True, check=True).stderr
    assert not [line for line in started.splitlines() if line.startswith("# wrote") and "rules" in line]
    shutil.rmtree(folder / "superbill")
    assert ask(*words) == f"superbill-probe {version} 1\n"
    assert not compiled(folder), "once is enough: what is missing later, the server compiles"


def test_what_was_packed_compiled_is_taken_as_it_is(carried: Path) -> None:
    """The folder stays empty of ours, and nothing is compared with its source."""
    words = "import sys; sys.path.insert(0, sys.argv[1]); from launch import SHIPPED, compile_into; compile_into(SHIPPED, [''], True)"
    ask("-I", "-S", "-B", "-c", words, str(carried))
    folder = carried / "kept"
    (carried / "lib" / "superbill" / "rules" / "one.py").write_text("raise SystemExit('compiled anew')\n")
    ask("-S", "-E", str(carried / "ready.py"), str(folder))
    said = ask("-I", "-S", "-X", f"pycache_prefix={folder}", str(carried / "launch.py"), "serve")
    assert said == "['superbill', 'serve'] None\n"
    assert len(compiled(carried / "compiled")) == 5 and not compiled(folder)


@pytest.mark.parametrize("name", ["launch.py", "ready.py"])
def test_an_old_python_can_read_what_it_is_told_by(name: str) -> None:
    """As far as a new one can tell: no syntax that Python 2 lacks."""
    text = (SERVER / name).read_text(encoding="utf-8")
    assert text.isascii()
    for new in ('f"', "f'", " -> ", ": str", "print ", ":=", "nonlocal", "async ", "raise from", "yield from"):
        assert new not in text, new

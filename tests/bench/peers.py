"""Programs of others to compare with, put into a folder of their own when npm or pip can get them.

The folder is SUPERBILL_BENCH_PEERS, and is kept; without the variable it is a temporary one. What cannot be had is
passed over with a line that says so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from functools import lru_cache
from pathlib import Path

#: Versions are named, so that two runs compare with the same.
_SERVERS = {
    "vscode-json-languageserver": "1.3.4",
    "yaml-language-server": "2.0.0",
}
_PYX12 = "4.0.0"
_temporary: list[tempfile.TemporaryDirectory[str]] = []


@lru_cache(maxsize=1)
def _folder() -> Path:
    named = os.environ.get("SUPERBILL_BENCH_PEERS")
    if named:
        folder = Path(named).expanduser().resolve()
        folder.mkdir(parents=True, exist_ok=True)
        return folder
    _temporary.append(tempfile.TemporaryDirectory(prefix="peers"))
    return Path(_temporary[0].name)


def _run(*command: str, cwd: Path) -> str:
    """Run a command; what went wrong, in a line, or ""."""
    try:
        done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=300)
    except (OSError, subprocess.TimeoutExpired) as error:
        return type(error).__name__
    said = (done.stderr or done.stdout).strip().splitlines()
    return "" if done.returncode == 0 else (said[-1] if said else f"exit code {done.returncode}")


@lru_cache(maxsize=4)
def node_server(name: str) -> tuple[str, ...] | None:
    """The command of a language server from npm; None, and a line of text, when it cannot be had."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        print(f"{name} is left out: there is no npm")
        return None
    folder = _folder() / "npm"
    folder.mkdir(exist_ok=True)
    script = folder / "node_modules" / ".bin" / name
    if not script.exists():
        wanted = [f"{package}@{version}" for package, version in _SERVERS.items()]
        wrong = _run(
            npm, "install", "--no-save", "--no-audit", "--no-fund", "--prefix", str(folder), *wanted, cwd=folder
        )
        if wrong or not script.exists():
            print(f"{name} is left out: npm could not install it ({wrong})")
            return None
    return (node, str(script.resolve()), "--stdio")


@lru_cache(maxsize=1)
def pyx12() -> Path | None:
    """The Python of an environment that has pyx12; None, and a line of text, when it cannot be had."""
    folder = _folder() / "pyx12"
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    if not (python.parent / "x12valid").exists():
        wrong = _run(sys.executable, "-m", "venv", str(folder), cwd=folder.parent) or _run(
            str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"pyx12=={_PYX12}",
            cwd=folder.parent,
        )  # fmt: skip
        if wrong:
            print(f"pyx12 is left out: pip could not install it ({wrong})")
            return None
    return python


def version(name: str) -> str:
    """The version of a server that is compared with."""
    return _SERVERS[name]

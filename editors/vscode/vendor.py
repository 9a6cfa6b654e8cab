"""Puts the server and all it needs into a folder of the extension.

python vendor.py TARGET     writes TARGET/launch.py, ready.py, lib and compiled; needs pip and a package index
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
#: The wheel that is taken of a package which has several: on every machine the same one, so that its hash is known.
WHEELS = ["--only-binary=:all:", "--platform=manylinux2014_x86_64", "--python-version=3.10", "--implementation=cp"]
#: Parts of packages that the server does not use.
UNUSED = ("_yaml", "bin", "superbill/_bundled/data")
#: What a finished installation still reads of the catalog's source.
KEPT = ("examples", "schema", "addresses.yaml")
COMPILED = {".so", ".pyd", ".dll", ".dylib"}


def pip(*arguments: str) -> None:
    """Run this Python's pip. Exits with its code when it fails."""
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.stderr.write(done.stdout + done.stderr)
        sys.exit(done.returncode)


def vendor(target: Path) -> None:
    """Fill the folder; what was in it goes."""
    shutil.rmtree(target, ignore_errors=True)
    lib = target / "lib"
    lib.mkdir(parents=True)
    requirements = str(HERE / "server" / "requirements.txt")
    into = ["install", "--no-deps", "--no-compile", "--root-user-action=ignore", "--target", str(lib)]
    pip(*into, *WHEELS, "--require-hashes", "-r", requirements)
    with tempfile.TemporaryDirectory() as wheels:
        pip("wheel", "--no-deps", "--wheel-dir", wheels, str(ROOT))
        (wheel,) = Path(wheels).glob("superbill-*.whl")
        pip(*into, str(wheel))
    for name in ("launch.py", "ready.py"):
        shutil.copy2(HERE / "server" / name, target)
    prune(lib)
    precompile(target)


def precompile(target: Path) -> None:
    """Compile all of it, for this Python, those that `SUPERBILL_PACK_PYTHONS` names (as a PATH does) and those of other
    versions on the PATH: their users' first start takes half the time. A name on the PATH may stand for no Python."""
    named = filter(None, os.environ.get("SUPERBILL_PACK_PYTHONS", "").split(os.pathsep))
    others = [f"python3.{minor}" for minor in range(10, 16) if minor != sys.version_info.minor]
    words = "import sys; sys.path.insert(0, sys.argv[1]); from launch import SHIPPED, compile_into; compile_into(SHIPPED, [''], True)"
    for python in [sys.executable, *named, *filter(shutil.which, others)]:
        try:
            command = [python, "-I", "-S", "-B", "-c", words, str(target)]
            done = subprocess.run(command, check=False, capture_output=True, text=True)
        except OSError as error:
            sys.exit(f"vendor.py: {python} cannot be run: {error.strerror}")
        if done.returncode and python not in others:
            sys.exit(f"vendor.py: {python} could not compile the server: {done.stderr}")


def prune(lib: Path) -> None:
    """Take out what is not used or would run on one system only."""
    data = lib / "superbill" / "_bundled" / "data"
    for name in KEPT:
        shutil.move(data / name, lib / name)
    for name in UNUSED:
        shutil.rmtree(lib / name, ignore_errors=True)
    for name in KEPT:
        data.mkdir(exist_ok=True)
        shutil.move(lib / name, data / name)
    for path in [*lib.rglob("*")]:
        if path.suffix in COMPILED or path.name in ("RECORD", "INSTALLER", "REQUESTED", "direct_url.json"):
            path.unlink()
    if not (lib / "superbill" / "_bundled" / "catalog.sqlite").is_file():
        sys.exit("vendor.py: the wheel holds no compiled catalog")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    vendor(Path(sys.argv[1]).resolve())

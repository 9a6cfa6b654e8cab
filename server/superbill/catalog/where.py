"""Where the catalog's source lies and where its compiled form is kept."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def home() -> Path:
    """The folder for imported tables and caches: `SUPERBILL_HOME`, else the platform's user data folder."""
    chosen = os.environ.get("SUPERBILL_HOME")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Superbill"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Superbill"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "superbill"


def tables() -> Path:
    """The folder of imported national tables: `SUPERBILL_TABLES`, so that several may share one, else below `home`."""
    chosen = os.environ.get("SUPERBILL_TABLES")
    return Path(chosen) if chosen else home() / "national"


def own() -> Path:
    """The folder of what users bring themselves: beside imported tables that are shared, else below `home`."""
    chosen = os.environ.get("SUPERBILL_TABLES")
    return Path(chosen) / "own" if chosen else home() / "own"


def source() -> Path:
    """The folder of the catalog's YAML: beside the checkout, else the copy inside the installed package."""
    checkout = _PACKAGE.parent.parent / "data"
    return checkout if (checkout / "families.yaml").exists() else _PACKAGE / "_bundled" / "data"


def compiled() -> Path:
    """The database that was compiled when the package was built; it may be absent in a checkout."""
    return _PACKAGE / "_bundled" / "catalog.sqlite"


def in_checkout() -> bool:
    """Whether this is a development checkout, where the YAML is the truth and the database follows it."""
    return source() == _PACKAGE.parent.parent / "data"

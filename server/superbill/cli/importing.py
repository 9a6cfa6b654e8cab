"""Import files that a user names or that were just fetched."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def import_paths(paths: Sequence[Path]) -> int:
    """Import what the files hold; the exit code."""
    raise NotImplementedError

"""Whether the user has said to hold a licence of the AMA for CPT. Said once, kept beside the user's own things."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path

from superbill.catalog import where


def _path() -> Path:
    return where.own() / "ama-licence.json"


def held() -> bool:
    """Whether it was said."""
    try:
        return bool(json.loads(_path().read_text(encoding="utf-8"))["held"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def say() -> None:
    """Keep that it was said. Raises OSError."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    said = {"held": True, "said": datetime.now(timezone.utc).isoformat(timespec="seconds")}
    part = path.with_suffix(".part")
    part.write_text(json.dumps(said), encoding="utf-8")
    part.replace(path)


def forget() -> None:
    """As if it had never been said. Raises OSError."""
    _path().unlink(missing_ok=True)

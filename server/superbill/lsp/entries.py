"""Catalog entries as read-only Markdown files in the cache, so that every editor can open them. They hold no document text."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING

from superbill.catalog import where
from superbill.engine import cards

if TYPE_CHECKING:
    from superbill.rules.knowledge import Knowledge


def entry_file(know: Knowledge, kind: str, text: str) -> Path | None:
    """The file with all that is known of a code, modifier or place of service; None when nothing is."""
    if kind == "code":
        page, name = cards.entry_page(know, text), text
    elif kind == "modifier":
        page, name = cards.modifier_card(know, text), f"modifier-{text}"
    elif kind == "place":
        page, name = cards.place_card(know, text), f"place-{text}"
    else:
        return None
    if not page or not text.isalnum():
        return None
    path = where.home() / "cache" / "entries" / f"{name}.md"
    try:
        if not path.exists() or path.read_text(encoding="utf-8") != page:
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".part")
            part.write_text(page, encoding="utf-8")
            part.chmod(stat.S_IREAD | stat.S_IRGRP | stat.S_IROTH)
            part.replace(path)
    except OSError:
        return None
    return path

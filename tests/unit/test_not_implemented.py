"""The page on rules that are not there tells the truth."""

from __future__ import annotations

import re
from pathlib import Path

from superbill.rules.book import all_rules

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rules" / "not-implemented.md"
_ID = re.compile(r"\b[A-Z][0-9]{3,4}\b")


def test_what_is_said_not_to_be_there_is_not() -> None:
    rows = [line.split("|") for line in PAGE.read_text(encoding="utf-8").splitlines() if _ID.match(line[2:])]
    missing = [row[1].strip() for row in rows]
    assert len(missing) > 20 and len(set(missing)) == len(missing)
    assert not set(missing) & set(all_rules())
    for row in rows:
        # What it names instead is there, or on the page itself; modifiers and codes are shaped otherwise.
        for named in _ID.findall(row[3]):
            assert named in all_rules() or named in missing, named

"""Modifiers that stand on one line together, and the mends for those that must not."""

from __future__ import annotations

from collections.abc import Sequence

from superbill.charges.model import ServiceLine
from superbill.rules.base import Fix
from superbill.rules.fixes import remove
from superbill.rules.knowledge import Knowledge

#: The four that say more exactly than 59 why a service is distinct.
SUBSETS = ("XE", "XP", "XS", "XU")


def beside(line: ServiceLine, know: Knowledge, *modifiers: str) -> list[str]:
    """Those of `modifiers` that are on the line, each once, in the line's order; a trip is none of them."""
    if not line.code:
        return []
    return [m for m in dict.fromkeys(line.mods) if m in modifiers and not know.is_trip(line, m)]


def named(found: Sequence[str]) -> str:
    """Modifiers as a sentence lists them: "62, 66 and 80"."""
    *first, last = found
    return f"{', '.join(first)} and {last}" if first else last


def may_have_sides(line: ServiceLine, know: Knowledge) -> bool:
    """Whether a code has sides, or nothing is known of it; of the others the rules on 50 and sides speak."""
    row = know.row(line)
    return row is None or row.bilateral in ("1", "3")


def keep_one(line: ServiceLine, found: Sequence[str]) -> list[Fix]:
    """One mend for each modifier that may stay: take the others off. Never preferred: people choose."""
    return [remove(line, *(other for other in found if other != kept), preferred=False) for kept in reversed(found)]

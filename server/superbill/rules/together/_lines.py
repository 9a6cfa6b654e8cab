"""What the rules that set line against line share: when two lines belong together, and what parts them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from superbill.charges.model import ServiceLine
from superbill.rules.knowledge import Knowledge

#: Modifiers that call a service distinct.
DISTINCT = ("59", "XE", "XS", "XP", "XU")
#: Modifiers that call it a repeat.
REPEAT = ("76", "77", "91")
#: The 3-D rendering codes.
RENDERED = ("76376", "76377")

_TOMOGRAPHIC = (
    "render3d-base", "render3d-other-base", "ct", "cta", "ct-other", "ct-guidance", "mr", "mra", "mra-head",
    "cardiac-breast-imaging", "nuclear", "image-guidance",
)  # fmt: skip
_CT = ("ct", "cta", "ct-other", "ct-guidance")
#: Codes of the lists that begin or end within the years that claims still come from: first day, last day.
_WINDOWS = {
    "77014": (date.min, date(2025, 12, 31)),
    "70471": (date(2026, 1, 1), date.max),
    "70472": (date(2026, 1, 1), date.max),
    "70473": (date(2026, 1, 1), date.max),
}


def charged(line: ServiceLine) -> bool:
    """Whether the line stands in a charge file, with more about it than a code. A note may cite a code twice."""
    written = line.written
    return any(value is not None for value in (written.units, written.date, written.place, written.charge))


def one_biller(one: ServiceLine, other: ServiceLine) -> bool:
    """Whether two lines may be of one provider: the same, or not said for one of them."""
    return not one.provider or not other.provider or one.provider == other.provider


def one_day(one: ServiceLine, other: ServiceLine) -> bool:
    """Whether two lines may be of one day: the same, or not said for one of them."""
    return one.since is None or other.since is None or one.since == other.since


def meet(one: ServiceLine, other: ServiceLine) -> bool:
    """Whether an edit between two lines can apply: one provider, one day."""
    return one_biller(one, other) and one_day(one, other)


def in_force(line: ServiceLine, know: Knowledge) -> bool:
    """Whether a code that lists name existed on the line's day (today when it has none)."""
    window = _WINDOWS.get(line.code)
    if window is None:
        return True
    return window[0] <= (line.since or know.today) <= window[1]


def is_other_ct(line: ServiceLine, know: Knowledge) -> bool:
    """Whether a line is a CT, CT angiogram or CT guidance in the sense of the rule on limited CT."""
    return bool(line.code) and know.in_any(line.code, *_CT) and in_force(line, know)


def has_tomographic_study(lines: Iterable[ServiceLine], know: Knowledge) -> bool:
    """Whether some line is a study that 3-D images can be made from, or that contains them."""
    return any(line.code and know.in_any(line.code, *_TOMOGRAPHIC) for line in lines)


def sides(line: ServiceLine) -> frozenset[str]:
    """The sides and other anatomical modifiers of a line."""
    return frozenset(
        m for m in line.mods if m in ("LT", "RT", "50") or (m[0] in "EFT" and m not in ("TC", "FT", "ET", "EJ"))
    )

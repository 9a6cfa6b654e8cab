"""What the unit rules share: which lines of a day are counted together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from superbill.catalog.model import UnitLimit
from superbill.charges.model import Claim, ServiceLine
from superbill.rules.knowledge import Knowledge

#: Modifiers that say who did it. Surgeon and assistant, physician and nurse anesthetist, each have their own count.
_ROLES = frozenset({"54", "55", "56", "62", "66", "80", "81", "82", "AS", "AA", "AD", "QK", "QX", "QY", "QZ"})


@dataclass(slots=True)
class Day:
    """The lines of one code, provider, role and day, and their units."""

    code: str
    limit: UnitLimit
    lines: list[tuple[int, ServiceLine, Decimal]] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        """The units of the day. The lines of 26 and of TC are two halves of one study, so they are not added up."""
        by_part: dict[str, Decimal] = {}
        for _, line, units in self.lines:
            by_part[line.component] = by_part.get(line.component, Decimal(0)) + units
        whole = by_part.pop("", Decimal(0))
        return whole + max(by_part.values(), default=Decimal(0))

    @property
    def over(self) -> int:
        """The number of the line with which the day goes over the limit."""
        counted = Day(self.code, self.limit)
        for entry in self.lines:
            counted.lines.append(entry)
            if counted.total > self.limit.value:
                return entry[0]
        return self.lines[-1][0]


def per_day(line: ServiceLine) -> Decimal | None:
    """The units of one day of a line: a line over several days is divided and rounded. None when not given."""
    if line.units is None or line.units <= 0:
        return None
    if line.since and line.until and line.until > line.since:
        days = (line.until - line.since).days + 1
        return (line.units / days).quantize(Decimal(1), ROUND_HALF_UP)
    return line.units


def days_over(claim: Claim, know: Knowledge, indicator: str) -> Iterator[Day]:
    """The days of a claim by code that go over their limit, for the codes whose limit is counted in this way and is not 0."""
    lines = claim.lines
    if len({line.code for line in lines}) == len(lines):  # each code once, as in most claims: a day is a line
        for number, line in enumerate(lines):
            limit = know.limit(line) if line.units is not None and line.code else None
            if limit is None or limit.indicator != indicator or not limit.value:
                continue
            units = per_day(line)
            if units is not None and units > limit.value:
                yield Day(line.code, limit, [(number, line, units)])
        return
    days: dict[tuple[object, ...], Day] = {}
    for number, line in enumerate(lines):
        limit = know.limit(line) if line.code else None
        if limit is None or not limit.value or limit.indicator != indicator:
            continue
        units = per_day(line)
        if units is None:
            continue
        roles = tuple(sorted([m for m in line.modifiers if m in _ROLES])) if line.modifiers else ()
        key = (line.code, line.provider, line.since, roles)
        day = days.get(key)
        if day is None:
            day = days[key] = Day(line.code, limit)
        day.lines.append((number, line, units))
    for day in days.values():
        if (day.lines[0][2] if len(day.lines) == 1 else day.total) > day.limit.value:
            yield day


def notice(lines: Iterable[ServiceLine], know: Knowledge) -> str:
    """What to add to a message on units over the limit when one of the lines has GA: the notice does not help here.

    NCCI Policy Manual 2026 chapter I, page 32: a denial of units is no matter of need, so no notice shifts it.
    """
    if know.profile.medicare and any(line.has("GA") for line in lines):
        return " A notice on file (GA) does not make the patient liable for these units."
    return ""


def plain(value: Decimal) -> str:
    """A number of units as people write it."""
    text = format(value.normalize(), "f")
    return text or "0"

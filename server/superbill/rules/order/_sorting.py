"""The usual order of modifiers, and what is out of place in a line's.

Convention, not code set: the trip of an ambulance line, then what sets the price, then what decides whether
the line is paid, then information, then the location, then physical status and quality measures. Within the
price, who gave the anesthesia comes first and the component next; 51 comes after all others that decide on
payment; the plan of care before the assistant.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from superbill.charges.model import ServiceLine
from superbill.rules.base import Draft, say
from superbill.rules.fixes import order
from superbill.rules.knowledge import Knowledge

GIVEN_BY = ("AA", "AD", "QK", "QX", "QY", "QZ")
COMPONENT = ("26", "TC")
ASSISTANT = ("CO", "CQ")
_PLAN = ("GN", "GO", "GP")
#: What 51 follows.
_BEFORE_MULTIPLE = ("59", "78", "XE", "XP", "XS", "XU")
_CLASSES = {"pricing": 1, "payment": 2, "information": 3, "location": 4, "status": 5, "measure": 5}
_PRICE, _PAYMENT, _INFORMATION, _LOCATION = 1, 2, 3, 4


class Misplaced(NamedTuple):
    """A modifier out of place, the rule that speaks of it, and the modifier it should change places with."""

    rule: str
    modifier: str
    beyond: str


def complain(line: ServiceLine, know: Knowledge, rule: str, why: str) -> Iterator[Draft]:
    """The finding of `rule`, if that is the one to speak. `why` may name `{modifier}` and `{beyond}`."""
    found = misplaced(line, know)
    if found is None or found.rule != rule:
        return
    wanted = sorted_modifiers(line, know)
    yield say(
        line.slot(found.modifier),
        f"{line.code}-{found.modifier}: {why.format(modifier=found.modifier, beyond=found.beyond)} Usual "
        f"order: {' '.join(wanted)}.",
        fixes=[order(wanted)],
    )


def misplaced(line: ServiceLine, know: Knowledge) -> Misplaced | None:
    """The most specific thing to say about the order of a line's modifiers; None when nothing is wrong.

    None as well when a modifier is unknown or malformed, or when two exclude each other: that comes first.
    """
    mods = line.mods
    if len(mods) < 2 or not line.code:
        return None
    found = _judge(mods, _trips(line, know), know)
    if found is None or any(
        text.strip() and not value for text, value in zip(line.written.modifiers, line.modifiers, strict=False)
    ):
        return None
    return found


def sorted_modifiers(line: ServiceLine, know: Knowledge) -> list[str]:
    """The modifiers of a line in the usual order; those of one rank keep theirs."""
    trips = _trips(line, know)
    return sorted(line.mods, key=lambda modifier: _rank(modifier, trips, know))


def _trips(line: ServiceLine, know: Knowledge) -> tuple[str, ...]:
    return tuple(modifier for modifier in line.mods if know.is_trip(line, modifier))


@lru_cache(maxsize=1024)
def _judge(mods: tuple[str, ...], trips: tuple[str, ...], know: Knowledge) -> Misplaced | None:
    """What is to be said of a list of modifiers. Files hold few different lists, so answers are kept."""
    if not _sound(mods, trips, know):
        return None
    ranks = {modifier: _rank(modifier, trips, know) for modifier in mods}
    if trips and mods[0] not in trips:
        return Misplaced("O804", trips[0], mods[0])
    for wanted, rule in ((GIVEN_BY, "O803"), (COMPONENT, "O802")):
        for place, modifier in enumerate(mods):
            before = next((other for other in mods[:place] if ranks[other] > ranks[modifier]), "")
            if modifier in wanted and before:
                return Misplaced(rule, modifier, before)
    return _within(mods, ranks)


def _within(mods: tuple[str, ...], ranks: dict[str, tuple[int, int]]) -> Misplaced | None:
    general: Misplaced | None = None
    for place, modifier in enumerate(mods):
        for other in mods[place + 1 :]:
            if modifier in ASSISTANT and other in _PLAN:
                return Misplaced("O807", other, modifier)
            if modifier == "51" and other in _BEFORE_MULTIPLE:
                return Misplaced("O806", modifier, other)
            if general is not None:
                continue
            if ranks[modifier][0] == _LOCATION and ranks[other][0] < _LOCATION:
                general = Misplaced("O805", modifier, other)
            elif ranks[modifier][0] in (_PAYMENT, _INFORMATION) and ranks[other][0] == _PRICE:
                general = Misplaced("O801", other, modifier)
    return general


def _sound(mods: tuple[str, ...], trips: tuple[str, ...], know: Knowledge) -> bool:
    """Whether all modifiers are known and none excludes another."""
    for modifier in mods:
        if modifier in trips:
            continue
        entry = know.modifier(modifier)
        if entry is None or any(other in entry.conflicts for other in mods):
            return False
    return True


def _rank(modifier: str, trips: tuple[str, ...], know: Knowledge) -> tuple[int, int]:
    if modifier in trips:
        return (0, 0)
    if modifier in GIVEN_BY:
        return (_PRICE, 0)
    if modifier in COMPONENT:
        return (_PRICE, 1)
    if modifier == "51":
        return (_PAYMENT, 1)
    if modifier in _PLAN:
        return (_INFORMATION, 0)
    entry = know.modifier(modifier)
    kind = _CLASSES[entry.order] if entry else _INFORMATION
    return (kind, 2 if kind == _PRICE else 1 if kind == _INFORMATION else 0)

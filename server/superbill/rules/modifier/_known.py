"""What a modifier can be besides an entry of the catalog: a trip, or a number that CPT has retired."""

from __future__ import annotations

from datetime import date

from superbill.charges.model import ServiceLine
from superbill.rules.knowledge import Knowledge

#: CPT modifiers that were withdrawn, with the first day on which they no longer counted.
RETIRED = {"21": date(2009, 1, 1)}

#: During a Medicare trial, ambulances could end a trip at further kinds of places, with letters of their own.
_TRIAL = (date(2021, 1, 1), date(2023, 12, 31))


def meant_as_trip(line: ServiceLine, modifier: str, know: Knowledge) -> bool:
    """Whether an unlisted modifier is, rightly or wrongly, a trip: then M405 judges it."""
    if not modifier.isalpha() or know.modifier(modifier) is not None:
        return False
    if know.ambulance_pair(modifier):
        return True
    return know.in_set(line.code, "transport") and trip(line, know) == ""


def trip(line: ServiceLine, know: Knowledge) -> str:
    """The modifier that tells where the trip began and ended; "" when no modifier does."""
    return next((modifier for modifier in line.mods if know.is_trip(line, modifier)), "")


def wrong_trip(line: ServiceLine, modifier: str, know: Knowledge) -> str:
    """Why a modifier cannot be the trip of an ambulance line; "" when it can be, or is something else."""
    if not meant_as_trip(line, modifier, know) or know.ambulance_pair(modifier):
        return ""
    letters = know.ambulance_letters
    start, end = modifier[0], modifier[1]
    if start not in letters:
        return f"{start} is no letter for where a trip begins"
    if letters[start].startswith("to: "):
        return f"{start} can only be where a trip ends"
    if line.since is not None and _TRIAL[0] <= line.since <= _TRIAL[1]:
        return ""
    return f"{end} is no letter for where a trip ends"

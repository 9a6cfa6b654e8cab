"""Mends that many rules offer, with titles that say what will happen."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from superbill.charges.dialect import (
    AddModifiers,
    RemoveLine,
    RemoveModifiers,
    SetModifiers,
    SetValue,
    SplitLine,
)
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Fix


def remove(line: ServiceLine, *modifiers: str, preferred: bool = True) -> Fix:
    """Take modifiers off a line. Mechanical, so preferred unless said otherwise."""
    return _removal(
        tuple([slot for slot, value in enumerate(line.modifiers) if value in modifiers]), modifiers, preferred
    )


@lru_cache(maxsize=1024)
def _removal(slots: tuple[int, ...], modifiers: tuple[str, ...], preferred: bool) -> Fix:
    names = " and ".join(modifiers)
    return Fix(f"Remove modifier{'s' if len(modifiers) > 1 else ''} {names}", (RemoveModifiers(slots),), preferred)


def remove_slots(slots: Iterable[int], title: str, preferred: bool = True) -> Fix:
    """Take the modifiers of some slots off a line, whatever stands in them."""
    return Fix(title, (RemoveModifiers(tuple(slots)),), preferred)


def add(*modifiers: str, first: bool = False, because: str = "") -> Fix:
    """Put modifiers on a line. Never preferred: it changes what is claimed. `because` names the condition."""
    title = f"Add modifier {' '.join(modifiers)}" + (f" ({because})" if because else "")
    return Fix(title, (AddModifiers(modifiers, first),))


def swap(line: ServiceLine, old: str, new: str, preferred: bool = False) -> Fix:
    """Write one modifier in the place of another."""
    return Fix(f"Replace {old} with {new}", (SetValue(line.slot(old), new),), preferred)


def write(part: Part, text: str, title: str = "", preferred: bool = True) -> Fix:
    """Write a value anew."""
    return Fix(title or f"Write {text}", (SetValue(part, text),), preferred)


def order(modifiers: Iterable[str]) -> Fix:
    """Put the modifiers of a line in another order."""
    wanted = tuple(modifiers)
    return Fix(f"Sort modifiers: {' '.join(wanted)}", (SetModifiers(wanted),), True)


def units(value: int | str) -> Fix:
    """Set the units of a line. Not preferred: units are money."""
    return Fix(f"Set units to {value}", (SetValue(Part("units"), str(value)),))


def split(line: ServiceLine, first: Iterable[str], second: Iterable[str], title: str) -> Fix:
    """Make two lines of one, each with its modifiers and one unit."""
    return Fix(title, (SplitLine(tuple(first), tuple(second), "1"),))


def remove_line(title: str = "Remove this line") -> Fix:
    """Delete the line. Never preferred."""
    return Fix(title, (RemoveLine(),))

"""Which modifiers name the part of the body more closely than left and right do."""

from __future__ import annotations

from superbill.charges.model import ServiceLine
from superbill.rules.knowledge import Knowledge

_FINGERS: dict[str, tuple[str, ...]] = {"LT": ("FA", "F1", "F2", "F3", "F4"), "RT": ("F5", "F6", "F7", "F8", "F9")}
_TOES: dict[str, tuple[str, ...]] = {"LT": ("TA", "T1", "T2", "T3", "T4"), "RT": ("T5", "T6", "T7", "T8", "T9")}
_LIDS: dict[str, tuple[str, ...]] = {"LT": ("E1", "E2"), "RT": ("E3", "E4")}
_VESSELS: dict[str, tuple[str, ...]] = {"LT": ("LC", "LD", "LM", "RI"), "RT": ("RC",)}
#: By code set: what the code treats one of, and the modifiers that say which, by side.
_BY_SET: dict[str, tuple[str, dict[str, tuple[str, ...]]]] = {
    "finger": ("finger", _FINGERS),
    "toe": ("toe", _TOES),
    "finger-or-toe": ("finger or toe", {side: (*_FINGERS[side], *_TOES[side]) for side in ("LT", "RT")}),
    "eyelid": ("eyelid", _LIDS),
    "coronary-intervention": ("coronary artery", _VESSELS),
}


def finer(line: ServiceLine, know: Knowledge) -> tuple[str, str, tuple[str, ...]] | None:
    """For a line with one of LT and RT where a closer modifier is asked for: what is treated, the side that the line has,
    and the modifiers for that side. None when a closer one is there already, or nothing is known of such."""
    if line.has("50") or line.has("LT") == line.has("RT"):
        return None
    side = "LT" if line.has("LT") else "RT"
    for name, (what, modifiers) in _BY_SET.items():
        if know.in_set(line.code, name):
            both = (*modifiers["LT"], *modifiers["RT"])
            return None if line.has(*both) else (what, side, modifiers[side])
    return None

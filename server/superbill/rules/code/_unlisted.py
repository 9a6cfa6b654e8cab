"""Which modifiers an unlisted code cannot bear."""

from __future__ import annotations

from superbill.charges.model import ServiceLine
from superbill.rules.knowledge import Knowledge

#: More or less than usual: there is no usual.
MEASURED = ("22", "52")
#: Judged by the fee schedule where it has a row for the code; many unlisted codes are open to them there.
JUDGED = ("50", "51", "62")


def misfits(line: ServiceLine, know: Knowledge) -> list[str]:
    """The modifiers on an unlisted code that do not go with it."""
    found = [modifier for modifier in line.mods if modifier in MEASURED]
    if know.row(line) is None:
        found += [modifier for modifier in line.mods if modifier in JUDGED]
    return found

"""What the rules on assistants, co-surgeons and teams share."""

from __future__ import annotations

from superbill.charges.model import ServiceLine

#: The modifiers of an assistant at surgery.
ASSISTANTS = ("80", "81", "82", "AS")


def assistant(line: ServiceLine) -> str:
    """The assistant modifier on a line, the last one when there are several; "" when there is none."""
    found = [modifier for modifier in line.mods if modifier in ASSISTANTS]
    return found[-1] if found else ""

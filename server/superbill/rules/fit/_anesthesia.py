"""What the anesthesia rules share."""

from __future__ import annotations

from superbill.charges.model import ServiceLine

#: Who gave the anesthesia: exactly one of these prices the line.
PROVIDERS = ("AA", "AD", "QK", "QX", "QY", "QZ")
#: What is told beside it: monitored care, and why it was monitored.
INFORMATION = ("QS", "G8", "G9")


def providers(line: ServiceLine) -> list[str]:
    """The provider modifiers of a line, in order."""
    return [modifier for modifier in line.mods if modifier in PROVIDERS]

"""What the therapy rules share."""

from __future__ import annotations

from superbill.rules.knowledge import Knowledge

#: The plans of care: speech-language, occupational and physical therapy.
DISCIPLINES = {"GN": "speech-language", "GO": "occupational", "GP": "physical"}
#: An assistant's modifier, and the plan of care it belongs to.
ASSISTANT_OF = {"CQ": "GP", "CO": "GO"}


def only_discipline(code: str, know: Knowledge) -> str:
    """The one plan of care under which a code is given; "" when it is not of one discipline."""
    for modifier in DISCIPLINES:
        if know.in_set(code, f"therapy-{modifier.lower()}"):
            return modifier
    return ""

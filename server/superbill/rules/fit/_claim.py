"""What the claim rules of this group share."""

from __future__ import annotations

from superbill.charges.model import ServiceLine

#: How files begin what they write for a professional claim.
_PROFESSIONAL = ("p", "carrier", "1500", "837p", "cms", "hcfa")


def same_provider(one: ServiceLine, other: ServiceLine) -> bool:
    """Whether two lines may be by one provider: they name the same, or one of them names none."""
    return not one.provider or not other.provider or one.provider == other.provider


def by_facility(line: ServiceLine) -> bool:
    """Whether a line is, or may be, the facility's own: by a setting other than professional, or by SG."""
    return line.has("SG") or (bool(line.setting) and not line.setting.startswith(_PROFESSIONAL))

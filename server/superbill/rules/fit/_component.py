"""What the component rules share: 26 or TC on a code that cannot be split that way."""

from __future__ import annotations

from superbill.charges.dialect import RemoveModifiers, SetValue
from superbill.charges.model import Part, ServiceLine
from superbill.rules.base import Fix
from superbill.rules.knowledge import Knowledge

#: The component modifiers and what each of them bills.
COMPONENTS = {"26": "reading", "TC": "technical part"}


def misplaced(line: ServiceLine, know: Knowledge, *indicators: str) -> str:
    """The component modifier on a line whose code has one of these PC/TC indicators and no row with it.

    "" when there is none, when nothing is known of the code, and when the line has both, which another rule
    speaks of.
    """
    if line.has("26") == line.has("TC"):
        return ""
    modifier = line.component
    row = know.plain_row(line.code, line.since)
    if row is None or row.pctc not in indicators or know.component_row(line.code, modifier, line.since) is not None:
        return ""
    return modifier


def siblings(code: str, know: Knowledge) -> dict[str, tuple[str, ...]]:
    """For a test split by code: the codes of the reading ("26") and of the technical part ("TC") alone.

    `code` may be any of the family, the one for both parts or one of the others. Empty tuples when not known.
    """
    for whole, text in know.catalog.codeset("split-siblings").values.items():
        technical, _, reading = text.partition("/")
        if code == whole or code in text.split():
            return {"26": tuple(reading.split()), "TC": tuple(technical.split())}
    return {"26": (), "TC": ()}


def either(codes: tuple[str, ...]) -> str:
    """Codes as a phrase: "93005", "93225 or 93226"."""
    return " or ".join(codes)


def recode(line: ServiceLine, code: str, modifier: str = "") -> Fix:
    """Change the code, and take the modifier off that the new code makes needless. Never preferred."""
    title = f"Change {line.code}{'-' + modifier if modifier else ''} to {code}"
    taken = (RemoveModifiers((line.modifiers.index(modifier),)),) if modifier else ()
    return Fix(title, (SetValue(Part("code"), code), *taken))

"""What completion offers, free of any protocol: codes by number or words, modifiers that fit, places of service."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from superbill.catalog.search import search
from superbill.catalog.shapes import CODE
from superbill.charges.model import ServiceLine
from superbill.engine.analysis import Analysis
from superbill.engine.fitting import Offer, suggest
from superbill.engine.query import field_at, spot_at
from superbill.rules.book import RuleBook
from superbill.text.document import Position

_CODES_SHOWN = 50
_CITED = re.compile(
    rf"(?:^|[^\w-])(?P<code>{CODE.pattern})(?P<mods>(?:-[0-9A-Z]{{2}})*)-(?P<typed>[0-9A-Za-z]{{0,2}})$"
)
_ASKED = re.compile(
    r"(?i)\b(?:cpt|hcpcs|procedure codes?|codes?|charges?|billed)(?: codes?)?\s*[:#=]?\s+(?P<typed>[\w][\w/ -]{0,40})$"
)
_LISTED = re.compile(
    r"(?i)^\s*(?:[-*]\s*)?(?:cpt|hcpcs|codes?|charges?|billing|cpt codes?)\s*[:=].*?(?:^|[,;:]\s*)(?P<typed>[\w][\w/ -]{0,40})$"
)


@dataclass(frozen=True, slots=True)
class Offers:
    """What is offered for a stretch of text: it is replaced up to `end`, or up to the cursor by insertion.

    `shelves` hold it, best first; a shelf that comes again is the same object.
    `kind` is "code", "modifier", "place", "value" (of a coded field) or "rule" (an id, or a severity); `typed` is what stands before the cursor; `more` says that further
    typing would bring up others.
    """

    kind: str
    shelves: tuple[Sequence[Offer], ...]
    start: Position
    end: Position
    typed: str
    more: bool = False
    code: str = ""

    @property
    def items(self) -> list[Offer]:
        """All that is offered, best first."""
        return list(chain(*self.shelves))


def offers_at(analysis: Analysis, position: Position) -> Offers | None:
    """What can be written at a position; None where nothing is offered."""
    book = analysis.book
    spot = spot_at(analysis, position, typing=True)
    if spot is not None and spot.part.name in ("code", "modifier", "place") and spot.start.line == position.line:
        typed = analysis.document.lines[position.line][spot.start.column : position.column]
        prose = analysis.dialect is not None and analysis.dialect.name == "prose"
        if prose and spot.part.name == "code" and position != spot.end:
            return None
        if spot.part.name == "code":
            return Offers("code", (codes(book, typed),), spot.start, spot.end, typed, True)
        if spot.part.name == "modifier":
            line = spot.line or ServiceLine(code="")
            kept = tuple("" if slot == spot.part.index else value for slot, value in enumerate(line.modifiers))
            shelves = suggest(book.of(line), replace(line, modifiers=kept), spot.others)
            return Offers("modifier", shelves, spot.start, spot.end, typed, False, line.code)
        return Offers("place", (places(book),), spot.start, spot.end, typed)
    if analysis.dialect is not None and analysis.dialect.name == "prose":
        return _in_prose(analysis, position)
    return _values(analysis, position)


def _values(analysis: Analysis, position: Position) -> Offers | None:
    """The coded values of the field under the cursor."""
    spot = field_at(analysis, position)
    if spot is None or not spot.field.values or spot.start.line != position.line or spot.end.line != position.line:
        return None
    typed = analysis.document.lines[position.line][spot.start.column : position.column]
    items = [Offer(value, meaning) for value, meaning in spot.field.values.items()]
    return Offers("value", (items,), spot.start, spot.end, typed)


def _in_prose(analysis: Analysis, position: Position) -> Offers | None:
    before = analysis.document.lines[position.line][: position.column]
    if len(before) > 2_000:
        before = before[-2_000:]
    match = _CITED.search(before)
    if match:
        typed = match.group("typed")
        present = tuple(match.group("mods").split("-")[1:])
        line = ServiceLine(code=match.group("code"), modifiers=present)
        start = Position(position.line, position.column - len(typed))
        return Offers("modifier", suggest(analysis.book, line), start, position, typed, False, line.code)
    match = _LISTED.search(before) or _ASKED.search(before)
    if match and match.group("typed").strip():
        typed = match.group("typed")
        start = Position(position.line, position.column - len(typed))
        return Offers("code", (codes(analysis.book, typed),), start, position, typed, True)
    return None


def codes(book: RuleBook, typed: str) -> list[Offer]:
    """Codes for what has been typed: a number's beginning, or words."""
    catalog = book.know.catalog
    if not typed.strip():
        return [Offer(code, title, "") for code, title in catalog.codes_from("", _CODES_SHOWN)]
    hits = search(catalog, typed, _CODES_SHOWN, typing=True, kind="procedure")
    return [Offer(hit.code, hit.title, _family(book, hit.code)) for hit in hits]


def _family(book: RuleBook, code: str) -> str:
    trail = book.know.family(code)
    return trail[-1] if trail else ""


def places(book: RuleBook) -> list[Offer]:
    """All places of service."""
    return [
        Offer(place.code, place.name, "facility" if place.facility else "")
        for place in book.know.catalog.places.values()
    ]

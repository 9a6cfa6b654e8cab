"""The cards of the hover, for the terminal."""

from __future__ import annotations

import re
import sys
from datetime import date

from superbill.catalog.store import Catalog
from superbill.engine import cards
from superbill.rules.knowledge import Knowledge


def _know(catalog: Catalog) -> Knowledge:
    return Knowledge(catalog, catalog.profiles["medicare-b"], date.today())


def code_text(catalog: Catalog, query: str, full: bool = False) -> str:
    """The card of a code; of a code with modifiers, whether they fit."""
    know = _know(catalog)
    code, *modifiers = [query] if query in catalog.team.codes else query.split("-")
    if full:
        page = cards.brief_page(know, code)
        if page:
            return show(page)
    if not modifiers:
        return show(cards.code_card(know, code))
    from superbill.charges.model import ServiceLine, Written
    from superbill.rules.book import RuleBook

    book = RuleBook(know)
    mods = tuple(modifiers)
    line = ServiceLine(code=code, modifiers=mods, written=Written(code=code, modifiers=mods))
    return show(cards.code_card(know, code, line, book.check_line(line), book))


def modifier_text(catalog: Catalog, modifier: str) -> str:
    """The card of a modifier."""
    return show(cards.modifier_card(_know(catalog), modifier))


def show(text: str) -> str:
    """Markdown for a terminal: bold where it can be, tables in columns."""
    if not sys.stdout.isatty():
        return cards.plain(text)
    rows = []
    for row in text.replace("  \n", "\n").split("\n"):
        if set(row) <= set("|- ") and row:
            continue
        if row.startswith("|"):
            row = "  " + "  ".join(cell.strip() for cell in row.strip("|").split("|"))
        row = re.sub(r"\*\*([^*]+)\*\*", "\033[1m\\1\033[0m", row)
        rows.append(re.sub(r"(?<!\w)\*([^*]+)\*(?!\w)", "\033[2m\\1\033[0m", row).replace("~~", ""))
    return "\n".join(rows)

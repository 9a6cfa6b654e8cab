"""The cards of the hover, for the terminal."""

from __future__ import annotations

import re
import sys
from datetime import date

from superbill.catalog.store import Catalog
from superbill.charges.model import ServiceLine, Written
from superbill.engine import cards
from superbill.rules.book import RuleBook
from superbill.rules.knowledge import Knowledge


def _book(catalog: Catalog) -> RuleBook:
    return RuleBook(Knowledge(catalog, catalog.profiles["medicare-b"], date.today()))


def code_text(catalog: Catalog, query: str, full: bool = False) -> str:
    """The card of a code; of a code with modifiers, whether they fit."""
    book = _book(catalog)
    code, *modifiers = query.split("-")
    line = None
    findings = []
    if modifiers:
        line = ServiceLine(code=code, modifiers=tuple(modifiers), written=Written(code=code, modifiers=tuple(modifiers)))
        findings = book.check_line(line)
    text = (cards.brief_page(book.know, code) if full else "") or cards.code_card(book, code, line, findings)
    return show(text)


def modifier_text(catalog: Catalog, modifier: str) -> str:
    """The card of a modifier."""
    return show(cards.modifier_card(_book(catalog), modifier))


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

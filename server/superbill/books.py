"""The rule book for a file and the settings that hold for it, made once for all files of which the same holds. For the
outer layers."""

from __future__ import annotations

from datetime import date

from superbill.catalog.store import Catalog
from superbill.engine.settings import DEFAULT_PAYER, Settings
from superbill.rules.book import RuleBook
from superbill.rules.knowledge import Knowledge

#: Books by all that makes them differ.
Books = dict[tuple[object, ...], RuleBook]


def rule_book(books: Books, catalog: Catalog, settings: Settings, name: str, payer: str) -> RuleBook:
    """The book for a file: `name` is its path, with "/"; `payer` the profile chosen for it, "" when the file decides.

    `books` keeps what was made. Raises KeyError for a payer that the catalog has no profile of.
    """
    rules = settings.rules_in(name)
    today = date.today()
    key = (payer, tuple(sorted(rules.items())), settings.own_rules, today, catalog.team.files)
    book = books.get(key)
    if book is None:
        know = Knowledge(catalog, catalog.profiles[payer or DEFAULT_PAYER], today)
        book = books[key] = RuleBook(know, rules, own=settings.own_rules, follow=not payer)
    return book

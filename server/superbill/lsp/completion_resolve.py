"""completionItem/resolve: the card of what is offered. The item says what it is, its data where it was
offered; a client that forgets to give back the data told once for all items means the last list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from superbill.charges.model import ServiceLine
from superbill.engine import cards

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer


def handle(server: SuperbillServer, item: types.CompletionItem) -> types.CompletionItem:
    """The item with its documentation."""
    data = item.data if isinstance(item.data, dict) else server.completed
    kind, text = data.get("kind"), item.label
    book = server.book(server.completed_in)
    card = ""
    if kind == "code":
        card = cards.code_card(book.know, text, book=book)
    elif kind == "modifier":
        code = str(data.get("code", ""))
        card = cards.modifier_card(book.know, text, ServiceLine(code=code) if code else None, book)
    elif kind == "rule":
        rule = server.rules_for(server.completed_in).get(text)
        card = cards.rule_card(rule) if rule is not None else ""
    elif kind == "place":
        card = cards.place_card(book.know, text)
    if card:
        client = server.client.text_document
        known = client.completion.completion_item if client and client.completion else None
        if known and types.MarkupKind.Markdown in (known.documentation_format or ()):
            item.documentation = types.MarkupContent(types.MarkupKind.Markdown, card)
        else:
            item.documentation = cards.plain(card)
    return item

"""textDocument/hover: the card of what is under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from superbill.engine import cards
from superbill.engine.query import field_at, spot_at
from superbill.engine.rule_words import rule_at
from superbill.text.document import Position

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer


def handle(server: SuperbillServer, params: types.HoverParams) -> types.Hover | None:
    """A card, or None where there is nothing to say."""
    named = _rule(server, params)
    if named is not None:
        return named
    document = server.document(params.text_document.uri)
    if document is None or document.analysis is None:
        return None
    position = document.text.decode(params.position.line, params.position.character)
    spot = spot_at(document.analysis, position)
    field = field_at(document.analysis, position)
    text = cards.spot_card(document.analysis, spot) if spot is not None else ""
    if spot is not None and text:
        where = (spot.start, spot.end)
        if field is not None:
            text += f"\n\n*{field.field.name}: {field.field.title}*"
    elif field is not None:
        text, where = cards.field_card(field), (field.start, field.end)
    else:
        return None
    start, end = document.text.encode(where[0]), document.text.encode(where[1])
    return types.Hover(contents=_markup(server, text), range=types.Range(types.Position(*start), types.Position(*end)))


def _rule(server: SuperbillServer, params: types.HoverParams) -> types.Hover | None:
    """The card of a rule that is named in the settings or in a comment that silences it."""
    document = server.open_document(params.text_document.uri)
    if document is None:
        return None
    position = document.text.decode(params.position.line, params.position.character)
    named = rule_at(document.text.lines, position, document.settings, lambda: server.rules_for(document.uri))
    if named is None:
        return None
    start, end = Position(position.line, named.start), Position(position.line, named.end)
    return types.Hover(_markup(server, cards.rule_summary(named.rule)), document.range_of(start, end))


def _markup(server: SuperbillServer, text: str) -> types.MarkupContent:
    hover = server.client.text_document.hover if server.client.text_document else None
    formats = hover.content_format if hover and hover.content_format else [types.MarkupKind.Markdown]
    if types.MarkupKind.Markdown in formats:
        return types.MarkupContent(types.MarkupKind.Markdown, text)
    return types.MarkupContent(types.MarkupKind.PlainText, cards.plain(text))

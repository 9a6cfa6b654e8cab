"""textDocument/selectionRange: from a value to its service line, its record, its claim, the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from superbill.engine.occurrences import around
from superbill.engine.query import spot_at
from superbill.lsp.documents import OpenDocument
from superbill.text.document import Position

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer


def handle(server: SuperbillServer, params: types.SelectionRangeParams) -> list[types.SelectionRange] | None:
    """One chain for each position; None where the document holds no charges."""
    document = server.document(params.text_document.uri)
    if document is None or document.analysis is None or document.analysis.dialect is None:
        return None
    return [_chain(document, position) for position in params.positions]


def _chain(document: OpenDocument, position: types.Position) -> types.SelectionRange:
    analysis = document.analysis
    assert analysis is not None
    at = document.text.decode(position.line, position.character)
    spot = spot_at(analysis, at, typing=True)
    last = len(document.text.lines) - 1
    chain = types.SelectionRange(document.range_of(Position(0, 0), Position(last, len(document.text.lines[last]))))
    if spot is None:
        here = document.range_of(at, at)
        return types.SelectionRange(here, chain)
    for one in reversed(around(analysis, spot)):
        where = document.range_of(one.start, one.end)
        if where != chain.range:
            chain = types.SelectionRange(where, chain)
    return chain

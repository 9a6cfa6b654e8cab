"""textDocument/semanticTokens: what each piece of a charge file is.

Clients that can ask for a range are offered only that: a page is coloured at once, however long the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from superbill.engine.colours import pieces
from superbill.lsp.documents import OpenDocument
from superbill.lsp.routes import COLOURS
from superbill.text.document import Position

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer

_NUMBER = {kind: number for number, kind in enumerate(COLOURS)}


def in_range(server: SuperbillServer, params: types.SemanticTokensRangeParams) -> types.SemanticTokens | None:
    """The tokens of the records that a range touches."""
    document = server.document(params.text_document.uri)
    if document is None or document.analysis is None:
        return None
    start = document.text.decode(params.range.start.line, params.range.start.character)
    end = document.text.decode(params.range.end.line, params.range.end.character)
    return _tokens(document, start, end)


def handle(server: SuperbillServer, params: types.SemanticTokensParams) -> types.SemanticTokens | None:
    """The tokens of a whole document, or of the beginning of a long one."""
    document = server.document(params.text_document.uri)
    if document is None or document.analysis is None:
        return None
    last = len(document.text.lines) - 1
    return _tokens(document, Position(0, 0), Position(last, len(document.text.lines[last])))


def _tokens(document: OpenDocument, start: Position, end: Position) -> types.SemanticTokens:
    assert document.analysis is not None
    data: list[int] = []
    line = column = 0
    for piece in pieces(document.analysis, start, end):
        row, first = document.text.encode(piece.start)
        _, last = document.text.encode(Position(piece.start.line, piece.start.column + piece.length))
        data += (row - line, first - column if row == line else first, last - first, _NUMBER[piece.kind], 0)
        line, column = row, first
    return types.SemanticTokens(data)

"""textDocument/documentHighlight: the same code or modifier elsewhere in the claim or note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from superbill.engine.occurrences import in_claim
from superbill.engine.query import spot_at

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer


def handle(server: SuperbillServer, params: types.DocumentHighlightParams) -> list[types.DocumentHighlight] | None:
    """All of them, the one under the cursor among them; None where the cursor is on neither."""
    document = server.document(params.text_document.uri)
    if document is None or document.analysis is None:
        return None
    position = document.text.decode(params.position.line, params.position.character)
    spot = spot_at(document.analysis, position, typing=True)
    if spot is None or spot.part.name not in ("code", "modifier") or not spot.text.strip():
        return None
    return [
        types.DocumentHighlight(document.range_of(one.start, one.end), types.DocumentHighlightKind.Text)
        for one in in_claim(document.analysis, spot)
    ]

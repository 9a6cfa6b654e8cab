"""textDocument/definition: from a code, modifier or place of service to its entry in the catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from superbill.engine.query import spot_at
from superbill.lsp.entries import entry_file

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer


def handle(server: SuperbillServer, params: types.DefinitionParams) -> list[types.LocationLink] | types.Location | None:
    """The entry as a read-only document; None where there is none."""
    document = server.document(params.text_document.uri)
    if document is None or document.analysis is None:
        return None
    position = document.text.decode(params.position.line, params.position.character)
    spot = spot_at(document.analysis, position, typing=True)
    if spot is None:
        return None
    text = spot.text.strip().upper()
    if spot.part.name == "code" and spot.line is not None:
        text = spot.line.code or text
    book = document.analysis.book.of(spot.line) if spot.line is not None else document.analysis.book
    path = entry_file(book.know, spot.part.name, text)
    if path is None:
        return None
    top = types.Range(types.Position(0, 0), types.Position(0, 0))
    text_client = server.client.text_document
    if text_client and text_client.definition and text_client.definition.link_support:
        origin = document.range_of(spot.start, spot.end)
        return [types.LocationLink(path.as_uri(), top, top, origin)]
    return types.Location(path.as_uri(), top)

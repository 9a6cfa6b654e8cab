"""textDocument/didChange: the text and its records have followed already; work out claims and send findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer


def handle(server: SuperbillServer, params: types.DidChangeTextDocumentParams) -> None:
    """Bring a document's findings up to date."""
    document = server.document(params.text_document.uri)
    if document is not None:
        document.version = params.text_document.version
        server.refresh(document)

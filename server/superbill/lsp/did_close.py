"""textDocument/didClose: forget the document and clear its findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer


def handle(server: SuperbillServer, params: types.DidCloseTextDocumentParams) -> None:
    """Stop any work on the document."""
    server.forget(params.text_document.uri)

"""textDocument/didOpen: begin the analysis, say once what the document was taken for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from superbill.lsp.documents import log

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer


def handle(server: SuperbillServer, params: types.DidOpenTextDocumentParams) -> None:
    """Analyse the document that was opened."""
    document = server.document(params.text_document.uri)
    if document is None or document.analysis is None:
        return
    dialect = document.analysis.dialect
    log.info(
        "opened a document of %d lines, read as %s", len(document.text.lines), dialect.name if dialect else "no charges"
    )
    server.refresh(document)

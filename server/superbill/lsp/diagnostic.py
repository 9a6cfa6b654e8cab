"""textDocument/diagnostic: the findings of a document, for clients that fetch them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from superbill.lsp.wire import Raw

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer


async def handle(server: SuperbillServer, params: types.DocumentDiagnosticParams) -> Raw:
    """All findings, or word that they are what the client has already."""
    document = server.document(params.text_document.uri)
    if document is None:
        return Raw('{"kind":"full","items":[]}')
    analysis = await server.finished(document)
    mark = f"{document.version}.{server.generation}"
    if params.previous_result_id == mark:
        return Raw(f'{{"kind":"unchanged","resultId":"{mark}"}}')
    items = server.writer_of_diagnostics.write(analysis, document.uri) if analysis is not None else ""
    return Raw(f'{{"kind":"full","resultId":"{mark}","items":[{items}]}}')

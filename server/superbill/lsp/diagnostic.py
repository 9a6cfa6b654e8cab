"""textDocument/diagnostic: the findings of a document, for clients that fetch them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from superbill.lsp.documents import log
from superbill.lsp.wire import Raw

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer


async def handle(server: SuperbillServer, params: types.DocumentDiagnosticParams) -> Raw:
    """All findings, or word that they are what the client has already."""
    try:
        document = server.document(params.text_document.uri)
        analysis = await server.finished(document) if document is not None else None
    except Exception as error:  # the client must have a report, if an empty one
        log.error("a document could not be analysed: %s", type(error).__name__)
        document = analysis = None
    if document is None:
        return Raw('{"kind":"full","items":[]}')
    mark = f"{document.version}.{server.generation}"
    if params.previous_result_id == mark:
        return Raw(f'{{"kind":"unchanged","resultId":"{mark}"}}')
    items = server.writer_of_diagnostics.write(analysis, document.uri) if analysis is not None else ""
    return Raw(f'{{"kind":"full","resultId":"{mark}","items":[{items}]}}')

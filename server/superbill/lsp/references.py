"""textDocument/references: where a code is charged or cited, in this document, in open ones, and in the workspace's files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from superbill.engine.analysis import Analysis
from superbill.engine.occurrences import code_at, of_code
from superbill.engine.query import spot_at
from superbill.lsp.progress import Progress
from superbill.lsp.workspace_files import analysed_files, closed_files
from superbill.text.document import Document

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer

#: Places that are listed, at most; no editor shows more.
MOST = 10_000


async def handle(server: SuperbillServer, params: types.ReferenceParams) -> list[types.Location] | None:
    """The places, this document's first; None where the cursor is on no code."""
    here = server.document(params.text_document.uri)
    if here is None or here.analysis is None:
        return None
    position = here.text.decode(params.position.line, params.position.character)
    code = code_at(spot_at(here.analysis, position, typing=True))
    if not code:
        return None
    found: list[types.Location] = []
    for document in sorted(server.open_documents(), key=lambda one: one is not here):
        analysis = await server.finished(document) if server.document(document.uri) is not None else None
        if analysis is not None and not _add(found, document.uri, analysis, code):
            return found
    progress = Progress(server, params.work_done_token, f"Looking for {code}")
    # A code may be written in lower case; nothing else of it may differ.
    reading = analysed_files(server, list(closed_files(server)), progress.step, lambda text: code in text.upper())
    async for path, analysis in reading:
        if analysis is not None and not _add(found, path.as_uri(), analysis, code):
            break
    progress.end()
    return found


def _add(found: list[types.Location], uri: str, analysis: Analysis, code: str) -> bool:
    """Add the places of one document. False when there are enough."""
    for one in of_code(analysis, code):
        if len(found) >= MOST:
            return False
        found.append(types.Location(uri, _range(analysis.document, one.start, one.end)))
    return True


def _range(document: Document, start: object, end: object) -> types.Range:
    return types.Range(types.Position(*document.encode(start)), types.Position(*document.encode(end)))  # type: ignore[arg-type]

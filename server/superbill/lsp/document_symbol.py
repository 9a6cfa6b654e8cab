"""textDocument/documentSymbol: the outline, as a tree where the client can show one.

Editors ask for it again after every edit, and it may have thousands of entries: it is made in slices, given up when the
text changes meanwhile, and written as JSON at once.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lsprotocol import types

from superbill.engine.outline import Entry, outline_in_steps
from superbill.lsp.documents import OpenDocument
from superbill.lsp.wire import Raw

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer

_KINDS = {
    "interchange": types.SymbolKind.Package,
    "message": types.SymbolKind.Module,
    "claim": types.SymbolKind.Class,
    "line": types.SymbolKind.Field,
    "section": types.SymbolKind.String,
}
#: Entries that are written between two pauses.
_SLICE = 200


async def handle(server: SuperbillServer, params: types.DocumentSymbolParams) -> Raw | None:
    """The outline of a document; None for one that holds no charges, and when it changed while it was being outlined."""
    document = server.document(params.text_document.uri)
    if document is None or document.analysis is None:
        return None
    version = document.version
    entries = await outline_of(server, document)
    if entries is None:
        return None
    text = server.client.text_document
    tree = text and text.document_symbol and text.document_symbol.hierarchical_document_symbol_support
    written: list[str] = []
    pieces = (_symbol(document, one) for one in entries) if tree else _flat(document, entries, None)
    for number, piece in enumerate(pieces):
        written.append(piece)
        if number % _SLICE == _SLICE - 1:
            await asyncio.sleep(0)
            if document.version != version:
                return None
    return Raw(f"[{','.join(written)}]")


async def outline_of(server: SuperbillServer, document: OpenDocument) -> list[Entry] | None:
    """The outline of an open document once all of it is read, other work going on meanwhile; None when the text changed
    under it."""
    version = document.version
    analysis = await server.settled(document)
    if analysis is None:
        return None
    work = outline_in_steps(analysis)
    while True:
        try:
            next(work)
        except StopIteration as done:
            entries: list[Entry] = done.value
            return entries
        await asyncio.sleep(0)
        if document.version != version or document.analysis is not analysis:
            return None


def _symbol(document: OpenDocument, entry: Entry) -> str:
    heading = entry.heading
    detail = f'"detail":{json.dumps(heading.detail)},' if heading.detail else ""
    below = ",".join([_symbol(document, one) for one in entry.below])
    return (
        f'{{"name":{json.dumps(heading.name or "?")},"kind":{int(_KINDS[heading.kind])},{detail}'
        f'"range":{_range(document, entry, "end")},"selectionRange":{_range(document, entry, "name_end")}'
        + (f',"children":[{below}]}}' if below else "}")
    )


def _flat(document: OpenDocument, entries: list[Entry], above: str | None) -> Iterator[str]:
    for entry in entries:
        name = json.dumps(entry.heading.name or "?")
        inside = f'"containerName":{above},' if above else ""
        yield (
            f'{{"name":{name},"kind":{int(_KINDS[entry.heading.kind])},{inside}'
            f'"location":{{"uri":{json.dumps(document.uri)},"range":{_range(document, entry, "end")}}}}}'
        )
        yield from _flat(document, entry.below, name)


def _range(document: OpenDocument, entry: Entry, last: str) -> str:
    line, column = document.text.encode(entry.start)
    end_line, end_column = document.text.encode(getattr(entry, last))
    return f'{{"start":{{"line":{line},"character":{column}}},"end":{{"line":{end_line},"character":{end_column}}}}}'

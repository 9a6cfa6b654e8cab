"""textDocument/documentSymbol: the outline, as a tree where the client can show one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lsprotocol import types

from superbill.engine.outline import Entry, outline
from superbill.lsp.documents import OpenDocument

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer

_KINDS = {
    "interchange": types.SymbolKind.Package,
    "message": types.SymbolKind.Module,
    "claim": types.SymbolKind.Class,
    "line": types.SymbolKind.Field,
    "section": types.SymbolKind.String,
}


def handle(
    server: SuperbillServer, params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol] | list[types.SymbolInformation] | None:
    """The outline of a document; None for one that holds no charges."""
    document = server.document(params.text_document.uri)
    if document is None or document.analysis is None:
        return None
    entries = outline(document.analysis)
    text = server.client.text_document
    if text and text.document_symbol and text.document_symbol.hierarchical_document_symbol_support:
        return [_symbol(document, entry) for entry in entries]
    return list(_flat(document, entries, None))


def _symbol(document: OpenDocument, entry: Entry) -> types.DocumentSymbol:
    return types.DocumentSymbol(
        name=entry.heading.name or "?",
        kind=_KINDS[entry.heading.kind],
        range=_range(document, entry),
        selection_range=types.Range(_position(document, entry, "start"), _position(document, entry, "name_end")),
        detail=entry.heading.detail or None,
        children=[_symbol(document, below) for below in entry.below] or None,
    )


def _flat(document: OpenDocument, entries: list[Entry], above: str | None) -> Iterator[types.SymbolInformation]:
    for entry in entries:
        where = types.Location(document.uri, _range(document, entry))
        name = entry.heading.name or "?"
        yield types.SymbolInformation(location=where, name=name, kind=_KINDS[entry.heading.kind], container_name=above)
        yield from _flat(document, entry.below, name)


def _range(document: OpenDocument, entry: Entry) -> types.Range:
    return types.Range(_position(document, entry, "start"), _position(document, entry, "end"))


def _position(document: OpenDocument, entry: Entry, which: str) -> types.Position:
    return types.Position(*document.text.encode(getattr(entry, which)))

"""workspace/symbol: codes and modifiers by number or words; each leads to its entry in the catalog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from superbill.catalog.search import search
from superbill.lsp.entries import entry_file

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer

_MOST = 20
_KINDS = {"code": types.SymbolKind.Constant, "modifier": types.SymbolKind.EnumMember}


def handle(server: SuperbillServer, params: types.WorkspaceSymbolParams) -> list[types.SymbolInformation]:
    """The best answers first; none to an empty query."""
    query = params.query.strip()
    if not query:
        return []
    know = server.book().know
    found = []
    for hit in search(server.catalog, query, _MOST, typing=True):
        kind = "modifier" if hit.kind == "modifier" else "code"
        path = entry_file(know, kind, hit.code)
        if path is not None:
            top = types.Range(types.Position(0, 0), types.Position(0, 0))
            family = " › ".join(server.catalog.family(hit.code)) if kind == "code" else "modifier"
            # Clients filter by the name; words that found a code by its keywords must not be filtered away again.
            found.append(
                types.SymbolInformation(
                    location=types.Location(path.as_uri(), top),
                    name=f"{hit.code} {hit.title}",
                    kind=_KINDS[kind],
                    container_name=family,
                )
            )
    return found

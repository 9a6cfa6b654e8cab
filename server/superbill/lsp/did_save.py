"""textDocument/didSave: settings and catalogs that were saved in the editor hold at once, watched or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer


def handle(server: SuperbillServer, params: types.DidSaveTextDocumentParams) -> None:
    """Read settings and the workspace's catalog again when it was they that were saved."""
    if server.is_of_workspace(params.text_document.uri):
        server.forget_settings()
        server.settings_changed()

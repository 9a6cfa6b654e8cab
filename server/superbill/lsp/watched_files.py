"""workspace/didChangeWatchedFiles: `superbill.yaml`, a baseline or a catalog of the workspace changed on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer


def handle(server: SuperbillServer, params: types.DidChangeWatchedFilesParams) -> None:
    """Read the settings again and check what is open anew."""
    if any(server.is_of_workspace(change.uri) for change in params.changes):
        server.forget_settings()
        server.settings_changed()

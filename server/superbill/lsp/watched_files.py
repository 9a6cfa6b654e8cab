"""workspace/didChangeWatchedFiles: `superbill.yaml` or a baseline changed on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer


def handle(server: SuperbillServer, params: types.DidChangeWatchedFilesParams) -> None:
    """Read the settings again and check what is open anew."""
    if any(server.holds_settings(change.uri) for change in params.changes):
        server.forget_settings()
        server.settings_changed()

"""workspace/didChangeWatchedFiles: `superbill.yaml` changed on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from superbill.config import FILE_NAME

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer


def handle(server: SuperbillServer, params: types.DidChangeWatchedFilesParams) -> None:
    """Read the settings again and check what is open anew."""
    if any(change.uri.endswith(FILE_NAME) for change in params.changes):
        server.forget_settings()
        server.settings_changed()

"""initialized: watch the settings files, ask the client for its own settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from superbill.config import FILE_NAME, TEAM_FILE

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer

#: Settings and catalogs of workspaces, and the documents that these may name.
WATCHED = (FILE_NAME, TEAM_FILE, "*.{yaml,yml,md,markdown,txt}")


async def handle(server: SuperbillServer, params: types.InitializedParams) -> None:
    """The slow imports first, so that the first document finds them done."""
    from superbill.lsp.server import warm

    warm()
    server.watch_tables()
    workspace = server.client.workspace
    if workspace and workspace.did_change_watched_files and workspace.did_change_watched_files.dynamic_registration:
        options = types.DidChangeWatchedFilesRegistrationOptions(
            watchers=[types.FileSystemWatcher(glob_pattern=f"**/{name}") for name in WATCHED]
        )
        await server.client_register_capability_async(
            types.RegistrationParams(
                [types.Registration("superbill-settings", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)]
            )
        )
    from superbill.lsp.configuration import ask

    await ask(server)

"""workspace/didChangeConfiguration: take the client's settings and check what is open anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer


async def handle(server: SuperbillServer, params: types.DidChangeConfigurationParams) -> None:
    """Settings come with the notification, or have to be fetched."""
    data = params.settings
    if isinstance(data, Mapping) and isinstance(data.get("superbill"), Mapping):
        server.settings_turn += 1
        server.take_client_settings(data["superbill"])
        server.settings_changed()
    else:
        await ask(server)


async def ask(server: SuperbillServer) -> None:
    """Fetch the client's settings, where it can give them."""
    workspace = server.client.workspace
    if not (workspace and workspace.configuration):
        return
    server.settings_turn += 1
    turn = server.settings_turn
    answer = await server.workspace_configuration_async(
        types.ConfigurationParams([types.ConfigurationItem(section="superbill")])
    )
    if server.settings_turn != turn:
        return  # newer settings have come meanwhile
    before = server.settings_for("")
    # An empty answer is that of a client which knows no such section: what it said at the start holds.
    if answer and isinstance(answer[0], Mapping) and answer[0]:
        server.take_client_settings(answer[0])
    if server.settings_for("") != before:
        server.settings_changed()

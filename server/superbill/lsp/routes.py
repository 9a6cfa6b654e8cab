"""The whole server on one page: which method goes to which handler, and on what condition.

All handlers run on the event loop. Those that may take long are `async` and give way between slices. A handler that
fails is logged without its message and answers nothing; the server goes on.
"""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable
from typing import Any

from lsprotocol import types

from superbill.lsp import (
    code_action,
    completion,
    completion_resolve,
    configuration,
    diagnostic,
    did_change,
    did_close,
    did_open,
    did_save,
    execute_command,
    hover,
    initialized,
    watched_files,
)
from superbill.lsp.documents import log
from superbill.lsp.server import SuperbillServer
from superbill.lsp.wire import places

Handler = Callable[..., Any]


def register(server: SuperbillServer) -> None:
    """Register the handlers that this client can use."""
    route = functools.partial(_route, server)
    route(types.INITIALIZED, initialized.handle)
    route(types.TEXT_DOCUMENT_DID_OPEN, did_open.handle)
    route(types.TEXT_DOCUMENT_DID_CHANGE, did_change.handle)
    route(types.TEXT_DOCUMENT_DID_SAVE, did_save.handle, types.SaveOptions(include_text=False))
    route(types.TEXT_DOCUMENT_DID_CLOSE, did_close.handle)
    route(types.TEXT_DOCUMENT_HOVER, hover.handle)
    route(
        types.TEXT_DOCUMENT_COMPLETION,
        completion.handle,
        types.CompletionOptions(trigger_characters=[",", ";", "|", "\t", "-", ":"], resolve_provider=True),
    )
    route(types.COMPLETION_ITEM_RESOLVE, completion_resolve.handle)
    route(
        types.TEXT_DOCUMENT_CODE_ACTION,
        code_action.handle,
        types.CodeActionOptions(
            code_action_kinds=[types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll]
        ),
    )
    route(types.WORKSPACE_DID_CHANGE_CONFIGURATION, configuration.handle)
    route(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, watched_files.handle)
    if server.pulls:
        route(
            types.TEXT_DOCUMENT_DIAGNOSTIC,
            diagnostic.handle,
            types.DiagnosticOptions(
                identifier="superbill", inter_file_dependencies=False, workspace_diagnostics=False
            ),
        )
    for name, command in execute_command.COMMANDS.items():
        server.command(name)(_guarded(server, command))


def _route(server: SuperbillServer, method: str, handler: Handler, options: Any = None) -> None:
    server.feature(method, options)(_guarded(server, handler))


def _guarded(server: SuperbillServer, handler: Handler) -> Handler:
    """The handler with the server given, and with its failures logged by kind and place only."""
    if inspect.iscoroutinefunction(handler):

        async def later(*arguments: Any) -> Any:
            try:
                return await handler(server, *arguments)
            except Exception as error:
                _report(error)
                return None

        return later

    def now(*arguments: Any) -> Any:
        try:
            return handler(server, *arguments)
        except Exception as error:
            _report(error)
            return None

    return now


def _report(error: Exception) -> None:
    log.error("internal error: %s at %s", type(error).__name__, places(sys.exc_info()[2]))

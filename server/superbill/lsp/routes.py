"""The whole server on one page: which method goes to which handler, and on what condition.

All handlers run on the event loop; those marked `LATER` are coroutines that give way between slices of work. A
handler's module is imported when it is first needed, so that the answer to `initialize` waits for none of them. A
handler that fails is logged by kind and place, never with its message, and answers nothing; the server goes on.
"""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from superbill.lsp.documents import log
from superbill.lsp.wire import places

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer

Handler = Callable[..., Any]

NOW, LATER = False, True
FIX_ALL = "source.fixAll.superbill"
ACCEPT, EXPLAIN, LOOKUP = "superbill.accept", "superbill.explain", "superbill.lookup"
NAME_COLUMN, MEND = "superbill.nameColumn", "superbill.fixAll"
TURN_OFF, ADD_TO_BASELINE = "superbill.turnOff", "superbill.addToBaseline"
CHECK_WORKSPACE = "superbill.checkWorkspace"
#: What the commands of an editor ask, by the function that answers.
QUESTIONS = {
    "superbill.status": "status",
    "superbill.payers": "payers",
    "superbill.choosePayer": "choose",
    "superbill.columns": "columns",
    "superbill.rules": "rules",
    "superbill.rulePage": "rule_page",
    "superbill.entry": "entry",
}
#: The kinds of coloured pieces, in the order that clients number them by.
COLOURS = (
    "keyword", "operator", "function", "decorator", "number", "string", "enumMember", "type", "variable", "property",
)  # fmt: skip


def register(server: SuperbillServer) -> None:
    """Register the handlers that this client can use."""
    route = functools.partial(_route, server)
    route(types.INITIALIZED, "initialized", LATER)
    route(types.TEXT_DOCUMENT_DID_OPEN, "did_open", NOW)
    route(types.TEXT_DOCUMENT_DID_CHANGE, "did_change", NOW)
    route(types.TEXT_DOCUMENT_DID_SAVE, "did_save", NOW, types.SaveOptions(include_text=False))
    route(types.TEXT_DOCUMENT_DID_CLOSE, "did_close", NOW)
    route(types.TEXT_DOCUMENT_HOVER, "hover", NOW)
    typed = types.CompletionOptions(
        trigger_characters=[",", ";", "|", "\t", "-", ":", "*", "^", "~"], resolve_provider=True
    )
    route(types.TEXT_DOCUMENT_COMPLETION, "completion", NOW, typed)
    route(types.COMPLETION_ITEM_RESOLVE, "completion_resolve", NOW)
    route(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, "document_symbol", LATER)
    route(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, "document_highlight", NOW)
    route(types.TEXT_DOCUMENT_DEFINITION, "definition", NOW)
    route(types.TEXT_DOCUMENT_REFERENCES, "references", LATER, types.ReferenceOptions(work_done_progress=True))
    route(types.TEXT_DOCUMENT_SELECTION_RANGE, "selection_range", NOW)
    route(types.TEXT_DOCUMENT_FOLDING_RANGE, "folding_range", LATER)
    route(types.TEXT_DOCUMENT_INLAY_HINT, "inlay_hint", NOW)
    route(types.TEXT_DOCUMENT_CODE_LENS, "code_lens", LATER)
    route(types.TEXT_DOCUMENT_DOCUMENT_LINK, "document_link", NOW)
    # Not the comma: in a table the list of modifiers is what typing one should bring.
    shown = types.SignatureHelpOptions(trigger_characters=["*", "|", "^", "~", ":", "&"])
    route(types.TEXT_DOCUMENT_SIGNATURE_HELP, "signature_help", NOW, shown)
    route(types.WORKSPACE_SYMBOL, "workspace_symbol", NOW)
    _colours(server)
    kinds = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, FIX_ALL])
    route(types.TEXT_DOCUMENT_CODE_ACTION, "code_action", LATER, kinds)
    route(types.WORKSPACE_DID_CHANGE_CONFIGURATION, "configuration", LATER)
    route(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, "watched_files", NOW)
    if server.pulls:
        pulled = types.DiagnosticOptions(
            identifier="superbill", inter_file_dependencies=False, workspace_diagnostics=server.follows_closed_files
        )
        route(types.TEXT_DOCUMENT_DIAGNOSTIC, "diagnostic", LATER, pulled)
        if server.follows_closed_files:
            route(types.WORKSPACE_DIAGNOSTIC, "workspace_diagnostic", LATER)
    server.command(ACCEPT)(_guarded(server, "execute_command", "accept_finding", NOW))
    server.command(NAME_COLUMN)(_guarded(server, "execute_command", "name_column_of", NOW))
    server.command(TURN_OFF)(_guarded(server, "execute_command", "turn_off_rule", NOW))
    server.command(ADD_TO_BASELINE)(_guarded(server, "execute_command", "add_finding_to_baseline", NOW))
    server.command(MEND)(_guarded(server, "execute_command", "fix_all", LATER))
    server.command(EXPLAIN)(_guarded(server, "execute_command", "explain", LATER))
    server.command(LOOKUP)(_guarded(server, "execute_command", "lookup", NOW))
    server.command(CHECK_WORKSPACE)(_guarded(server, "check_workspace", "handle", LATER))
    for name, function in QUESTIONS.items():
        server.command(name)(_guarded(server, "questions", function, NOW))


def _colours(server: SuperbillServer) -> None:
    """Colours for a range where the client can ask for one, else for whole documents."""
    text = server.client.text_document
    tokens = text.semantic_tokens if text else None
    if tokens is None:
        return
    if tokens.requests.range:
        method, name = types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE, "in_range"
    else:
        method, name = types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, "handle"
    server.feature(method, types.SemanticTokensLegend(list(COLOURS), []))(
        _guarded(server, "semantic_tokens", name, NOW)
    )


def _route(server: SuperbillServer, method: str, module: str, later: bool, options: Any = None) -> None:
    server.feature(method, options)(_guarded(server, module, "handle", later))


def _guarded(server: SuperbillServer, module: str, name: str, later: bool) -> Handler:
    """The handler of that name with the server given, its failures kept from the client and the log."""

    def find() -> Handler:
        found: Handler = getattr(importlib.import_module(f"superbill.lsp.{module}"), name)
        return found

    if later:

        async def coroutine(*arguments: Any) -> Any:
            try:
                return await find()(server, *arguments)
            except Exception as error:
                _report(error)
                return None

        coroutine.__annotations__ = {}  # pygls reads them to convert a command's arguments
        return coroutine

    def function(*arguments: Any) -> Any:
        try:
            return find()(server, *arguments)
        except Exception as error:
            _report(error)
            return None

    function.__annotations__ = {}
    return function


def _report(error: Exception) -> None:
    log.error("internal error: %s at %s", type(error).__name__, places(sys.exc_info()[2]))

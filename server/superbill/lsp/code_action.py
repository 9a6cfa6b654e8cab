"""textDocument/codeAction: the fixes of the findings in a range, fix all, accept, explain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lsprotocol import types

from superbill.charges.dialect import NameColumn
from superbill.engine.analysis import Analysis, Located, accept_key
from superbill.engine.mending import Edit, mechanical, offered
from superbill.engine.walk import records_between
from superbill.lsp.documents import OpenDocument
from superbill.lsp.routes import ACCEPT, EXPLAIN, FIX_ALL, NAME_COLUMN

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer


def handle(server: SuperbillServer, params: types.CodeActionParams) -> list[types.CodeAction]:
    """Actions for the findings that the range touches."""
    document = server.document(params.text_document.uri)
    if document is None or document.analysis is None or not document.analysis.done:
        return []
    only = params.context.only
    actions: list[types.CodeAction] = []
    if _wanted(only, "quickfix"):
        for located in findings_in(document, params.range):
            actions += _of_finding(server, document, located, params.context.diagnostics)
    if only is not None and _wanted(only, FIX_ALL):
        edits = mechanical(document.analysis)
        if edits:
            actions.append(
                types.CodeAction(
                    title="Mend all mechanical mistakes",
                    kind=FIX_ALL,
                    edit=workspace_edit(server, document, edits),
                )
            )
    return actions


def _wanted(only: object, kind: str) -> bool:
    if only is None:
        return True
    assert isinstance(only, (list, tuple))
    names = [str(getattr(one, "value", one)) for one in only]
    return any(kind == name or kind.startswith(f"{name}.") for name in names)


def findings_in(document: OpenDocument, area: types.Range) -> Iterator[Located]:
    """The findings that touch a range, taken from the records it touches only."""
    analysis = document.analysis
    assert isinstance(analysis, Analysis)
    start = document.text.decode(area.start.line, area.start.character)
    end = document.text.decode(area.end.line, area.end.character)
    for record, place in records_between(analysis, start, end):
        for located in analysis.findings_of(record, place):
            if located.start <= end and start <= located.end:
                yield located


def _of_finding(
    server: SuperbillServer, document: OpenDocument, located: Located, known: Sequence[types.Diagnostic]
) -> Iterator[types.CodeAction]:
    analysis = document.analysis
    assert analysis is not None
    finding = located.finding
    mine = [
        one
        for one in known
        if one.code == finding.rule and one.range.start.line == located.start.line and one.source == "superbill"
    ]
    for fix, edits in offered(analysis, located):
        yield types.CodeAction(
            title=fix.title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=mine or None,
            is_preferred=fix.preferred or None,
            edit=workspace_edit(server, document, edits),
        )
    yield from _of_settings(server, document, located, mine)
    key = accept_key(finding)
    yield types.CodeAction(
        title=f"Explain {finding.rule}",
        kind=types.CodeActionKind.QuickFix,
        diagnostics=mine or None,
        command=types.Command(title=f"Explain {finding.rule}", command=EXPLAIN, arguments=[finding.rule, document.uri]),
    )
    if server.folders:
        for where, title in (("file", "Accept in this file"), ("workspace", "Accept in this workspace")):
            yield types.CodeAction(
                title=f"{title}: {key}",
                kind=types.CodeActionKind.QuickFix,
                diagnostics=mine or None,
                command=types.Command(title=title, command=ACCEPT, arguments=[document.uri, key, where]),
            )


def _of_settings(
    server: SuperbillServer, document: OpenDocument, located: Located, mine: list[types.Diagnostic]
) -> Iterator[types.CodeAction]:
    """The fixes that change the settings instead of the document."""
    if not server.folders or not document.uri.startswith("file:"):
        return
    for fix in located.finding.fixes:
        for operation in fix.operations:
            if isinstance(operation, NameColumn):
                arguments = [document.uri, operation.heading, operation.role]
                yield types.CodeAction(
                    title=fix.title,
                    kind=types.CodeActionKind.QuickFix,
                    diagnostics=mine or None,
                    command=types.Command(title=fix.title, command=NAME_COLUMN, arguments=arguments),
                )


def workspace_edit(server: SuperbillServer, document: OpenDocument, edits: list[Edit]) -> types.WorkspaceEdit:
    """The edits for the client, tied to the version they were made for where it can check that."""
    changes = []
    for edit in edits:
        start, end = document.text.encode(edit.start), document.text.encode(edit.end)
        changes.append(types.TextEdit(types.Range(types.Position(*start), types.Position(*end)), edit.text))
    workspace = server.client.workspace
    if workspace and workspace.workspace_edit and workspace.workspace_edit.document_changes:
        identifier = types.OptionalVersionedTextDocumentIdentifier(uri=document.uri, version=document.version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(identifier, list(changes))])
    return types.WorkspaceEdit(changes={document.uri: changes})

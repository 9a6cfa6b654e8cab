"""textDocument/codeAction: the fixes of the findings in a range, fix all, accept, explain."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from lsprotocol import types

from superbill.charges.dialect import NameColumn
from superbill.engine import baseline
from superbill.engine.analysis import Located, accept_key
from superbill.engine.mending import Edit, Mended, accept_here, mend_in_steps, offered
from superbill.engine.walk import findings_between
from superbill.lsp.documents import OpenDocument
from superbill.lsp.routes import ACCEPT, ADD_TO_BASELINE, EXPLAIN, FIX_ALL, MEND, NAME_COLUMN, TURN_OFF

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer


async def handle(server: SuperbillServer, params: types.CodeActionParams) -> list[types.CodeAction]:
    """Actions for the findings that the range touches. Some editors send the whole text and ask at once: what is still
    being read is waited for. None of them when the text changed meanwhile: the range is then that of another text."""
    document = server.document(params.text_document.uri)
    if document is None:
        return []
    analysis = await server.settled(document)
    if analysis is None:
        return []
    only = params.context.only
    actions: list[types.CodeAction] = []
    if _wanted(only, "quickfix"):
        area = params.range
        start = document.text.decode(area.start.line, area.start.character)
        end = document.text.decode(area.end.line, area.end.character)
        found = list(findings_between(analysis, start, end))
        mendable: dict[str, None] = {}  # the rules of findings here that have a mechanical fix
        for located in found:
            actions += _mends(server, document, located, params.context.diagnostics, mendable)
        actions += _of_file(server, document, mendable)
        seen: set[str] = set()
        for located in found:  # behind all mends, and once for findings that are accepted by one name
            if (what := accept_key(located.finding)) not in seen:
                seen.add(what)
                actions += _exceptions(server, document, located, params.context.diagnostics)
    if only is not None and _wanted(only, FIX_ALL):
        mended = await mend_document(document)
        if mended is not None and mended.edits:
            actions.append(
                types.CodeAction(
                    title="Mend all mechanical mistakes",
                    kind=FIX_ALL,
                    edit=workspace_edit(server, document, mended.edits),
                )
            )
    return actions


async def mend_document(document: OpenDocument, rule: str = "") -> Mended | None:
    """All mechanical fixes of a document (or of one rule), as `check --fix` makes them. None when the document is not
    ready, or changed while they were worked out."""
    analysis, version = document.analysis, document.version
    if analysis is None or not analysis.done:
        return None
    steps = mend_in_steps(analysis, rule)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            mended: Mended = done.value
            return mended
        await asyncio.sleep(0)
        if document.analysis is not analysis or document.version != version:
            return None


def _of_file(server: SuperbillServer, document: OpenDocument, rules: Iterable[str]) -> Iterator[types.CodeAction]:
    """Where a finding here can be mended mechanically: the same for all like it, and for all of the file. What that
    changes is worked out when it is chosen: editors ask for actions at every move of the cursor."""
    workspace = server.client.workspace
    if not rules or not (workspace and workspace.apply_edit):
        return
    for rule, title in (
        *((rule, f"Fix all {rule} in this file") for rule in rules),
        ("", "Fix everything mechanical in this file"),
    ):
        yield types.CodeAction(
            title=title,
            kind=types.CodeActionKind.QuickFix,
            command=types.Command(title=title, command=MEND, arguments=[document.uri, rule]),
        )


def _wanted(only: object, kind: str) -> bool:
    if only is None:
        return True
    assert isinstance(only, (list, tuple))
    names = [str(getattr(one, "value", one)) for one in only]
    return any(kind == name or kind.startswith(f"{name}.") for name in names)


def _diagnostics(located: Located, known: Sequence[types.Diagnostic]) -> list[types.Diagnostic]:
    """The diagnostics of the client that a finding is."""
    return [
        one
        for one in known
        if one.code == located.finding.rule and one.range.start.line == located.start.line and one.source == "superbill"
    ]


def _mends(
    server: SuperbillServer,
    document: OpenDocument,
    located: Located,
    known: Sequence[types.Diagnostic],
    mendable: dict[str, None],
) -> Iterator[types.CodeAction]:
    """What mends the text, or the settings where these are at fault. Notes rules that have a mechanical fix."""
    analysis = document.analysis
    assert analysis is not None
    mine = _diagnostics(located, known)
    for fix, edits in offered(analysis, located):
        if fix.preferred:
            mendable[located.finding.rule] = None
        yield types.CodeAction(
            title=fix.title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=mine or None,
            is_preferred=fix.preferred or None,
            edit=workspace_edit(server, document, edits),
        )
    yield from _of_settings(server, document, located, mine)


def _exceptions(
    server: SuperbillServer, document: OpenDocument, located: Located, known: Sequence[types.Diagnostic]
) -> Iterator[types.CodeAction]:
    """What explains a finding, and what lets it stand: from here to everywhere."""
    analysis = document.analysis
    assert analysis is not None
    finding = located.finding
    rule, key, uri = finding.rule, accept_key(finding), document.uri
    mine = _diagnostics(located, known) or None

    def asks(title: str, command: str, *arguments: str) -> types.CodeAction:
        return types.CodeAction(
            title=title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=mine,
            command=types.Command(title=title, command=command, arguments=list(arguments)),
        )

    yield asks(f"Explain {rule}", EXPLAIN, rule, uri)
    edits = accept_here(analysis, located)
    if edits:
        yield types.CodeAction(
            title=f"Accept here: {rule}",
            kind=types.CodeActionKind.QuickFix,
            diagnostics=mine,
            edit=workspace_edit(server, document, edits),
        )
    if server.folders:
        yield asks(f"Accept in this file: {key}", ACCEPT, uri, key, "file")
        yield asks(f"Accept in this workspace: {key}", ACCEPT, uri, key, "workspace")
    if server.baseline_for(uri) is not None:
        yield asks(f"Add to the baseline: {key}", ADD_TO_BASELINE, uri, baseline.key(finding))
    if server.folders:
        yield asks(f"Turn {rule} off in this workspace", TURN_OFF, uri, rule)


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

"""The server to compare with: pygls as it comes, all rows split and looked up anew at every keystroke.

This is what one writes in an afternoon, and it is given an easy file: code and modifier are the first eight
characters of a row, so a row costs one slice and one look-up in a set. An 837 it splits at the terminators; the
procedure stands behind `SV1*HC:`.
"""

from __future__ import annotations

from lsprotocol import types
from pygls.lsp.server import LanguageServer

BAD = {"76380,50"}
TITLES = {
    "99213": "Office visit, level 3",
    "71046": "Chest X-ray, 2 views",
    "74018": "Abdomen X-ray, 1 view",
    "76380": "CT of one small area",
    "80053": "Metabolic blood panel",
}

server = LanguageServer("naive", "1")


def look(uri: str) -> list[types.Diagnostic]:
    """One look-up per row, or per segment of an 837 in one line."""
    document = server.workspace.get_text_document(uri)
    if not document.source.startswith("ISA"):
        return [_found(number, 6) for number, line in enumerate(document.lines) if line[:8] in BAD]
    found = []
    at = 0
    for segment in document.source.split("~"):
        if segment[:7] == "SV1*HC:" and segment[7:15].replace(":", ",") in BAD:
            found.append(_found(0, at + 13))
        at += len(segment) + 1
    return found


def _found(line: int, column: int) -> types.Diagnostic:
    return types.Diagnostic(
        range=types.Range(types.Position(line, column), types.Position(line, column + 2)),
        message="76380-50: the code has no sides. Remove 50.",
        severity=types.DiagnosticSeverity.Warning,
        code="K520",
        source="naive",
    )


def publish(uri: str, version: int) -> None:
    """Publish what there is to say, unless the client asks by itself."""
    text = server.client_capabilities.text_document
    if text is None or text.diagnostic is None:
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, look(uri), version))


@server.feature(types.TEXT_DOCUMENT_DID_OPEN)
def did_open(params: types.DidOpenTextDocumentParams) -> None:
    """A document was opened."""
    publish(params.text_document.uri, params.text_document.version)


@server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
def did_change(params: types.DidChangeTextDocumentParams) -> None:
    """A document was changed."""
    publish(params.text_document.uri, params.text_document.version)


@server.feature(
    types.TEXT_DOCUMENT_DIAGNOSTIC,
    types.DiagnosticOptions(inter_file_dependencies=False, workspace_diagnostics=False),
)
def diagnostic(params: types.DocumentDiagnosticParams) -> types.RelatedFullDocumentDiagnosticReport:
    """The client asks."""
    return types.RelatedFullDocumentDiagnosticReport(items=look(params.text_document.uri))


@server.feature(types.TEXT_DOCUMENT_HOVER)
def hover(params: types.HoverParams) -> types.Hover | None:
    """The title of the word under the cursor."""
    document = server.workspace.get_text_document(params.text_document.uri)
    word = document.word_at_position(params.position)
    if word not in TITLES:
        return None
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, f"**{word}** {TITLES[word]}"))


if __name__ == "__main__":
    server.start_io()

"""textDocument/signatureHelp: the segment of an 837 or HL7 message, or the columns of a table, and which one you are in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from superbill.engine.shapes import pattern_at
from superbill.text.encoding import from_code_points

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer


def handle(server: SuperbillServer, params: types.SignatureHelpParams) -> types.SignatureHelp | None:
    """One signature, the element under the cursor active; None in text and where the format is not known."""
    document = server.document(params.text_document.uri)
    if document is None or document.analysis is None:
        return None
    position = document.text.decode(params.position.line, params.position.character)
    pattern = pattern_at(document.analysis, position)
    if pattern is None:
        return None

    def units(offset: int) -> int:
        return from_code_points(pattern.text, offset, "utf-16")  # label offsets are UTF-16 whatever was agreed on

    parameters = [
        types.ParameterInformation((units(start), units(end)), _markup(server, words) if words else None)
        for start, end, words in pattern.elements
    ]
    one = types.SignatureInformation(pattern.text, pattern.title, parameters, pattern.active)
    return types.SignatureHelp([one], 0, pattern.active)


def _markup(server: SuperbillServer, words: str) -> types.MarkupContent:
    text = server.client.text_document
    known = text.signature_help.signature_information if text and text.signature_help else None
    formats = (known.documentation_format if known else None) or [types.MarkupKind.PlainText]
    if types.MarkupKind.Markdown in formats:
        return types.MarkupContent(types.MarkupKind.Markdown, words)
    return types.MarkupContent(types.MarkupKind.PlainText, words.replace("`", ""))

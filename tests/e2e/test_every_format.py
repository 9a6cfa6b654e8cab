"""Every format through a real client: findings, hover, completion, outline, a fix; an 837 in one line."""

from __future__ import annotations

import pytest
from lsprotocol import types
from pytest_lsp import LanguageClient
from tests.e2e.test_server import change, client, diagnostics, keep_versions, open_document
from tests.samples import FHIR, HL7, X12, X12_ONE_LINE, YAML
from tests.text import place_of

__all__ = ["client", "keep_versions"]

#: Ending, language, text, a word to hover over, what the card begins with, a word to complete at, a value that is offered.
FORMATS = {
    "x12": ("837", "x12", X12, "*UN*", "**SV103**", "*UN*", "MJ"),
    "x12 in one line": ("837", "x12", X12_ONE_LINE, "\x1dUN\x1d", "**SV103**", "\x1dUN\x1d", "MJ"),
    "hl7": ("hl7", "hl7", HL7, "|CG|", "**FT1-6**", "|CG|", "CG"),
    "fhir": ("json", "json", FHIR, '"active"', "**Claim.status**", '"active"', "draft"),
    "yaml": ("yaml", "yaml", YAML, '"76380"', "**76380**", "[26, 50]", "59"),
}


@pytest.mark.parametrize("name", FORMATS)
async def test_a_format(client: LanguageClient, name: str) -> None:
    ending, language, text, hovered, card, completed, value = FORMATS[name]
    uri = f"file:///charges/day.{ending}"
    open_document(client, uri, text, language)
    found = await diagnostics(client, uri)
    assert "K520" in {one.code for one in found}
    document = types.TextDocumentIdentifier(uri)
    encoding = client.units  # type: ignore[attr-defined]

    place = types.Position(*place_of(text, hovered, 1, encoding))
    hover = await client.text_document_hover_async(types.HoverParams(text_document=document, position=place))
    assert hover is not None and isinstance(hover.contents, types.MarkupContent)
    assert hover.contents.value.replace("**", "").startswith(card.replace("**", ""))

    place = types.Position(*place_of(text, completed, 1, encoding))
    offered = await client.text_document_completion_async(
        types.CompletionParams(text_document=document, position=place)
    )
    assert isinstance(offered, types.CompletionList)
    assert value in {item.label for item in offered.items}

    outline = await client.text_document_document_symbol_async(types.DocumentSymbolParams(text_document=document))
    assert outline

    (wrong,) = [one for one in found if one.code == "K520"][:1]
    actions = await client.text_document_code_action_async(
        types.CodeActionParams(text_document=document, range=wrong.range, context=types.CodeActionContext([wrong]))
    )
    mends = [one for one in actions or [] if isinstance(one, types.CodeAction) and one.title == "Remove modifier 50"]
    assert (mends and mends[0].edit is not None and mends[0].edit.changes) or mends[0].edit.document_changes

    change(client, 2, wrong.range.start.line, wrong.range.start.character, wrong.range.end.character, "26", uri)
    assert "K520" not in {one.code for one in await diagnostics(client, uri, 2)}

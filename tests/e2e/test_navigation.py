"""What the server offers for finding one's way: symbols, highlights, references, definitions, hints, colours, folds."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

CSV = """claim_id,patient,dos,cpt,mod,units,pos,charge
A1,P1,2025-10-15,76380,26,1,22,100.00
A1,P1,2025-10-15,71046,26,1,22,50.50
A2,P2,2025-10-15,76380,,1,11,100.00
"""
X12 = (
    "ISA*00*          *00*          *ZZ*S              *ZZ*R              *251015*1200*^*00501*000000001*0*T*:~\n"
    "GS*HC*S*R*20251015*1200*1*X*005010X222A1~\nST*837*0001*005010X222A1~\nBHT*0019*00*1*20251015*1200*CH~\n"
    "HL*1**20*1~\nNM1*85*2*CLINIC*****XX*1234567893~\nHL*2*1*22*0~\nSBR*P*18*******MB~\nNM1*IL*1*DOE*J****MI*1~\n"
    "CLM*C1*150***22:B:1*Y*A*Y*Y~\nHI*ABK:R10~\nLX*1~\nSV1*HC:76380:26*100*UN*1***1~\nDTP*472*D8*20251015~\n"
    "LX*2~\nSV1*HC:71046:26*50*UN*1***1~\nDTP*472*D8*20251015~\nSE*15*0001~\nGE*1*1~\nIEA*1*000000001~\n"
)
HL7 = (
    "MSH|^~\\&|A|B|C|D|20251015||DFT^P03|1|P|2.5\rPID|1||P1\r"
    "FT1|1|||20251015||CG|76380|||1||||||22|||R10||||||76380|26\r"
)
EXTRAS = {"inlayHints": True, "codeLens": True, "workspaceDiagnostics": True}
FULL = types.Range(types.Position(0, 0), types.Position(999, 0))


@pytest_lsp.fixture(
    params=["visual_studio_code", "neovim"],
    config=ClientServerConfig(server_command=[sys.executable, "-m", "superbill", "serve"]),
)
async def client(request: pytest.FixtureRequest, lsp_client: LanguageClient, tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("workspace")
    (folder / "closed.csv").write_text(CSV, encoding="utf-8")
    (folder / "other.csv").write_text(CSV.replace("76380", "76377"), encoding="utf-8")
    lsp_client.folder = folder  # type: ignore[attr-defined]
    lsp_client.set_configuration({"superbill": EXTRAS})
    for method in (
        types.CLIENT_REGISTER_CAPABILITY,
        types.WORKSPACE_INLAY_HINT_REFRESH,
        types.WORKSPACE_CODE_LENS_REFRESH,
    ):
        lsp_client.feature(method)(lambda *_: None)
    await lsp_client.initialize_session(
        types.InitializeParams(
            capabilities=client_capabilities(request.param),
            workspace_folders=[types.WorkspaceFolder(uri=folder.as_uri(), name="workspace")],
            initialization_options=EXTRAS,
        )
    )
    lsp_client.kind = request.param  # type: ignore[attr-defined]
    yield
    await lsp_client.shutdown_session()


def opened(client: LanguageClient, text: str, language: str, name: str) -> types.TextDocumentIdentifier:
    uri = (client.folder / name).as_uri()  # type: ignore[attr-defined]
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(uri=uri, language_id=language, version=1, text=text))
    )
    return types.TextDocumentIdentifier(uri)


def place(text: str, word: str, nth: int = 0) -> types.Position:
    """The position inside the nth occurrence of a word."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(word, at + 1)
    before = text[:at].replace("\r", "\n")
    return types.Position(before.count("\n"), len(before) - before.rfind("\n") - 1 + 1)


async def test_symbols_are_claims_and_lines(client: LanguageClient) -> None:
    document = opened(client, CSV, "csv", "a.csv")
    symbols = await client.text_document_document_symbol_async(types.DocumentSymbolParams(document))
    assert symbols is not None
    assert [one.name for one in symbols] == ["Claim A1", "76380"]
    claim = symbols[0]
    assert isinstance(claim, types.DocumentSymbol) and claim.children is not None
    assert [one.name for one in claim.children] == ["76380-26", "71046-26"]
    assert claim.range.start.line == 1 and claim.range.end.line == 2


async def test_an_outline_asked_for_at_once_is_whole(client: LanguageClient) -> None:
    """Editors ask when they have opened a file, and not again until it is edited."""
    text = CSV + "".join(f"B{number},Q{number},2025-10-15,76380,26,1,22,9.00\n" for number in range(8_000))
    symbols = await client.text_document_document_symbol_async(
        types.DocumentSymbolParams(opened(client, text, "csv", "large.csv"))
    )
    assert symbols is not None and len(symbols) == 8_002


async def test_the_same_code_in_the_claim_is_highlighted(client: LanguageClient) -> None:
    document = opened(client, CSV, "csv", "a.csv")
    on_modifier = await client.text_document_document_highlight_async(
        types.DocumentHighlightParams(document, place(CSV, "26,1"))
    )
    assert on_modifier is not None and [one.range.start.line for one in on_modifier] == [1, 2]
    on_code = await client.text_document_document_highlight_async(
        types.DocumentHighlightParams(document, place(CSV, "76380"))
    )
    assert on_code is not None and [one.range.start.line for one in on_code] == [1], "the other one is another claim's"
    nothing = await client.text_document_document_highlight_async(
        types.DocumentHighlightParams(document, place(CSV, "P1"))
    )
    assert not nothing


async def test_references_are_found_in_open_and_closed_files(client: LanguageClient) -> None:
    document = opened(client, CSV, "csv", "a.csv")
    asked = types.ReferenceParams(types.ReferenceContext(True), document, place(CSV, "76380"))
    found = await client.text_document_references_async(asked)
    assert found is not None
    assert [(one.uri.rpartition("/")[2], one.range.start.line) for one in found] == [
        ("a.csv", 1),
        ("a.csv", 3),
        ("closed.csv", 1),
        ("closed.csv", 3),
    ]


async def test_definition_leads_to_a_page_of_the_catalog(client: LanguageClient) -> None:
    document = opened(client, CSV, "csv", "a.csv")
    for word, name in (("76380", "76380.md"), ("26,1", "modifier-26.md"), ("22,1", "place-22.md")):
        found = await client.text_document_definition_async(types.DefinitionParams(document, place(CSV, word)))
        one = found[0] if isinstance(found, (list, tuple)) else found
        uri = one.target_uri if isinstance(one, types.LocationLink) else one.uri  # type: ignore[union-attr]
        path = Path(unquote(urlparse(uri).path))
        assert path.name == name
        text = path.read_text(encoding="utf-8")
        assert name.partition(".")[0].rpartition("-")[2] in text and "P1" not in text


async def test_hints_and_lenses_when_asked_for(client: LanguageClient) -> None:
    document = opened(client, CSV, "csv", "a.csv")
    hints = await client.text_document_inlay_hint_async(types.InlayHintParams(document, FULL))
    assert hints is not None and [one.position.line for one in hints] == [1, 2, 3]
    assert hints[0].position == types.Position(1, 22) and "CT" in str(hints[0].label)
    lenses = await client.text_document_code_lens_async(types.CodeLensParams(document))
    assert lenses is not None and len(lenses) == 2
    titles = [one.command.title for one in lenses if one.command]
    assert titles[0].startswith("3 service lines · ") and titles[1].startswith("2 lines · 150.50 · ")
    client.set_configuration({"superbill": {"inlayHints": False}})
    client.workspace_did_change_configuration(types.DidChangeConfigurationParams({"superbill": {"inlayHints": False}}))
    for _ in range(100):  # some clients are asked for their settings first
        if not await client.text_document_inlay_hint_async(types.InlayHintParams(document, FULL)):
            break
        await asyncio.sleep(0.02)
    assert not await client.text_document_inlay_hint_async(types.InlayHintParams(document, FULL))
    assert not await client.text_document_code_lens_async(types.CodeLensParams(document))


@pytest.mark.parametrize(
    ("text", "language", "name", "word", "label"),
    [
        (X12, "x12", "a.837", "*100*", "SV102"),
        (X12, "x12", "a.837", ":26*100", "SV101-3"),
        (HL7, "hl7", "a.hl7", "26\r", "FT1-26.1"),
        (CSV, "csv", "a.csv", "100.00", "charge"),
    ],
)
async def test_signature_says_which_element(
    client: LanguageClient, text: str, language: str, name: str, word: str, label: str
) -> None:
    document = opened(client, text, language, name)
    found = await client.text_document_signature_help_async(types.SignatureHelpParams(document, place(text, word)))
    assert found is not None
    (one,) = found.signatures
    assert one.parameters is not None and found.active_parameter is not None
    start, end = one.parameters[found.active_parameter].label  # type: ignore[misc]
    assert one.label[start:end] == label  # type: ignore[misc]


async def test_selection_grows_to_the_claim(client: LanguageClient) -> None:
    document = opened(client, CSV, "csv", "a.csv")
    found = await client.text_document_selection_range_async(
        types.SelectionRangeParams(document, [place(CSV, "71046")])
    )
    assert found is not None
    spans = []
    one: types.SelectionRange | None = found[0]
    while one is not None:
        spans.append((one.range.start.line, one.range.start.character, one.range.end.line, one.range.end.character))
        one = one.parent
    assert spans == [(2, 17, 2, 22), (2, 0, 2, 36), (1, 0, 2, 36), (0, 0, 4, 0)]


async def test_an_837_is_coloured_and_folded(client: LanguageClient) -> None:
    document = opened(client, X12, "x12", "a.837")
    if client.kind == "visual_studio_code":  # type: ignore[attr-defined]
        asked = types.SemanticTokensRangeParams(document, types.Range(types.Position(12, 0), types.Position(12, 5)))
        found = await client.text_document_semantic_tokens_range_async(asked)
    else:
        found = await client.text_document_semantic_tokens_full_async(types.SemanticTokensParams(document))
    assert found is not None and found.data
    legend = client_legend(client)
    rows = X12.split("\n")
    line = column = 0
    seen = {}
    for number in range(0, len(found.data), 5):
        down, right, length, kind, _ = found.data[number : number + 5]
        line, column = line + down, right if down else column + right
        seen[rows[line][column : column + length]] = legend[kind]
    assert seen["SV1"] == "keyword" and seen["76380"] == "function" and seen["26"] == "decorator"
    assert seen["100"] == "number" and seen["~"] == "operator"
    folds = await client.text_document_folding_range_async(types.FoldingRangeParams(document))
    assert folds is not None
    assert (9, 16) in {(one.start_line, one.end_line) for one in folds}, "the claim"


def client_legend(client: LanguageClient) -> list[str]:
    from superbill.lsp.routes import COLOURS

    return list(COLOURS)


async def test_no_fold_takes_the_place_of_the_editors_own(client: LanguageClient) -> None:
    document = opened(client, CSV, "csv", "a.csv")
    assert await client.text_document_folding_range_async(types.FoldingRangeParams(document)) is None


async def test_workspace_symbols_are_codes_by_words(client: LanguageClient) -> None:
    found = await client.workspace_symbol_async(types.WorkspaceSymbolParams("limited ct"))
    assert found and any(one.name.startswith("76380 ") for one in found)
    assert not await client.workspace_symbol_async(types.WorkspaceSymbolParams(" "))


async def test_rules_named_in_settings_are_links(client: LanguageClient) -> None:
    document = opened(client, "rules:\n  K520: off\n", "yaml", "superbill.yaml")
    found = await client.text_document_document_link_async(types.DocumentLinkParams(document))
    assert found is not None
    (one,) = found
    assert one.range.start == types.Position(1, 2) and one.target is not None and one.target.endswith("K520.md")


async def test_the_workspace_is_checked_when_asked_for(client: LanguageClient) -> None:
    if client.kind == "visual_studio_code":  # type: ignore[attr-defined]
        pytest.skip("these capabilities of the client do not fetch diagnostics")
    report = await client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams([]))
    by_name = {one.uri.rpartition("/")[2]: one for one in report.items}
    assert set(by_name) == {"closed.csv", "other.csv"}
    marks = [types.PreviousResultId(one.uri, one.result_id or "") for one in report.items]
    again = await client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams(marks))
    assert {one.kind for one in again.items} == {"unchanged"}
    (client.folder / "other.csv").write_text(CSV.replace("76380,26", "76380,50"), encoding="utf-8")  # type: ignore[attr-defined]
    third = await client.workspace_diagnostic_async(types.WorkspaceDiagnosticParams(marks))
    changed = [one for one in third.items if isinstance(one, types.WorkspaceFullDocumentDiagnosticReport)]
    assert [one.uri.rpartition("/")[2] for one in changed] == ["other.csv"]
    assert "K520" in {item.code for item in changed[0].items}


async def test_a_rule_is_explained_where_it_is_named(client: LanguageClient) -> None:
    text = 'rules:\n  K520: off\n  global-in-facility: hint\naccept:\n  - "L1016 76376"\n'
    document = opened(client, text, "yaml", "superbill.yaml")
    for line, column, start in ((1, 3, "**K520**"), (4, 6, "**L1016**")):
        found = await client.text_document_hover_async(types.HoverParams(document, types.Position(line, column)))
        assert found is not None and isinstance(found.contents, types.MarkupContent)
        assert found.contents.value.replace("K520 bil", "**K520** bil").startswith((start, start.strip("*")))
    nothing = types.HoverParams(document, types.Position(0, 2))
    assert await client.text_document_hover_async(nothing) is None


async def test_rules_and_severities_are_offered_in_settings(client: LanguageClient) -> None:
    document = opened(client, "rules:\n  K5\n  K520: \n", "yaml", "superbill.yaml")

    async def labels(line: int, column: int) -> list[str]:
        asked = types.CompletionParams(document, types.Position(line, column))
        found = await client.text_document_completion_async(asked)
        return [item.label for item in found.items] if isinstance(found, types.CompletionList) else []

    assert "K520" in await labels(1, 4)
    assert await labels(2, 8) == ["error", "warning", "information", "hint", "off"]
    assert await labels(0, 3) == []


async def test_settings_are_no_charge_sheet(client: LanguageClient) -> None:
    text = "lines:\n- {dos: 2025-10-15, cpt: 76380, mod: 50, units: 1, pos: 11}\n"
    document = opened(client, text, "yaml", "superbill.yaml")
    assert not await client.text_document_document_symbol_async(types.DocumentSymbolParams(document))
    sheet = opened(client, text, "yaml", "sheet.yaml")
    assert await client.text_document_document_symbol_async(types.DocumentSymbolParams(sheet))

"""A workspace's own rules in an editor: explained, offered and found where they are named and where they speak."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

SETTINGS = """rules:
  ACME-1: hint
own_rules:
  - id: ACME-1
    message: Never bill 74177 here. Use 74176.
    codes: ["74177"]
    why: Agreed in March.
  - id: ACME-2
    message: No 50 on this code.
    codes: ["76380"]
    forbid_modifiers: ["50"]
    link: https://x.example/50
"""
CHARGES = """patient,dos,cpt,mod,units,pos
# superbill: ignore ACME-2, K520
P1,2025-10-15,76380,50,1,11
P2,2025-10-15,74177,26,1,22
P3,2025-10-15,76380,50,1,11
"""
NOTE = "# CT\n\nCPT: 74177 <!-- superbill: ignore ACME-1 -->\n"


@pytest_lsp.fixture(
    params=["visual_studio_code", "neovim"],
    config=ClientServerConfig(server_command=[sys.executable, "-m", "superbill", "serve"]),
)
async def client(request: pytest.FixtureRequest, lsp_client: LanguageClient, tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("workspace") / "märz 1"
    folder.mkdir()
    (folder / "superbill.yaml").write_text(SETTINGS)
    lsp_client.folder = folder  # type: ignore[attr-defined]
    lsp_client.set_configuration({"superbill": {"payer": ""}})
    lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda *_: None)
    capabilities = client_capabilities(request.param)
    lsp_client.pulls = bool(capabilities.text_document and capabilities.text_document.diagnostic)  # type: ignore[attr-defined]
    await lsp_client.initialize_session(
        types.InitializeParams(
            capabilities=capabilities,
            workspace_folders=[types.WorkspaceFolder(uri=folder.as_uri(), name="workspace")],
        )
    )
    yield
    await lsp_client.shutdown_session()


def opened(client: LanguageClient, name: str, text: str) -> types.TextDocumentIdentifier:
    path: Path = client.folder / name  # type: ignore[attr-defined]
    language = {"yaml": "yaml", "csv": "csv", "md": "markdown"}[name.rpartition(".")[2]]
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(path.as_uri(), language, version=1, text=text))
    )
    return types.TextDocumentIdentifier(path.as_uri())


def at(text: str, word: str, nth: int = 0, behind: bool = False) -> types.Position:
    """A position inside the nth occurrence of a word, or behind it."""
    place = -1
    for _ in range(nth + 1):
        place = text.index(word, place + 1)
    before = text[: place + (len(word) if behind else 1)]
    return types.Position(before.count("\n"), len(before) - before.rfind("\n") - 1)


async def hovered(client: LanguageClient, document: types.TextDocumentIdentifier, position: types.Position) -> str:
    found = await client.text_document_hover_async(types.HoverParams(document, position))
    assert found is None or isinstance(found.contents, types.MarkupContent)
    return found.contents.value.replace("*", "") if found else ""  # type: ignore[union-attr]


async def offered(
    client: LanguageClient, document: types.TextDocumentIdentifier, position: types.Position
) -> list[types.CompletionItem]:
    found = await client.text_document_completion_async(types.CompletionParams(document, position))
    items = found.items if isinstance(found, types.CompletionList) else found or []
    return sorted(items, key=lambda item: item.sort_text or "")


async def led(
    client: LanguageClient, document: types.TextDocumentIdentifier, position: types.Position
) -> list[tuple[str, int]]:
    """Where going to the definition leads: names of files and lines from 1."""
    found: Any = await client.text_document_definition_async(types.DefinitionParams(document, position))
    several = found if isinstance(found, (list, tuple)) else [found] if found else []
    places = [
        (one.target_uri, one.target_range) if isinstance(one, types.LocationLink) else (one.uri, one.range)
        for one in several
    ]
    return [(uri.rpartition("/")[2], area.start.line + 1) for uri, area in places]


async def test_an_own_rule_is_explained_where_it_is_named(client: LanguageClient) -> None:
    sheet = opened(client, "a.csv", CHARGES)
    note = opened(client, "note.md", NOTE)
    settings = opened(client, "superbill.yaml", SETTINGS)
    assert (await hovered(client, sheet, at(CHARGES, "ACME-2"))).startswith(
        "ACME-2 · warning · workspace rule\n\nNo 50 on this code."
    )
    said = await hovered(client, note, at(NOTE, "ACME-1"))
    assert said.startswith("ACME-1 · warning · workspace rule\n\nNever bill 74177 here. Use 74176.")
    assert "Agreed in March." in said and "under `own_rules`, line 4" in said
    assert (await hovered(client, settings, at(SETTINGS, "ACME-1"))).startswith("ACME-1 · ")
    assert (await hovered(client, sheet, at(CHARGES, "K520"))).startswith("K520 bilateral-not-possible")


async def test_own_rules_are_offered_where_rules_are_named(client: LanguageClient) -> None:
    comment = CHARGES.replace("ACME-2, K520", "AC")
    sheet = opened(client, "a.csv", comment)
    items = await offered(client, sheet, at(comment, "ignore AC", behind=True))
    assert [item.label for item in items[:2]] == ["ACME-1", "ACME-2"] and len(items) > 200
    assert items[0].detail == "Never bill 74177 here. Use 74176"
    resolved = await client.completion_item_resolve_async(items[0])
    assert "Agreed in March." in str(resolved.documentation)
    note = opened(client, "note.md", NOTE.replace("ACME-1", "K520, "))
    assert (await offered(client, note, at(NOTE, "ignore ACME", behind=True)))[0].label == "ACME-1"

    more = SETTINGS + ('paths:\n  "old/**":\n    rules:\n      A: off\naccept:\n  - A\n')
    settings = opened(client, "superbill.yaml", more)
    for word in ("      A", "  - A"):
        labels = [
            item.label for item in await offered(client, settings, at(more, word, more.count(word) - 1, behind=True))
        ]
        assert labels[:2] == ["ACME-1", "ACME-2"] and "K520" in labels
    severities = [item.label for item in await offered(client, settings, at(more, "      A: ", behind=True))]
    assert severities == [], "A is no rule"
    severities = [item.label for item in await offered(client, settings, at(more, "ACME-1: ", behind=True))]
    assert severities == ["error", "warning", "information", "hint", "off"]


async def test_settings_know_the_rules_that_were_just_typed(client: LanguageClient) -> None:
    fresh = SETTINGS.replace("ACME-2", "ACME-9").replace("  ACME-1: hint\n", "  ACME-1: hint\n  ACME-9: off\n")
    settings = opened(client, "superbill.yaml", fresh)
    assert (await hovered(client, settings, at(fresh, "ACME-9"))).startswith("ACME-9 · warning")
    assert await led(client, settings, at(fresh, "ACME-9")) == [("superbill.yaml", 9)]
    # While it is being typed it may be no YAML: what it said last holds.
    broken = fresh.replace("ACME-9: off", "AC: [")
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(
            types.VersionedTextDocumentIdentifier(version=2, uri=settings.uri),
            [types.TextDocumentContentChangeWholeDocument(broken)],
        )
    )
    labels = [
        item.label
        for item in await offered(client, settings, at(broken, "  AC", broken.count("  AC") - 1, behind=True))
    ]
    assert labels[:2] == ["ACME-1", "ACME-9"]


async def test_the_definition_of_an_own_rule_is_its_entry(client: LanguageClient) -> None:
    sheet = opened(client, "a.csv", CHARGES)
    note = opened(client, "note.md", NOTE)
    settings = opened(client, "superbill.yaml", SETTINGS)
    assert await led(client, sheet, at(CHARGES, "ACME-2")) == [("superbill.yaml", 8)]
    assert await led(client, sheet, at(CHARGES, "K520")) == [("K520.md", 1)]
    assert await led(client, note, at(NOTE, "ACME-1")) == [("superbill.yaml", 4)]
    assert await led(client, settings, at(SETTINGS, "ACME-1")) == [("superbill.yaml", 4)]
    # On a finding: what the code is, and whose rule speaks of it.
    assert await led(client, sheet, at(CHARGES, "74177")) == [("74177.md", 1), ("superbill.yaml", 4)]
    assert await led(client, sheet, at(CHARGES, "50,1", 1)) == [("modifier-50.md", 1), ("superbill.yaml", 8)]
    # Where a comment has silenced it nothing speaks.
    assert await led(client, sheet, at(CHARGES, "50,1")) == [("modifier-50.md", 1)]
    assert await led(client, sheet, at(CHARGES, "76380", 1)) == [("76380.md", 1)]


async def test_an_own_rule_links_to_its_page_or_to_the_settings(client: LanguageClient) -> None:
    folder: Path = client.folder  # type: ignore[attr-defined]
    address = (folder / "superbill.yaml").as_uri()
    text = CHARGES.replace("ACME-2, K520", "ACME-1, ACME-2, K520")
    sheet = opened(client, "a.csv", text)
    found = await client.text_document_document_link_async(types.DocumentLinkParams(sheet))
    assert [(one.range.start.line, one.range.start.character) for one in found or ()] == [(1, 20), (1, 28), (1, 36)]
    targets = [one.target or "" for one in found or ()]
    assert targets[:2] == [f"{address}#4,1", "https://x.example/50"] and targets[2].endswith("/K520.md")
    settings = opened(client, "superbill.yaml", SETTINGS)
    found = await client.text_document_document_link_async(types.DocumentLinkParams(settings))
    # Not from the entry to itself.
    assert [(one.range.start.line, one.target) for one in found or ()] == [
        (1, f"{address}#4,1"),
        (7, "https://x.example/50"),
    ]


async def test_a_finding_of_an_own_rule_says_where_to_read_on(client: LanguageClient) -> None:
    folder: Path = client.folder  # type: ignore[attr-defined]
    sheet = opened(client, "a.csv", CHARGES)
    if client.pulls:  # type: ignore[attr-defined]
        report = await client.text_document_diagnostic_async(types.DocumentDiagnosticParams(sheet))
        assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
        found = report.items
    else:
        for _ in range(400):
            if client.diagnostics.get(sheet.uri):
                break
            await asyncio.sleep(0.05)
        found = list(client.diagnostics[sheet.uri])
    hrefs = {one.code: one.code_description.href for one in found if one.code_description}
    assert hrefs["ACME-1"] == f"{(folder / 'superbill.yaml').as_uri()}#4,1"
    assert hrefs["ACME-2"] == "https://x.example/50" and hrefs["K520"].endswith("/K520.md")


async def test_an_editor_can_list_them(client: LanguageClient) -> None:
    uri = (client.folder / "a.csv").as_uri()  # type: ignore[attr-defined]
    for arguments, own in (([], []), ([uri], ["ACME-1", "ACME-2"])):
        rules: Any = await client.workspace_execute_command_async(
            types.ExecuteCommandParams("superbill.rules", arguments=arguments)
        )
        known = [one if isinstance(one, dict) else vars(one) for one in rules]
        assert [one["id"] for one in known if one["own"]] == own and len(known) > 200

"""What an editor's own commands ask of the server: what holds for a file, payers, columns, pages, the whole workspace."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

CHARGES = "patient,dos,cpt,mod1,units,pos\nP1,2025-10-15,76380,50,1,11\n"
CLEAN = "patient,dos,cpt,mod1,units,pos\nP1,2025-10-15,76380,26,1,22\n"


@pytest_lsp.fixture(config=ClientServerConfig(server_command=[sys.executable, "-m", "superbill", "serve"]))
async def client(lsp_client: LanguageClient, tmp_path: Path):  # type: ignore[no-untyped-def]
    lsp_client.folder = tmp_path  # type: ignore[attr-defined]
    lsp_client.set_configuration({"superbill": {"payer": ""}})
    lsp_client.said = []  # type: ignore[attr-defined]
    lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda params: None)
    await lsp_client.initialize_session(
        types.InitializeParams(
            capabilities=client_capabilities("visual_studio_code"),
            workspace_folders=[types.WorkspaceFolder(uri=tmp_path.as_uri(), name="workspace")],
        )
    )
    yield
    await lsp_client.shutdown_session()


def write(client: LanguageClient, name: str, text: str) -> str:
    """A file of the workspace; its address."""
    path: Path = client.folder / name  # type: ignore[attr-defined]
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path.as_uri()


def open_document(client: LanguageClient, uri: str, text: str) -> None:
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(uri=uri, language_id="csv", version=1, text=text))
    )


async def ask(client: LanguageClient, command: str, *arguments: Any) -> Any:
    return await client.workspace_execute_command_async(types.ExecuteCommandParams(command, arguments=list(arguments)))


def changed(client: LanguageClient) -> None:
    uri = (client.folder / "superbill.yaml").as_uri()  # type: ignore[attr-defined]
    client.workspace_did_change_watched_files(
        types.DidChangeWatchedFilesParams([types.FileEvent(uri, types.FileChangeType.Changed)])
    )


async def test_status_and_the_choice_of_a_payer(client: LanguageClient) -> None:
    uri = write(client, "charges.csv", CHARGES)
    open_document(client, uri, CHARGES)
    status = await ask(client, "superbill.status", uri)
    assert (status["payer"], status["payerChosen"], status["dialect"], status["settings"]) == (
        "medicare-b", False, "delimited", None,
    )  # fmt: skip
    assert status["edition"].startswith("PFS")
    offered = await ask(client, "superbill.payers", uri)
    assert offered["chosen"] == "" and offered["default"] == "medicare-b"
    assert {"medicare-b", "generic-commercial"} <= {one["id"] for one in offered["profiles"]}
    assert await ask(client, "superbill.choosePayer", uri, "generic-commercial") is True
    assert "payer: generic-commercial\n" in (client.folder / "superbill.yaml").read_text()  # type: ignore[attr-defined]
    status = await ask(client, "superbill.status", uri)
    assert (status["payer"], status["payerChosen"]) == ("generic-commercial", True)
    assert status["settings"].endswith("/superbill.yaml")


async def test_settings_that_cannot_be_read_leave_the_last_good_ones(client: LanguageClient) -> None:
    write(client, "superbill.yaml", "payer: generic-commercial\nrules: {K520: off}\n")
    uri = write(client, "charges.csv", CHARGES)
    open_document(client, uri, CHARGES)
    assert (await ask(client, "superbill.status", uri))["payer"] == "generic-commercial"

    write(client, "superbill.yaml", "payer: [generic-commercial\nrules: {K520: off}\n")
    changed(client)
    status = await ask(client, "superbill.status", uri)
    assert status["payer"] == "generic-commercial"
    assert "line 2: not YAML" in status["settingsProblems"][0]
    assert "said before still holds" in client.messages[-1].message
    other = write(client, "april.csv", CHARGES)
    totals = await ask(client, "superbill.checkWorkspace", {"uris": [other]})
    assert (totals["files"], totals["warning"]) == (1, 0)  # K520 is still off
    assert len(client.messages) == 1

    write(client, "superbill.yaml", "payer: medicare-c\n")
    changed(client)
    assert (await ask(client, "superbill.status", uri))["payer"] == "generic-commercial"
    assert "no payer profile 'medicare-c'" in client.messages[-1].message

    write(client, "superbill.yaml", "payer: medicare-b\n")
    changed(client)
    status = await ask(client, "superbill.status", uri)
    assert (status["payer"], status["settingsProblems"]) == ("medicare-b", [])


async def test_the_columns_of_a_file(client: LanguageClient) -> None:
    text = "patient,dos,what was done,mod,units\nP1,2025-10-15,76380,50,1\n"
    uri = write(client, "march.csv", text)
    open_document(client, uri, text)
    answer = await ask(client, "superbill.columns", uri)
    assert [(one["heading"], one["role"]) for one in answer["columns"]] == [
        ("patient", "patient"), ("dos", "date"), ("what was done", ""), ("mod", "modifier"), ("units", "units"),
    ]  # fmt: skip
    assert answer["folder"] is True and answer["pattern"] == "*.csv"
    assert {"role": "code", "title": "procedure code, CPT or HCPCS Level II"} in answer["roles"]


async def test_pages_of_rules_and_codes(client: LanguageClient) -> None:
    rules = await ask(client, "superbill.rules")
    (k520,) = [one for one in rules if one["id"] == "K520"]
    assert k520["severity"] == "warning" and k520["title"]
    assert (await ask(client, "superbill.rulePage", "K520")).startswith("# K520 ")
    assert await ask(client, "superbill.rulePage", "K9999") == ""
    assert (await ask(client, "superbill.entry", "76380")).startswith("# 76380 · ")
    assert (await ask(client, "superbill.entry", "26")).startswith("# 26 · ")
    assert await ask(client, "superbill.entry", "../..") == ""


async def test_the_workspace_is_checked_file_by_file(client: LanguageClient) -> None:
    values: list[Any] = []
    client.protocol.fm.features[types.PROGRESS] = lambda params: values.append(params.value)
    write(client, "superbill.yaml", "exclude: [archive/*]\n")
    bad = write(client, "march/charges.csv", CHARGES)
    write(client, "march/clean.csv", CLEAN)
    write(client, "archive/old.csv", CHARGES)
    opened = write(client, "open.csv", CHARGES)
    open_document(client, opened, CHARGES)
    totals = await ask(client, "superbill.checkWorkspace", {"token": "t1"})
    assert (totals["files"], totals["warning"]) == (2, 1)
    found = {get(one, "uri"): get(one, "diagnostics") for one in values if get(one, "uri")}
    assert list(found) == [bad]
    assert get(found[bad][0], "code") == "K520"
    assert any(get(one, "files") == 2 for one in values)

    values.clear()
    totals = await ask(client, "superbill.checkWorkspace", {"token": "t2", "uris": [bad, opened]})
    assert totals["files"] == 1
    assert [get(one, "uri") for one in values if get(one, "uri")] == [bad]


async def test_a_check_of_the_workspace_can_be_cancelled(client: LanguageClient) -> None:
    heard = asyncio.Event()
    client.protocol.fm.features[types.PROGRESS] = lambda params: heard.set()
    for number in range(300):
        write(client, f"f{number}.csv", CHARGES * 20)
    request = client.protocol.send_request(
        types.WORKSPACE_EXECUTE_COMMAND,
        types.ExecuteCommandParams("superbill.checkWorkspace", arguments=[{"token": "t"}]),
        msg_id="check",
    )
    await asyncio.wait_for(heard.wait(), 20)
    client.cancel_request(types.CancelParams("check"))
    try:
        await asyncio.wait_for(asyncio.wrap_future(request), 20)
        cancelled = False
    except Exception as error:
        cancelled = "cancel" in str(error).lower() or "cancel" in type(error).__name__.lower()
    assert cancelled
    assert (await ask(client, "superbill.status", "file:///x.csv"))["payer"] == "medicare-b"  # it goes on


def get(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else getattr(value, name, None)


@pytest_lsp.fixture(config=ClientServerConfig(server_command=[sys.executable, "-m", "superbill", "serve"]))
async def puller(lsp_client: LanguageClient, tmp_path: Path):  # type: ignore[no-untyped-def]
    yield
    await lsp_client.shutdown_session()


@pytest.mark.parametrize(("said", "follows"), [(False, False), (True, True), (None, True)])
async def test_a_client_that_lists_open_files_only_is_not_told_to_ask_for_others(
    puller: LanguageClient, said: bool | None, follows: bool
) -> None:
    capabilities = types.ClientCapabilities(
        text_document=types.TextDocumentClientCapabilities(diagnostic=types.DiagnosticClientCapabilities())
    )
    options = {"superbill": {} if said is None else {"workspaceDiagnostics": said}}
    answer = await puller.initialize_session(
        types.InitializeParams(capabilities=capabilities, initialization_options=options)
    )
    assert answer.capabilities.diagnostic_provider.workspace_diagnostics is follows

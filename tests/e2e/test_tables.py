"""A running server notices that tables were imported and removed, and checks what is open by them."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities
from tests import national

from superbill.catalog.national.install import remove

URI = "file:///charges/pairs.csv"
TEXT = "patient,dos,cpt,mod,units,pos\nP1,2025-10-15,29881,RT,1,24\nP1,2025-10-15,29877,RT,1,24\n"


@pytest_lsp.fixture(config=ClientServerConfig(server_command=[sys.executable, "-m", "superbill", "serve"]))
async def client(lsp_client: LanguageClient):  # type: ignore[no-untyped-def]
    lsp_client.set_configuration({"superbill": {"payer": ""}})
    lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda params: None)
    await lsp_client.initialize_session(types.InitializeParams(capabilities=client_capabilities("emacs")))
    yield
    await lsp_client.shutdown_session()


async def rules(client: LanguageClient, wanted: bool) -> None:
    """Wait until L1002 is said of the document, or no more."""
    for _ in range(300):
        said = {one.code for one in client.diagnostics.get(URI, [])}
        if URI in client.diagnostics and ("L1002" in said) == wanted:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"L1002 {'is not' if wanted else 'is still'} said: {client.diagnostics}")


async def test_a_running_server_follows_the_tables(client: LanguageClient, tmp_path: Path) -> None:
    tables = Path(os.environ["SUPERBILL_TABLES"])
    item = types.TextDocumentItem(uri=URI, language_id="csv", version=1, text=TEXT)
    client.text_document_did_open(types.DidOpenTextDocumentParams(item))
    await rules(client, False)
    try:
        data = national.ptp_text(national.pair_rows(national.PAIRS))
        national.put(tmp_path, tables, {"ccipra-v313r0-f1.TXT": data})
        await rules(client, True)
    finally:
        remove(tables, ["ncci-ptp-2025q4"])
    await rules(client, False)

"""The protocol's classes as the server loads them."""

from __future__ import annotations

import subprocess
import sys

_SHOWN = """
import attrs
define = attrs.define
from superbill.lsp import protocol_types
protocol_types.load()
assert attrs.define is define
from lsprotocol import types
item = types.TextDocumentItem("file:///a.csv", "csv", 1, "DOE^JANE")
assert item == types.TextDocumentItem("file:///a.csv", "csv", 1, "DOE^JANE")
print(item, types.DidOpenTextDocumentParams(item))
"""


def test_nothing_of_the_protocol_can_be_printed_with_what_a_document_holds() -> None:
    shown = subprocess.run([sys.executable, "-c", _SHOWN], capture_output=True, text=True, check=True).stdout
    assert "DidOpenTextDocumentParams" in shown
    assert "DOE" not in shown


def test_what_is_loaded_already_stays() -> None:
    from lsprotocol import types

    from superbill.lsp import protocol_types

    protocol_types.load()
    assert types.Position(1, 2) == types.Position(1, 2)

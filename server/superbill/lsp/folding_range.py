"""textDocument/foldingRange: interchanges, transactions, messages and claims that reach over several lines.

Only for charge formats that editors cannot fold by themselves: elsewhere our ranges would take the place of theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lsprotocol import types

from superbill.engine.outline import Entry
from superbill.lsp.document_symbol import outline_of

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer

_FORMATS = ("x12", "hl7")
_MOST = 5_000


async def handle(server: SuperbillServer, params: types.FoldingRangeParams) -> list[types.FoldingRange] | None:
    """The ranges; None where the editor's own are better."""
    document = server.document(params.text_document.uri)
    if document is None or document.analysis is None or document.analysis.dialect is None:
        return None
    plain = document.language_id in ("plaintext", "text") and document.analysis.dialect.name == "prose"
    if document.analysis.dialect.name not in _FORMATS and not plain:
        return None
    entries = await outline_of(server, document)
    if entries is None:
        return None
    last = len(document.text.lines) - 1
    return [
        types.FoldingRange(start, end, kind=types.FoldingRangeKind.Region)
        for start, end in list(_ranges(entries, last))[:_MOST]
    ]


def _ranges(entries: list[Entry], last: int) -> Iterator[tuple[int, int]]:
    """First and last line of each entry of several lines; a message or section reaches to the next one."""
    for number, entry in enumerate(entries):
        end = entry.end.line
        if entry.heading.kind in ("interchange", "message", "section"):
            end = entries[number + 1].start.line - 1 if number + 1 < len(entries) else last
        if end > entry.start.line:
            yield entry.start.line, end
        yield from _ranges(entry.below, end)

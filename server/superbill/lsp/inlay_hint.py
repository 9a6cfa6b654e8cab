"""textDocument/inlayHint: the title behind each code. Off unless the client's settings turn it on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from superbill.engine.analysis import Held, locate
from superbill.engine.walk import records_between

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer

_LONGEST = 48
MOST = 5_000


def handle(server: SuperbillServer, params: types.InlayHintParams) -> list[types.InlayHint]:
    """The hints of a range."""
    document = server.document(params.text_document.uri)
    if document is None or document.analysis is None or not server.options.inlay_hints:
        return []
    analysis = document.analysis
    start = document.text.decode(params.range.start.line, params.range.start.character)
    end = document.text.decode(params.range.end.line, params.range.end.character)
    found: list[types.InlayHint] = []
    for record, place in records_between(analysis, start, end):
        held: Held = record.content
        if not held.lines:
            continue
        for part, (_, last) in analysis.spans(record).items():
            if part.name != "code" or not 0 <= part.item < len(held.lines):
                continue
            title = server.catalog.title(held.lines[part.item].code)
            at = locate(record, place, last)
            if not title or not start <= at <= end:
                continue
            label = title if len(title) <= _LONGEST else title[: _LONGEST - 1].rstrip() + "…"
            position = types.Position(*document.text.encode(at))
            found.append(types.InlayHint(position, label, padding_left=True))
            if len(found) == MOST:
                return found
    return found

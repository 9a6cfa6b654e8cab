"""textDocument/codeLens: what a document and its claims come to. Off unless the client's settings turn it on."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lsprotocol import types

from superbill.engine import tallies
from superbill.rules.base import SEVERITIES
from superbill.text.document import Position

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer


async def handle(server: SuperbillServer, params: types.CodeLensParams) -> list[types.CodeLens]:
    """One line above the document, and one above each claim of several lines."""
    document = server.document(params.text_document.uri)
    if document is None or not server.options.code_lens:
        return []
    analysis = await server.finished(document)
    if analysis is None or not (analysis.totals["lines"] or analysis.totals["mentions"]):
        return []
    count, cited = analysis.totals["lines"], analysis.totals["mentions"]
    what = [_several(count, "service line")] if count else []
    what += [_several(cited, "code") + " cited"] if cited else []
    lenses = [_lens(0, 0, [*what, _findings(tallies.document(analysis)), analysis.book.know.profile.name])]
    for tally in tallies.claims(analysis):
        total = [f"{tally.total:,.2f}"] if tally.total is not None else []
        line, column = document.text.encode(Position(*tally.place))
        lenses.append(_lens(line, column, [_several(tally.lines, "line"), *total, _findings(tally.findings)]))
    return lenses


def _lens(line: int, column: int, said: list[str]) -> types.CodeLens:
    place = types.Position(line, column)
    return types.CodeLens(types.Range(place, place), types.Command(" · ".join(said), ""))


def _several(count: int, name: str) -> str:
    return f"{count:,} {name}{'' if count == 1 else 's'}"


def _findings(found: Counter[str]) -> str:
    names = {"error": "error", "warning": "warning", "information": "note", "hint": "hint"}
    said = [_several(found[severity], names[severity]) for severity in SEVERITIES if found[severity]]
    return ", ".join(said) or "no findings"

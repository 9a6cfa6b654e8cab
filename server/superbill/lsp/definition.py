"""textDocument/definition: from a code, modifier or place of service to its entry in the catalog; from the id of a rule,
and from what a rule of the workspace says, to where the rule is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lsprotocol import types

from superbill.engine.query import spot_at
from superbill.engine.rule_words import rule_at
from superbill.engine.walk import findings_between
from superbill.lsp.documents import OpenDocument
from superbill.lsp.entries import entry_file
from superbill.report.pages import page_uri
from superbill.rules.base import is_own
from superbill.text.document import Position

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer

_TOP = types.Range(types.Position(0, 0), types.Position(0, 0))
#: A place to go to, and the stretch of the document that leads there.
_Link = tuple[types.Location, types.Range]


def handle(
    server: SuperbillServer, params: types.DefinitionParams
) -> list[types.LocationLink] | list[types.Location] | types.Location | None:
    """The places, the entry of the catalog first, which is a read-only document; None where there is none."""
    document = server.open_document(params.text_document.uri)
    if document is None:
        return None
    position = document.text.decode(params.position.line, params.position.character)
    found = [*_named(server, document, position)]
    if not found and server.document(document.uri) is not None:
        found = [*_entry(document, position), *_own_rules(server, document, position)]
    text = server.client.text_document
    if not found:
        return None
    if text and text.definition and text.definition.link_support:
        return [types.LocationLink(to.uri, to.range, to.range, origin) for to, origin in found]
    return found[0][0] if len(found) == 1 else [to for to, _ in found]


def _named(server: SuperbillServer, document: OpenDocument, position: Position) -> Iterator[_Link]:
    """Where the rule is told of that is named at a position: in the settings, or on its page."""
    named = rule_at(document.text.lines, position, document.settings, lambda: server.rules_for(document.uri))
    if named is None:
        return
    id = named.rule.id
    to = server.place_of_own_rule(id, document.uri) if is_own(id) else None
    if to is None and not is_own(id) and page_uri(id):
        to = types.Location(page_uri(id), _TOP)
    if to is not None:
        origin = document.range_of(Position(position.line, named.start), Position(position.line, named.end))
        yield to, origin


def _entry(document: OpenDocument, position: Position) -> Iterator[_Link]:
    """The entry of the code, modifier or place of service at a position."""
    analysis = document.analysis
    spot = spot_at(analysis, position, typing=True) if analysis is not None else None
    if spot is None or analysis is None:
        return
    text = spot.text.strip().upper()
    if spot.part.name == "code" and spot.line is not None:
        text = spot.line.code or text
    book = analysis.book.of(spot.line) if spot.line is not None else analysis.book
    path = entry_file(book.know, spot.part.name, text)
    if path is not None:
        yield types.Location(path.as_uri(), _TOP), document.range_of(spot.start, spot.end)


def _own_rules(server: SuperbillServer, document: OpenDocument, position: Position) -> Iterator[_Link]:
    """Where the workspace's own rules are written that speak of what stands at a position."""
    analysis = document.analysis
    if analysis is None or not analysis.book.own:
        return
    told: set[str] = set()
    for located in findings_between(analysis, position, position):
        id = located.finding.rule
        to = server.place_of_own_rule(id, document.uri) if is_own(id) and id not in told else None
        if to is not None:
            told.add(id)
            yield to, document.range_of(located.start, located.end)

"""textDocument/documentLink: from the id of a rule, in settings and in comments that silence one, to the rule's page; from
that of a rule of the workspace to the page that it names, or to where it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from lsprotocol import types

from superbill.engine.rule_words import rules_in
from superbill.report.pages import page_uri
from superbill.text.document import Position

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer

#: Editors ask after every edit; a file of more lines is data that nobody comments.
_MOST_LINES = 20_000


def handle(server: SuperbillServer, params: types.DocumentLinkParams) -> list[types.DocumentLink] | None:
    """The links of a document; None when there are none."""
    document = server.open_document(params.text_document.uri)
    if document is None or len(document.text.lines) > _MOST_LINES:
        return None
    text = server.client.text_document
    tooltips = bool(text and text.document_link and text.document_link.tooltip_support)
    found = []
    rules = rules_in(document.text.lines, document.settings, lambda: server.rules_for(document.uri))
    for number, (rule, start, end) in rules:
        target = rule.link or page_uri(rule.id)
        here = f"{unquote(document.uri)}#{number + 1},1"
        if target and unquote(target) != here:  # where it is written it leads nowhere
            where = document.range_of(Position(number, start), Position(number, end))
            found.append(types.DocumentLink(where, target, f"What {rule.id} says, and why" if tooltips else None))
    return found or None

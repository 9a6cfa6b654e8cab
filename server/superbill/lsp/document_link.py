"""textDocument/documentLink: from the id of a rule, in settings and in comments that silence one, to the rule's page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlparse

from lsprotocol import types

from superbill.config import FILE_NAME
from superbill.report.pages import page_uri
from superbill.text.document import Position

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer

_RULE = re.compile(r"\b[A-Z][0-9]{3,4}\b")
_COMMENT = "superbill:"
#: Editors ask after every edit; a file of more lines is data that nobody comments.
_MOST_LINES = 20_000


def handle(server: SuperbillServer, params: types.DocumentLinkParams) -> list[types.DocumentLink] | None:
    """The links of a document; None when there are none."""
    document = server.open_document(params.text_document.uri)
    if document is None or len(document.text.lines) > _MOST_LINES:
        return None
    text = server.client.text_document
    tooltips = bool(text and text.document_link and text.document_link.tooltip_support)
    settings = unquote(urlparse(document.uri).path).endswith(f"/{FILE_NAME}")
    found = []
    for number, line in enumerate(document.text.lines):
        start = 0 if settings else line.find(_COMMENT)
        if start < 0:
            continue
        for match in _RULE.finditer(line, start):
            target = page_uri(match.group())
            if target:
                where = document.range_of(Position(number, match.start()), Position(number, match.end()))
                found.append(
                    types.DocumentLink(where, target, f"What {match.group()} says, and why" if tooltips else None)
                )
    return found or None

"""textDocument/completion: codes, modifiers and places of service, with ranges that never eat a neighbour."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from lsprotocol import types

from superbill.engine.offers import Offer, Offers, offers_at
from superbill.engine.rule_words import rules_offered
from superbill.lsp.documents import OpenDocument
from superbill.lsp.wire import Raw

if TYPE_CHECKING:
    from superbill.lsp.server import SuperbillServer

_KINDS = {
    "code": types.CompletionItemKind.Value,
    "modifier": types.CompletionItemKind.EnumMember,
    "place": types.CompletionItemKind.Constant,
    "value": types.CompletionItemKind.EnumMember,
    "rule": types.CompletionItemKind.Constant,
}


def handle(server: SuperbillServer, params: types.CompletionParams) -> Raw | None:
    """The list, as JSON text; None where nothing is offered."""
    document = server.open_document(params.text_document.uri)
    if document is None:
        return None
    server.completed_in = params.text_document.uri
    position = document.text.decode(params.position.line, params.position.character)
    uri = document.uri
    offers = rules_offered(document.text.lines, position, document.settings, lambda: server.rules_for(uri))
    if offers is None:
        document = server.document(params.text_document.uri)
        if document is None or document.analysis is None:
            return None
        offers = offers_at(document.analysis, position)
    if offers is None or not offers.items:
        return None
    return write(offers, _ranges(server, document, offers, params.position))


def _ranges(
    server: SuperbillServer, document: OpenDocument, offers: Offers, cursor: types.Position
) -> tuple[str, str | None]:
    """The range to replace, and the one to insert over where the client can choose."""
    line, start = document.text.encode(offers.start)
    _, end = document.text.encode(offers.end)
    here = min(max(cursor.character, start), end)
    replace = _range(line, start, end)
    text = server.client.text_document
    item = text.completion.completion_item if text and text.completion else None
    if item and item.insert_replace_support:
        return replace, _range(line, start, here)
    return replace, None


def _range(line: int, start: int, end: int) -> str:
    return f'{{"start":{{"line":{line},"character":{start}}},"end":{{"line":{line},"character":{end}}}}}'


def write(offers: Offers, ranges: tuple[str, str | None]) -> Raw:
    """The completion list as JSON. A search by words must not be filtered away by the client, so every item of it
    answers to what was typed."""
    replace, insert = ranges
    edit = f'"insert":{insert},"replace":{replace}' if insert else f'"range":{replace}'
    typed = json.dumps(offers.typed) if offers.kind == "code" else ""
    more = "true" if offers.more else "false"
    items = _template(offers).replace(_EDIT, edit)
    if typed:
        items = items.replace(_TYPED, typed)
    return Raw(f'{{"isIncomplete":{more},"items":[{items}]}}')


#: Stand in a template for the range and for what was typed; neither can stand in JSON text.
_EDIT, _TYPED = "\x00", "\x01"
_TEMPLATES: dict[int, tuple[object, str, str]] = {}


def _template(offers: Offers) -> str:
    """The items of a list without range and typed text, kept for lists that come again."""
    known = _TEMPLATES.get(id(offers.items))
    if known is not None and known[0] is offers.items and known[1] == offers.code:
        return known[2]
    items = []
    for number, offer in enumerate(offers.items):
        label, filtered, described = _described(offer, offers.kind, offers.code)
        shown = _TYPED if offers.kind == "code" else filtered
        items.append(
            f'{{"label":{label},"sortText":"{number:04d}","filterText":{shown},'
            f'"textEdit":{{"newText":{label},{_EDIT}}},{described}'
        )
    text = ",".join(items)
    if offers.kind == "modifier":
        if len(_TEMPLATES) > 64:
            _TEMPLATES.clear()
        _TEMPLATES[id(offers.items)] = (offers.items, offers.code, text)
    return text


@lru_cache(maxsize=8192)
def _described(offer: Offer, kind: str, code: str) -> tuple[str, str, str]:
    """Of one item, as JSON: the label, what filtering looks at, and all that does not depend on the place."""
    why = offer.why if offer.fits else f"does not fit: {offer.why}"
    body = {
        "kind": int(_KINDS[kind]),
        "labelDetails": {"detail": f"  {offer.gloss}", **({"description": why} if why else {})},
        "detail": offer.gloss,
        "data": {"kind": kind, "text": offer.text, "code": code},
    }
    return (
        json.dumps(offer.text),
        json.dumps(f"{offer.text} {offer.gloss}"),
        json.dumps(body, separators=(",", ":"))[1:],
    )

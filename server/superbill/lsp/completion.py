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
    client = server.client.text_document
    return write(offers, *_ranges(document, offers, params.position), client.completion if client else None)


def _ranges(document: OpenDocument, offers: Offers, cursor: types.Position) -> tuple[str, str]:
    """The range to replace, and the one to insert over where the client can choose."""
    line, start = document.text.encode(offers.start)
    _, end = document.text.encode(offers.end)
    here = min(max(cursor.character, start), end)
    return _range(line, start, end), _range(line, start, here)


def _range(line: int, start: int, end: int) -> str:
    return f'{{"start":{{"line":{line},"character":{start}}},"end":{{"line":{line},"character":{end}}}}}'


def write(offers: Offers, replace: str, insert: str, client: types.CompletionClientCapabilities | None) -> Raw:
    """The completion list as JSON. A search by words must not be filtered away by the client, so every item of it
    answers to what was typed. The range is told once where the client can take it so: there are hundreds of modifiers."""
    item = client.completion_item if client else None
    whole = client.completion_list if client else None
    chooses = item is not None and bool(item.insert_replace_support)
    edit = f'"insert":{insert},"replace":{replace}' if chooses else f'"range":{replace}'
    once = whole is not None and "editRange" in (whole.item_defaults or ())
    items = _template(offers, once)
    if once:
        area = f"{{{edit}}}" if chooses else replace
        head = f'"itemDefaults":{{"editRange":{area}}},'
    else:
        head, items = "", items.replace(_EDIT, edit)
    items = items.replace(_CODE, json.dumps(offers.code))
    if offers.kind == "code":
        items = items.replace(_TYPED, json.dumps(offers.typed))
    more = "true" if offers.more else "false"
    return Raw(f'{{"isIncomplete":{more},{head}"items":[{items}]}}')


#: Stand in a template for the range, for what was typed and for the code; none of them can stand in JSON text.
_EDIT, _TYPED, _CODE = "\x00", "\x01", "\x02"
_TEMPLATES: dict[int, tuple[object, bool, str]] = {}


def _template(offers: Offers, once: bool) -> str:
    """The items of a list without range, typed text and code, kept for lists that come again. `once`: the range stands
    with the list."""
    known = _TEMPLATES.get(id(offers.items))
    if known is not None and known[0] is offers.items and known[1] is once:
        return known[2]
    items = []
    for number, offer in enumerate(offers.items):
        before, behind = _described(offer, offers.kind, once)
        items.append(f"{before}{number:04d}{behind}")
    text = ",".join(items)
    if offers.kind == "modifier":
        if len(_TEMPLATES) > 64:
            _TEMPLATES.clear()
        _TEMPLATES[id(offers.items)] = (offers.items, once, text)
    return text


@lru_cache(maxsize=8192)
def _described(offer: Offer, kind: str, once: bool) -> tuple[str, str]:
    """One item as JSON, what stands before its number in the list and what stands behind it."""
    why = offer.why if offer.fits else f"does not fit: {offer.why}"
    body = {
        "kind": int(_KINDS[kind]),
        "labelDetails": {"detail": f"  {offer.gloss}", **({"description": why} if why else {})},
        "detail": offer.gloss,
        "data": {"kind": kind, "text": offer.text},
    }
    label = json.dumps(offer.text)
    filtered = _TYPED if kind == "code" else json.dumps(f"{offer.text} {offer.gloss}")
    edit = "" if once else f'"textEdit":{{"newText":{label},{_EDIT}}},'
    rest = json.dumps(body, separators=(",", ":"))[1:-2]
    return (
        f'{{"label":{label},"sortText":"',
        f'","filterText":{filtered},{edit}{rest},"code":{_CODE}}}}}',
    )

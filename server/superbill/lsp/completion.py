"""textDocument/completion: codes, modifiers and places of service, with ranges that never eat a neighbour."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from lsprotocol import types

from superbill.engine.fitting import Offer
from superbill.engine.offers import Offers, offers_at
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
    if offers is None or not any(offers.shelves):
        return None
    server.completed = {"kind": offers.kind, "code": offers.code}
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
    answers to what was typed. What all items share, the range and the data they are resolved by, is told once where the
    client can take it so: there are hundreds of modifiers."""
    item = client.completion_item if client else None
    whole = client.completion_list if client else None
    shared = (whole.item_defaults if whole else None) or ()
    chooses = item is not None and bool(item.insert_replace_support)
    data = f'{{"kind":"{offers.kind}","code":{json.dumps(offers.code)}}}'
    defaults: list[str] = []
    edit = each = ""
    if "editRange" in shared:
        defaults.append('"editRange":' + (f'{{"insert":{insert},"replace":{replace}}}' if chooses else replace))
    else:
        edit = f'"insert":{insert},"replace":{replace}' if chooses else f'"range":{replace}'
    if "data" in shared:
        defaults.append(f'"data":{data}')
    else:
        each = f',"data":{data}'
    if offers.kind == "code":
        each += f',"filterText":{json.dumps(offers.typed)}'
    if edit:
        each = f',"textEdit":{{"newText":{_LABEL},{edit}}}{each}'
    items = "},{".join([_shelf(shelf, offers.kind, each) for shelf in offers.shelves if shelf])
    more = "true" if offers.more else "false"
    head = f'"itemDefaults":{{{",".join(defaults)}}},' if defaults else ""
    return Raw(f'{{"isIncomplete":{more},{head}"items":[{{{items}}}]}}')


#: Stands for an item's label in what all items carry; it cannot stand in JSON.
_LABEL = "\x00"
#: Long shelves as JSON, by the shelf, which is held so that its id stays its own: most codes share the one of the
#: modifiers that nothing speaks for or against.
_SHELVES: dict[int, tuple[Sequence[Offer], str]] = {}
_LONG, _KEPT = 100, 64


def _shelf(shelf: Sequence[Offer], kind: str, each: str) -> str:
    """A shelf's items as JSON, without the outer braces; `each` is what every item carries besides its own."""
    kept = not each and len(shelf) >= _LONG
    if kept and id(shelf) in _SHELVES:
        return _SHELVES[id(shelf)][1]
    texts = [_described(one, kind, number) for number, one in enumerate(shelf)]
    if _LABEL in each:
        carried = [each.replace(_LABEL, json.dumps(one.text)) for one in shelf]
        return "},{".join([text + more for text, more in zip(texts, carried, strict=True)])
    items = f"{each}}},{{".join(texts) + each
    if kept:
        if len(_SHELVES) >= _KEPT:
            _SHELVES.clear()
        _SHELVES[id(shelf)] = (shelf, items)
    return items


def _described(offer: Offer, kind: str, number: int) -> str:
    """What can be said of an item wherever it is offered: the fields of its JSON, without the braces. `number` is its
    place where it has no rank."""
    return _fields(offer, kind, f"{offer.rank:02d}{offer.text}" if offer.rank else f"{number:04d}")


@lru_cache(maxsize=8192)
def _fields(offer: Offer, kind: str, order: str) -> str:
    why = offer.why if offer.fits else f"does not fit: {offer.why}"
    body: dict[str, object] = {
        "label": offer.text,
        "sortText": order,
        "kind": int(_KINDS[kind]),
        "labelDetails": {"detail": f"  {offer.gloss}", **({"description": why} if why else {})},
        "detail": offer.gloss,
    }
    if kind != "code":
        body["filterText"] = f"{offer.text} {offer.gloss}"
    return json.dumps(body, separators=(",", ":"))[1:-1]

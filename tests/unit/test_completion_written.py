"""A completion list as it goes over the wire, for clients that can do more and less."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lsprotocol import types
from tests.harness import book

from superbill.charges.model import ServiceLine
from superbill.engine.fitting import Offer, suggest
from superbill.engine.offers import Offers
from superbill.lsp.completion import write
from superbill.text.document import Position

REPLACE, INSERT = '{"start":1,"end":3}', '{"start":1,"end":2}'


def listed(
    defaults: list[str] | None, chooses: bool, kind: str = "modifier", typed: str = "2", code: str = "76380"
) -> dict[str, Any]:
    items = [Offer("26", "reading only", "if you read it only"), Offer("50", "both sides", "no sides", False)]
    client = types.CompletionClientCapabilities(
        completion_item=types.ClientCompletionItemOptions(insert_replace_support=chooses),
        completion_list=types.CompletionListCapabilities(item_defaults=defaults),
    )
    offers = Offers(kind, (items,), Position(0, 1), Position(0, 3), typed, code=code)
    found: dict[str, Any] = json.loads(write(offers, REPLACE, INSERT, client))
    return found


@pytest.mark.parametrize("chooses", [True, False])
def test_the_range_stands_with_the_list_or_with_each_item(chooses: bool) -> None:
    area = {"insert": json.loads(INSERT), "replace": json.loads(REPLACE)} if chooses else json.loads(REPLACE)
    once = listed(["editRange"], chooses)
    assert once["itemDefaults"] == {"editRange": area}
    assert not any("textEdit" in item for item in once["items"])
    each = listed(["commitCharacters"], chooses)
    assert "itemDefaults" not in each
    edit = area if chooses else {"range": area}
    assert [item["textEdit"] for item in each["items"]] == [{"newText": text, **edit} for text in ("26", "50")]
    assert [item["label"] for item in once["items"]] == ["26", "50"] == [item["label"] for item in each["items"]]


def test_a_client_that_says_nothing_of_completion() -> None:
    offers = Offers("place", ([Offer("11", "office")],), Position(0, 0), Position(0, 0), "")
    (item,) = json.loads(write(offers, REPLACE, INSERT, None))["items"]
    assert item["textEdit"] == {"newText": "11", "range": json.loads(REPLACE)}


def test_what_an_item_says() -> None:
    first, second = listed(["editRange"], True)["items"]
    assert (first["sortText"], second["sortText"]) == ("0000", "0001")
    assert first["filterText"] == "26 reading only"
    assert first["labelDetails"] == {"detail": "  reading only", "description": "if you read it only"}
    assert second["labelDetails"]["description"] == "does not fit: no sides"
    assert first["data"] == {"kind": "modifier", "code": "76380"} == second["data"]
    assert listed(["editRange"], True, code='7"')["items"][0]["data"]["code"] == '7"'


def test_what_all_items_share_is_told_once() -> None:
    found = listed(["editRange", "data"], True)
    assert found["itemDefaults"]["data"] == {"kind": "modifier", "code": "76380"}
    assert not any("data" in item for item in found["items"])
    assert [item["label"] for item in found["items"]] == ["26", "50"]


@pytest.mark.parametrize("defaults", [None, ["data"], ["editRange"], ["editRange", "data"]])
def test_every_client_gets_the_same_list(defaults: list[str] | None) -> None:
    """Long shelves are kept as text for clients that take it; the list is the same for all."""
    shelves = suggest(book(), ServiceLine(code="76380"))
    client = types.CompletionClientCapabilities(
        completion_list=types.CompletionListCapabilities(item_defaults=defaults)
    )
    for _ in range(2):
        offers = Offers("modifier", shelves, Position(0, 1), Position(0, 3), "", code="76380")
        items = json.loads(write(offers, REPLACE, INSERT, client))["items"]
        assert [item["label"] for item in items] == [one.text for one in offers.items]
        assert [item["sortText"] for item in items] == sorted(item["sortText"] for item in items)
        assert len(items) > 300


def test_an_answer_to_a_search_by_words_is_not_filtered_away() -> None:
    found = listed(None, True, kind="code", typed='scan "x', code="")
    assert [item["filterText"] for item in found["items"]] == ['scan "x', 'scan "x']

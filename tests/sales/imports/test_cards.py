"""Gift messages of orders that are brought in, and of their lines (spec 50, 11; docs/orders.md)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.quotes.makers import configure
from tests.sales.imports.orders import JANE, a_line, an_entity, bring_in, change

TO_SHIP = {"shipping_assignments": [{"shipping": {"address": JANE, "method": "flatrate_flatrate"}}]}
OFF = "The gift message isn't available."
VIRTUAL = "Gift messages can't be used for virtual products."
OF_ORDER = 'The gift message couldn\'t be added to the "%1" order.'
OF_ITEM = 'The gift message couldn\'t be added to the "%1" order item.'


@pytest.fixture
async def offered(ctx):
    """The shop offers cards for orders and for lines."""
    await configure(ctx, sales__gift_options__allow_order="1", sales__gift_options__allow_items="1")


def a_card(message: str | None = "Many happy returns", **fields: Any) -> dict[str, Any]:
    return {"gift_message": {"sender": "Jane", "recipient": "Otto", "message": message} | fields}


def of(thing: dict[str, Any]) -> tuple[str, str, str] | None:
    """What the card of an order or a line says."""
    card = thing.get("extension_attributes", {}).get("gift_message")
    return (card["sender"], card["recipient"], card["message"]) if card else None


async def stored(ctx) -> list[str]:
    return list(await ctx.db.values("select message from gift_message order by gift_message_id"))


async def test_an_order_comes_with_its_cards_and_those_of_its_lines(ctx, admin, offered):
    lines = [a_line(), a_line(sku="cup", extension_attributes=a_card("For tea")), a_line(sku="pot")]
    lines.append(a_line(sku="tin", extension_attributes=a_card("For sugar", sender=None)))

    order = await bring_in(admin, extension_attributes=TO_SHIP | a_card(), items=lines)

    assert of(order) == ("Jane", "Otto", "Many happy returns")
    assert [of(item) for item in order["items"]] == [None, ("Jane", "Otto", "For tea"), None, ("", "Otto", "For sugar")]
    assert [item["sku"] for item in order["items"]] == ["mug", "cup", "pot", "tin"]
    assert await ctx.db.values("select distinct customer_id from gift_message") == [0]
    read = (await admin.get(f"/rest/V1/orders/items/{order['items'][1]['item_id']}")).body
    assert of(read) == ("Jane", "Otto", "For tea")


async def test_the_put_route_stores_cards_too(admin, offered):
    entity = an_entity(extension_attributes=TO_SHIP | a_card())
    reply = await admin.put("/rest/V1/orders/create", {"entity": entity})
    assert reply.status == 200, reply.body
    assert of(reply.body) == ("Jane", "Otto", "Many happy returns")


async def test_a_card_is_written_over_and_what_is_not_sent_stays(ctx, admin, offered):
    lines = [a_line(extension_attributes=a_card("For tea")), a_line(sku="cup", extension_attributes=a_card("For milk"))]
    order = await bring_in(admin, extension_attributes=TO_SHIP | a_card(), items=lines)
    mug, cup = order["items"]

    changed = await change(
        admin,
        order["entity_id"],
        items=[{"item_id": cup["item_id"], "extension_attributes": a_card("For cream")}, a_line(sku="pot")],
    )

    assert of(changed) == ("Jane", "Otto", "Many happy returns")
    assert [of(item) for item in changed["items"]] == [("Jane", "Otto", "For tea"), ("Jane", "Otto", "For cream"), None]
    card = changed["items"][1]["extension_attributes"]["gift_message"]
    assert card["gift_message_id"] == cup["extension_attributes"]["gift_message"]["gift_message_id"]
    assert changed["items"][0]["item_id"] == mug["item_id"]
    assert await stored(ctx) == ["Many happy returns", "For tea", "For cream"]


async def test_a_card_without_a_text_goes(ctx, admin, offered):
    order = await bring_in(
        admin, extension_attributes=TO_SHIP | a_card(), items=[a_line(extension_attributes=a_card("For tea"))]
    )
    line = {"item_id": order["items"][0]["item_id"], "extension_attributes": a_card(" ")}
    changed = await change(admin, order["entity_id"], extension_attributes=a_card(""), items=[line])
    assert (of(changed), of(changed["items"][0]), await stored(ctx)) == (None, None, [])
    again = await change(admin, order["entity_id"], extension_attributes=a_card(None))
    assert of(again) is None


async def test_an_order_sent_back_as_it_was_read_keeps_its_cards(ctx, admin, offered):
    order = await bring_in(
        admin, extension_attributes=TO_SHIP | a_card(), items=[a_line(extension_attributes=a_card("For tea"))]
    )
    await configure(ctx, sales__gift_options__allow_order="0", sales__gift_options__allow_items="0")
    changed = await change(admin, order.pop("entity_id"), **order)
    await configure(ctx, sales__gift_options__allow_order="1", sales__gift_options__allow_items="1")
    read = (await admin.get(f"/rest/V1/orders/{changed['entity_id']}")).body
    assert (of(read), of(read["items"][0])) == (of(order), of(order["items"][0]))
    assert await stored(ctx) == ["Many happy returns", "For tea"]


async def test_a_shop_that_offers_no_cards_takes_none(ctx, admin):
    for fields, message in (
        ({"extension_attributes": TO_SHIP | a_card()}, OF_ORDER),
        ({"items": [a_line(extension_attributes=a_card())]}, OF_ITEM),
    ):
        reply = await admin.post("/rest/V1/orders", {"entity": an_entity(**fields)})
        assert (reply.status, reply.body) == (400, {"message": message, "parameters": [OFF]})
    assert await ctx.db.value("select count(*) from sales_order") == 0
    assert await stored(ctx) == []
    # One that says nothing is none.
    order = await bring_in(admin, extension_attributes=TO_SHIP | a_card(""))
    assert of(order) is None


async def test_what_is_not_shipped_has_no_card(ctx, admin, offered):
    for fields, message in (
        ({"is_virtual": 1, "extension_attributes": a_card()}, OF_ORDER),
        ({"items": [a_line(is_virtual=1, extension_attributes=a_card())]}, OF_ITEM),
    ):
        reply = await admin.post("/rest/V1/orders", {"entity": an_entity(**fields)})
        assert (reply.status, reply.body) == (400, {"message": message, "parameters": [VIRTUAL]})
    assert await ctx.db.value("select count(*) from sales_order") == 0


async def test_cards_cost_as_many_statements_for_many_lines_as_for_one(ctx, admin, offered):
    def lines(count: int) -> list[dict[str, Any]]:
        return [a_line(sku=f"mug-{n}", extension_attributes=a_card(f"Card {n}")) for n in range(count)]

    await bring_in(admin)
    counts = []
    for count in (1, 30):
        before = ctx.db.statements
        order = await bring_in(admin, items=lines(count), extension_attributes=TO_SHIP | a_card())
        counts.append(ctx.db.statements - before)
        assert [of(item) for item in order["items"]] == [("Jane", "Otto", f"Card {n}") for n in range(count)]
    assert counts[0] == counts[1]

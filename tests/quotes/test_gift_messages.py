"""Cards that go with orders and lines (spec 50, 11)."""

from __future__ import annotations

from typing import Any

import pytest

from entrepot.kit.context import Actor, ActorType
from entrepot.quotes.access import Mask
from entrepot.quotes.carts import create_customer_cart
from entrepot.quotes.gift_messages import is_allowed_for_item, messages_by_id
from entrepot.quotes.merging import merge
from entrepot.quotes.open_cart import open_cart
from tests.quotes.makers import a_customer, a_guest_cart, a_product, add, configure

CARD = {"sender": "Romeo", "recipient": "Mercutio", "message": "I thought all for the best."}

GIVE_AWAY = """
    update quote
    set customer_id = (select min(entity_id) from customer)
    where masked_id = %(mask)s
"""


def refused(status: int, message: str, *parameters: Any) -> tuple[int, dict[str, Any]]:
    body: dict[str, Any] = {"message": message}
    if parameters:
        body["parameters"] = list(parameters)
    return status, body


async def allow(ctx) -> None:
    await configure(ctx, sales__gift_options__allow_order="1", sales__gift_options__allow_items="1")


async def post(rest, path: str, **card: str):
    reply = await rest.post(f"/rest/default/V1/{path}", {"giftMessage": {**CARD, **card}})
    return reply.status, reply.body


async def line_of(rest, cart: str) -> int:
    item_id: int = (await rest.get(f"/rest/default/V1/{cart}/items")).body[0]["item_id"]
    return item_id


async def test_a_guest_writes_reads_changes_and_takes_back_the_card_of_an_order(ctx, rest):
    await allow(ctx)
    await a_product(ctx, "24-WB01", "32")
    cart = f"guest-carts/{await a_guest_cart(rest, ('24-WB01', 1))}"
    url = f"/rest/default/V1/{cart}/gift-message"

    assert (await rest.get(url)).body == []
    assert await post(rest, f"{cart}/gift-message") == (200, True)
    first = (await rest.get(url)).body
    assert first == {"gift_message_id": first["gift_message_id"], "customer_id": 0, **CARD}

    assert await post(rest, f"{cart}/gift-message", message="Farewell") == (200, True)
    assert (await rest.get(url)).body == {**first, "message": "Farewell"}

    assert await post(rest, f"{cart}/gift-message", message="") == (200, True)
    assert (await rest.get(url)).body == []
    assert await ctx.db.value("select count(*) from gift_message") == 0


async def test_a_customer_writes_the_card_of_a_line(ctx, jane):
    await allow(ctx)
    await a_product(ctx, "24-WB01", "32")
    await jane.post("/rest/default/V1/carts/mine")
    await add(jane, "carts/mine", "24-WB01", 1)
    item_id = await line_of(jane, "carts/mine")
    me = (await jane.get("/rest/default/V1/customers/me")).body["id"]

    assert await post(jane, f"carts/mine/gift-message/{item_id}") == (200, True)

    card = (await jane.get(f"/rest/default/V1/carts/mine/gift-message/{item_id}")).body
    assert card == {"gift_message_id": card["gift_message_id"], "customer_id": me, **CARD}
    assert (await jane.get("/rest/default/V1/carts/mine/gift-message")).body == []
    assert await post(jane, "carts/mine/gift-message") == (200, True)
    assert (await jane.get("/rest/default/V1/carts/mine/gift-message")).body["message"] == CARD["message"]


async def test_an_administrator_writes_cards_into_any_cart(ctx, admin):
    await allow(ctx)
    await a_product(ctx, "24-WB01", "32")
    customer = await a_customer(ctx)
    cart_id = (await admin.post(f"/rest/default/V1/customers/{customer.id}/carts")).body
    await add(admin, f"carts/{cart_id}", "24-WB01", 1)
    item_id = await line_of(admin, f"carts/{cart_id}")

    assert await post(admin, f"carts/{cart_id}/gift-message") == (200, True)
    assert await post(admin, f"carts/{cart_id}/gift-message/{item_id}") == (200, True)

    for url in ("gift-message", f"gift-message/{item_id}"):
        card = (await admin.get(f"/rest/default/V1/carts/{cart_id}/{url}")).body
        assert (card["customer_id"], card["sender"]) == (customer.id, "Romeo")


async def test_a_card_is_refused_in_the_order_of_the_checks(ctx, rest):
    await a_product(ctx, "24-WB01", "32")
    await a_product(ctx, "240-V", "22", type_id="virtual")
    empty = f"guest-carts/{await a_guest_cart(rest)}"
    virtual = f"guest-carts/{await a_guest_cart(rest, ('240-V', 1))}"
    cart = f"guest-carts/{await a_guest_cart(rest, ('24-WB01', 1))}"
    off = refused(400, "The gift message isn't available.")
    is_virtual = refused(400, "Gift messages can't be used for virtual products.")

    assert await post(rest, f"{empty}/gift-message") == refused(
        400, "Gift messages can't be used for an empty cart. Add an item and try again."
    )
    assert await post(rest, f"{virtual}/gift-message") == is_virtual
    assert await post(rest, f"{cart}/gift-message") == off
    assert await post(rest, f"{cart}/gift-message", message="") == (200, True)
    assert await post(rest, f"{cart}/gift-message/999999") == refused(
        404,
        'No product with the "%1" itemId exists in the Cart. Verify your information and try again.',
        999999,
    )
    assert await post(rest, f"{virtual}/gift-message/{await line_of(rest, virtual)}") == is_virtual
    assert await post(rest, f"{cart}/gift-message/{await line_of(rest, cart)}") == off
    unknown = await rest.get(f"/rest/default/V1/{cart}/gift-message/999999")
    assert (unknown.status, unknown.body) == refused(
        404, "No item with the provided ID was found in the Cart. Verify the ID and try again."
    )
    assert await ctx.db.value("select count(*) from gift_message") == 0


async def test_a_card_needs_who_sends_it_and_who_gets_it(ctx, rest):
    await allow(ctx)
    await a_product(ctx, "24-WB01", "32")
    cart = f"guest-carts/{await a_guest_cart(rest, ('24-WB01', 1))}"
    assert await post(rest, f"{cart}/gift-message", sender=" ") == (
        400,
        {"message": '"%fieldName" is required. Enter and try again.', "parameters": {"fieldName": "sender"}},
    )


@pytest.mark.parametrize(
    ("product", "setting", "allowed"),
    [("1", "0", True), ("0", "1", False), ("2", "1", True), ("2", "0", False), (None, "1", True), (None, "0", False),
     ("", "1", True)],
)  # fmt: skip
async def test_a_product_decides_or_leaves_it_to_the_configuration(ctx, product, setting, allowed):
    await configure(ctx, sales__gift_options__allow_items=setting)
    shop = await ctx.services.context(ctx.db, ctx.actor, "default")
    assert is_allowed_for_item(shop, product) is allowed


async def test_a_products_own_setting_reaches_its_line(ctx, rest):
    await a_product(ctx, "24-WB01", "32", attributes={"gift_message_available": "1"})
    cart = f"guest-carts/{await a_guest_cart(rest, ('24-WB01', 1))}"
    assert await post(rest, f"{cart}/gift-message/{await line_of(rest, cart)}") == (200, True)


async def test_a_guest_writes_no_card_into_a_customers_cart(ctx, rest, jane):
    await allow(ctx)
    await a_product(ctx, "24-WB01", "32")
    mask = await a_guest_cart(rest, ("24-WB01", 1))
    assert await ctx.db.execute(GIVE_AWAY, mask=mask) == 1
    assert await post(rest, f"guest-carts/{mask}/gift-message") == refused(400, "Invalid state change requested")
    assert await ctx.db.value("select count(*) from gift_message") == 0


async def test_cards_go_along_when_their_guest_signs_in(ctx, rest):
    await allow(ctx)
    await a_product(ctx, "24-WB01", "32")
    mask = await a_guest_cart(rest, ("24-WB01", 1))
    await post(rest, f"guest-carts/{mask}/gift-message")
    item_id = await line_of(rest, f"guest-carts/{mask}")
    await post(rest, f"guest-carts/{mask}/gift-message/{item_id}", message="For the bag")
    customer = await a_customer(ctx)
    assert customer.id is not None
    visitor = await ctx.services.context(ctx.db, Actor(ActorType.CUSTOMER, customer.id), "default")
    cart_id = await create_customer_cart(visitor, customer.id)

    await merge(visitor, Mask(mask), customer)

    content = (await open_cart(visitor, cart_id)).content
    cards = await messages_by_id(visitor, [content.gift_message_id, content.items[0].gift_message_id])
    assert [card.message for card in cards.values()] == [CARD["message"], "For the bag"]

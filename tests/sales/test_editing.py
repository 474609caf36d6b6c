"""Orders whose place another takes, and orders that are ordered once more by administrators (spec 60, 3.2 and 15.5)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from entrepot import access, customers, directory
from entrepot.catalog import CustomOption
from entrepot.catalog.contracts import Product
from entrepot.catalog.products.service import save as save_product
from entrepot.customers import Address, Customer
from entrepot.inventory import OutOfStock
from entrepot.kit.context import ActorType, Context
from entrepot.quotes import OpenCart, by_administrator, save
from entrepot.quotes.errors import NotReady
from entrepot.quotes.payment_methods import methods
from entrepot.quotes.quantities import problems
from entrepot.sales import editing, filling, reordering
from entrepot.sales.cancel import cancel_order
from entrepot.sales.filling import Filled
from entrepot.sales.locking import look_at_order
from entrepot.sales.orders import get_order
from tests.promotions.makers import a_rule_with_coupon
from tests.quotes.makers import a_customer, a_guest_cart, a_product, add, configure, ship
from tests.sales.makers import AUSTIN, a_customers_order, an_order, an_order_of_mugs, pay

RESERVED = "select coalesce(sum(quantity), 0) from inventory_reservation where sku = %(sku)s"
RELATIONS = (
    "increment_id", "original_increment_id", "edit_increment", "relation_parent_id", "relation_parent_real_id",
    "relation_child_id", "relation_child_real_id",
)  # fmt: skip


@pytest.fixture
async def order_id(ctx: Context, rest) -> int:
    """Of two mugs at 10, with 10 for shipping, by a guest."""
    return await an_order_of_mugs(ctx, rest)


async def filled(ctx: Context, order_id: int, customer: Customer | None = None, *, replaces: bool = True) -> Filled:
    return await filling.fill(ctx, await get_order(ctx, order_id), customer, replaces=replaces)


async def opened(ctx: Context, order_id: int, **more: Any) -> OpenCart:
    """The cart, as the Admin opens it."""
    return await editing.open_draft(ctx, (await filled(ctx, order_id, **more)).cart_id)


async def relations(ctx: Context, order_id: int) -> dict[str, Any]:
    order = await get_order(ctx, order_id)
    return {name: value for name in RELATIONS if (value := getattr(order, name)) is not None}


async def reserved(ctx: Context, sku: str = "mug") -> Decimal:
    found: Decimal = await ctx.db.value(RESERVED, sku=sku)
    return found


# Replaced


async def test_another_order_takes_the_place_of_the_first_and_a_third_that_of_the_second(ctx: Context, order_id: int):
    second = await editing.replace_order(ctx, await opened(ctx, order_id))
    assert second.increment_id == "000000001-1"
    assert await relations(ctx, order_id) == {
        "increment_id": "000000001",
        "relation_child_id": str(second.order_id),
        "relation_child_real_id": "000000001-1",
    }
    assert await relations(ctx, second.order_id) == {
        "increment_id": "000000001-1",
        "original_increment_id": "000000001",
        "edit_increment": 1,
        "relation_parent_id": str(order_id),
        "relation_parent_real_id": "000000001",
    }
    assert [(await get_order(ctx, id)).state for id in (order_id, second.order_id)] == ["canceled", "new"]
    assert await reserved(ctx) == -2

    third = await editing.replace_order(ctx, await opened(ctx, second.order_id))
    assert await relations(ctx, third.order_id) == {
        "increment_id": "000000001-2",
        "original_increment_id": "000000001",
        "edit_increment": 2,
        "relation_parent_id": str(second.order_id),
        "relation_parent_real_id": "000000001-1",
    }
    assert await reserved(ctx) == -2


async def test_it_has_what_the_first_one_had(ctx: Context, order_id: int):
    placed = await editing.replace_order(ctx, await opened(ctx, order_id))
    order = await get_order(ctx, placed.order_id)
    assert (order.grand_total, order.shipping_amount, order.customer_email) == (30, 10, "jane@example.com")
    assert (order.customer_is_guest, order.customer_group_id, order.remote_ip) == (1, 0, None)
    assert order.billing_address is not None
    assert (order.billing_address.street, order.billing_address.region_id) == (["1 Main Street"], 57)
    assert order.payment is not None
    assert order.payment.method == "checkmo"
    assert order.shipping_description == "Flat Rate - Fixed"


async def test_the_last_pieces_can_be_ordered_in_another_way(ctx: Context, rest):
    await a_product(ctx, "last", "10", qty="3")
    order_id = await an_order(rest, ("last", 3))
    cart = await opened(ctx, order_id)
    assert await problems(ctx, cart) == {}
    [line] = cart.quote.visible_items
    by_administrator.set_quantity(cart, line.item_id, Decimal(4))
    assert list((await problems(ctx, cart)).values()) == ["The requested qty is not available"]
    by_administrator.set_quantity(cart, line.item_id, Decimal(2))
    await save(ctx, cart)
    await editing.replace_order(ctx, cart)
    assert await reserved(ctx, "last") == -2


async def test_what_cannot_be_ordered_leaves_the_first_order_as_it_was(ctx: Context, rest):
    await a_product(ctx, "last", "10", qty="3")
    order_id = await an_order(rest, ("last", 3))
    cart = await opened(ctx, order_id)
    by_administrator.set_quantity(cart, cart.quote.visible_items[0].item_id, Decimal(4))
    with pytest.raises((NotReady, OutOfStock)):
        async with ctx.savepoint():
            await editing.replace_order(ctx, cart)
    assert (await get_order(ctx, order_id)).state == "new"
    assert await reserved(ctx, "last") == -3
    assert await ctx.db.value("select count(*) from sales_order") == 1


async def test_what_was_shipped_is_not_ordered_again(ctx: Context, admin, order_id: int):
    item_id = await ctx.db.value("select item_id from sales_order_item")
    reply = await admin.post(f"/rest/V1/order/{order_id}/ship", {"items": [{"order_item_id": item_id, "qty": 1}]})
    assert reply.status == 200, reply.body
    cart = await opened(ctx, order_id)
    assert [(line.sku, line.qty) for line in cart.quote.visible_items] == [("mug", 1)]
    assert cart.freed
    assert cart.freed.pieces == {cart.quote.visible_items[0].product_id: 1}


async def test_an_order_is_replaced_only_once(ctx: Context, order_id: int):
    one, other = await opened(ctx, order_id), await opened(ctx, order_id)
    await editing.replace_order(ctx, one)
    with pytest.raises(editing.CannotEdit):
        await editing.replace_order(ctx, other)
    assert await ctx.db.value("select count(*) from sales_order") == 2
    assert (await editing.freed_by(ctx, order_id)).pieces == {}


async def test_an_order_is_replaced_only_from_its_own_cart(ctx: Context, order_id: int):
    cart = await opened(ctx, order_id, replaces=False)
    with pytest.raises(editing.CannotEdit):
        await editing.replace_order(ctx, cart)
    assert (await get_order(ctx, order_id)).state == "new"


@pytest.mark.parametrize("state", ["canceled", "holded", "payment_review", "complete", "closed"])
async def test_an_order_that_nothing_is_done_with_any_more_is_not_edited(ctx: Context, order_id: int, state: str):
    await ctx.db.execute("update sales_order set state = %(state)s", state=state)
    assert not await editing.can_edit(ctx, await look_at_order(ctx, order_id))


async def test_an_order_that_was_invoiced_is_not_edited(ctx: Context, admin, order_id: int):
    assert await editing.can_edit(ctx, await look_at_order(ctx, order_id))
    item_id = await ctx.db.value("select item_id from sales_order_item")
    reply = await admin.post(f"/rest/V1/order/{order_id}/invoice", {"items": [{"order_item_id": item_id, "qty": 1}]})
    assert reply.status == 200, reply.body
    assert not await editing.can_edit(ctx, await look_at_order(ctx, order_id))


async def test_an_order_is_edited_only_where_its_payment_allows_it(ctx: Context, order_id: int, monkeypatch):
    monkeypatch.setitem(methods(), "checkmo", object())
    assert not await editing.can_edit(ctx, await look_at_order(ctx, order_id))


async def test_a_coupon_that_can_be_used_once_goes_over_to_the_new_order(ctx: Context, rest):
    await a_rule_with_coupon(ctx, "ONCE", uses_per_coupon=1)
    await a_product(ctx, "mug", "10")
    mask = await a_guest_cart(rest, ("mug", 2))
    assert (await rest.put(f"/rest/default/V1/guest-carts/{mask}/coupons/ONCE")).body is True
    await ship(rest, f"guest-carts/{mask}")
    order_id = int((await pay(rest, mask)).body)
    assert (await filled(ctx, order_id, replaces=False)).lost_coupon == "ONCE"
    cart = await opened(ctx, order_id)
    assert cart.content.coupon_code == "ONCE"
    placed = await editing.replace_order(ctx, cart)
    order = await get_order(ctx, placed.order_id)
    assert (order.coupon_code, order.discount_amount) == ("ONCE", -2)
    assert await ctx.db.value("select times_used from salesrule_coupon") == 1


# Once more


async def test_an_order_is_filled_into_a_cart_once_more(ctx: Context, order_id: int):
    cart = await opened(ctx, order_id, replaces=False)
    assert cart.freed is None
    assert [(line.sku, line.qty) for line in cart.quote.visible_items] == [("mug", 2)]
    assert cart.quote.owner.amounts.grand_total == 30
    placed = await by_administrator.order(ctx, cart)
    assert placed.increment_id == "000000002"
    assert await relations(ctx, placed.order_id) == {"increment_id": "000000002"}
    assert (await get_order(ctx, order_id)).state == "new"
    assert await reserved(ctx) == -4


async def test_choices_and_prices_of_administrators_stay(ctx: Context, rest):
    engraving = CustomOption(title="Engraving", type="field", is_require=True, price=Decimal(5), price_type="fixed")
    await a_product(ctx, "mug", "10", options=[engraving])
    option_id = await ctx.db.value("select max(option_id) from product_option")
    mask = await a_guest_cart(rest)
    for text in ("To Jane", "To Joe"):
        answer = {"option_id": str(option_id), "option_value": text}
        chosen = {"extension_attributes": {"custom_options": [answer]}}
        assert (await add(rest, f"guest-carts/{mask}", "mug", 1, product_option=chosen)).status == 200
    await ship(rest, f"guest-carts/{mask}", **AUSTIN)
    first = int((await pay(rest, mask)).body)
    cart = await opened(ctx, first, replaces=False)
    for_jane, for_joe = cart.quote.visible_items
    assert [line.options[f"option_{option_id}"] for line in (for_jane, for_joe)] == ["To Jane", "To Joe"]
    by_administrator.set_price(cart, for_joe.item_id, custom_price=Decimal("7.50"), no_discount=True)
    await save(ctx, cart)
    assert cart.quote.owner.amounts.subtotal == Decimal("22.50")
    second = await by_administrator.order(ctx, cart)

    again = await opened(ctx, second.order_id)
    assert [(line.custom_price, line.no_discount) for line in again.quote.visible_items] == [
        (None, False),
        (Decimal("7.50"), True),
    ]
    assert again.quote.owner.amounts.subtotal == Decimal("22.50")


async def test_what_can_no_longer_be_bought_is_told_and_the_rest_is_there(ctx: Context, rest):
    await a_product(ctx, "mug", "10", name="Mug")
    await a_product(ctx, "cup", "10", name="Cup")
    await a_product(ctx, "jug", "10", name="Jug")
    order_id = await an_order(rest, ("mug", 1), ("cup", 1), ("jug", 1))
    await save_product(ctx, Product(sku="cup", status=2))
    found = await filled(ctx, order_id, replaces=False)
    assert [(one.name, one.refusal.rendered()) for one in found.failed] == [
        ("Cup", "Product that you are trying to add is not available.")
    ]
    cart = await by_administrator.open_for_order(ctx, found.cart_id)
    assert [line.sku for line in cart.quote.visible_items] == ["mug", "jug"]


async def test_methods_that_are_offered_no_more_are_left_open(ctx: Context, order_id: int):
    await configure(ctx, carriers__flatrate__active="0", payment__checkmo__active="0")
    cart = await opened(ctx, order_id, replaces=False)
    assert cart.content.shipping.rate is None
    assert cart.content.payment is None


async def test_an_order_of_which_nothing_is_shipped_needs_no_way_to_ship(ctx: Context, rest):
    await a_product(ctx, "course", "10", type_id="virtual")
    mask = await a_guest_cart(rest, ("course", 2))
    await rest.post(f"/rest/default/V1/guest-carts/{mask}/billing-address", {"address": AUSTIN})
    order_id = int((await pay(rest, mask, email="jane@example.com")).body)
    placed = await editing.replace_order(ctx, await opened(ctx, order_id))
    order = await get_order(ctx, placed.order_id)
    assert (order.is_virtual, order.grand_total) == (1, 20)
    assert order.billing_address is not None
    assert order.billing_address.street == ["1 Main Street"]


async def test_an_order_keeps_its_currency(ctx: Context, rest):
    await configure(ctx, currency__options__allow="USD,EUR", currency__options__default="EUR")
    await directory.set_rate(ctx, "USD", "EUR", Decimal("0.5"))
    order_id = await an_order_of_mugs(ctx, rest)
    await configure(ctx, currency__options__default="USD")
    placed = await editing.replace_order(ctx, await opened(ctx, order_id))
    order = await get_order(ctx, placed.order_id)
    assert (order.order_currency_code, order.grand_total, order.base_grand_total) == ("EUR", 15, 30)


async def test_cards_go_over_to_the_order_that_takes_the_place(ctx: Context, rest):
    await configure(ctx, sales__gift_options__allow_order="1", sales__gift_options__allow_items="1")
    await a_product(ctx, "mug", "10")
    mask = await a_guest_cart(rest, ("mug", 1))
    await ship(rest, f"guest-carts/{mask}")
    [line] = (await rest.get(f"/rest/default/V1/guest-carts/{mask}/items")).body
    for path, text in (("", "With love"), (f"/{line['item_id']}", "For tea")):
        card = {"giftMessage": {"sender": "Joe", "recipient": "Jane", "message": text}}
        assert (await rest.post(f"/rest/default/V1/guest-carts/{mask}/gift-message{path}", card)).body is True
    order_id = int((await pay(rest, mask)).body)
    once_more = await opened(ctx, order_id, replaces=False)
    assert once_more.content.gift_message_id is None
    placed = await editing.replace_order(ctx, await opened(ctx, order_id))
    order = await get_order(ctx, placed.order_id)
    assert order.extension_attributes
    assert order.extension_attributes.gift_message
    assert order.extension_attributes.gift_message.message == "With love"
    [item] = order.items or []
    assert item.extension_attributes
    assert item.extension_attributes.gift_message
    assert item.extension_attributes.gift_message.message == "For tea"


async def test_a_customers_order_is_the_customers_again(ctx: Context, rest):
    await a_product(ctx, "mug", "10")
    jane = await a_customer(ctx)
    book: dict[str, Any] = {
        "firstname": "Jane", "lastname": "Doe", "city": "Austin", "country_id": "US", "postcode": "78758",
        "telephone": "1", "region": customers.Region(region_id=57),
    }  # fmt: skip
    await customers.save_address(ctx, jane.id or 0, Address(**book, street=["1 Home St"], default_shipping=True))
    token = await access.issue(ctx, ActorType.CUSTOMER, jane.id or 0)
    order_id = await a_customers_order(rest.as_caller(token), ("mug", 1))
    jane = await customers.get_by_id(ctx, jane.id or 0)
    cart = await opened(ctx, order_id, customer=jane)
    content = cart.content
    assert (cart.quote.customer_id, content.purchaser.email) == (jane.id, "jdoe@example.com")
    assert content.shipping.street == ["123 Oak Ave"]
    assert content.shipping.customer_address_id is None
    placed = await editing.replace_order(ctx, cart)
    order = await get_order(ctx, placed.order_id)
    assert (order.customer_id, order.customer_is_guest, order.customer_group_id) == (jane.id, 0, 1)


async def test_an_order_is_ordered_again_unless_it_is_held_or_a_product_is_gone(ctx: Context, order_id: int):
    assert await reordering.can_order_again(ctx, await look_at_order(ctx, order_id))
    await save_product(ctx, Product(sku="mug", status=2))
    await cancel_order(ctx, order_id)
    assert await reordering.can_order_again(ctx, await look_at_order(ctx, order_id))
    for state in ("holded", "payment_review"):
        await ctx.db.execute("update sales_order set state = %(state)s", state=state)
        assert not await reordering.can_order_again(ctx, await look_at_order(ctx, order_id))
    await ctx.db.execute("update sales_order set state = 'new'")
    await configure(ctx, sales__reorder__allow="0")
    assert not await reordering.can_order_again(ctx, await look_at_order(ctx, order_id))
    await configure(ctx, sales__reorder__allow="1")
    await ctx.db.execute("update sales_order_item set product_id = 4711")
    assert not await reordering.can_order_again(ctx, await look_at_order(ctx, order_id))


async def test_filling_and_replacing_take_the_same_statements_for_any_number_of_lines(ctx: Context, rest):
    for number in range(6):
        await a_product(ctx, f"p{number}", "10")
    first, few = await an_order(rest, ("p0", 1)), await an_order(rest, ("p0", 1))
    many = await an_order(rest, *((f"p{number}", 1) for number in range(6)))
    counts = []
    # What all orders share is read with the first one.
    for order_id in (first, few, many):
        before = ctx.db.statements
        cart = await opened(ctx, order_id)
        await editing.replace_order(ctx, cart)
        counts.append(ctx.db.statements - before)
    assert counts[1] == counts[2]

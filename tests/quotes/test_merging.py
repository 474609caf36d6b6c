"""A guest's cart that comes along when its owner signs in."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.catalog.contracts import Product, ProductExtension, StockItem
from entrepot.catalog.products.service import save as save_product
from entrepot.inventory.rules.salability import StockFacts, cart_errors
from entrepot.inventory.rules.settings import Settings
from entrepot.kit.context import Actor, ActorType
from entrepot.quotes import Mask, changing, open_cart, save
from entrepot.quotes.limits import in_increments, most_of
from entrepot.quotes.merging import Capped, merge
from tests.quotes.makers import a_customer, a_guest_cart, a_product, add


@pytest.fixture
async def jane(ctx):
    return await a_customer(ctx)


@pytest.fixture
def of_jane(ctx, jane):
    return ctx.in_store(ctx.stores.default, Actor(ActorType.CUSTOMER, jane.id))


async def a_cart_of(of_jane, rest, admin, *lines):
    """Jane's active cart with these skus and quantities; its number."""
    cart_id = (await admin.post(f"/rest/default/V1/customers/{of_jane.actor.id}/carts")).body
    for sku, qty in lines:
        assert (await add(admin, f"carts/{cart_id}", sku, qty)).status == 200
    return int(cart_id)


async def contents(of_jane, cart_id):
    cart = await open_cart(of_jane, cart_id)
    return [(line.sku, line.qty) for line in cart.quote.visible_items]


async def test_equal_lines_add_up_and_others_are_copied(ctx, of_jane, jane, rest, admin, db):
    await a_product(ctx, "a", "10")
    await a_product(ctx, "b", "20")
    cart_id = await a_cart_of(of_jane, rest, admin, ("a", 1))
    mask = await a_guest_cart(rest, ("a", 2), ("b", 3))

    assert await merge(of_jane, Mask(mask), jane) == []

    assert await contents(of_jane, cart_id) == [("a", 3), ("b", 3)]
    assert await db.value("select count(*) from quote") == 1
    cart = await open_cart(of_jane, cart_id)
    assert cart.quote.owner.amounts.subtotal == 90


async def test_without_a_cart_the_customer_gets_the_guests(ctx, of_jane, jane, rest, db):
    await a_product(ctx, "a", "10")
    mask = await a_guest_cart(rest, ("a", 2))
    assert await merge(of_jane, Mask(mask), jane) == []
    assert await db.one(tuple, "select customer_id, masked_id from quote") == (jane.id, None)


async def test_no_more_is_taken_than_there_is(ctx, of_jane, jane, rest, admin):
    await a_product(ctx, "a", "10", qty="5")
    await a_product(ctx, "b", "10", qty="5")
    cart_id = await a_cart_of(of_jane, rest, admin, ("a", 4), ("b", 5))
    mask = await a_guest_cart(rest, ("a", 3), ("b", 1))

    assert await merge(of_jane, Mask(mask), jane) == [
        Capped("Product a", Decimal(7), Decimal(5)), Capped("Product b", Decimal(6), Decimal(5))
    ]  # fmt: skip
    assert await contents(of_jane, cart_id) == [("a", 5), ("b", 5)]


async def test_no_more_is_taken_than_a_cart_may_have(ctx, of_jane, jane, rest, admin):
    await a_product(ctx, "a", "10")
    cart_id = await a_cart_of(of_jane, rest, admin, ("a", 4))
    mask = await a_guest_cart(rest, ("a", 4))
    stock = StockItem(qty=Decimal(100), is_in_stock=True, max_sale_qty=Decimal(6), use_config_max_sale_qty=False)
    await save_product(ctx, Product(sku="a", extension_attributes=ProductExtension(stock_item=stock)))

    assert await merge(of_jane, Mask(mask), jane) == [Capped("Product a", Decimal(8), Decimal(6))]
    assert await contents(of_jane, cart_id) == [("a", 6)]


async def test_what_is_sold_out_is_left_behind(ctx, of_jane, jane, rest, admin):
    await a_product(ctx, "a", "10")
    await a_product(ctx, "b", "10")
    cart_id = await a_cart_of(of_jane, rest, admin, ("b", 1))
    mask = await a_guest_cart(rest, ("a", 3))
    stock = StockItem(qty=Decimal(0), is_in_stock=False)
    await save_product(ctx, Product(sku="a", extension_attributes=ProductExtension(stock_item=stock)))

    assert await merge(of_jane, Mask(mask), jane) == [Capped("Product a", Decimal(3), Decimal(0))]
    assert await contents(of_jane, cart_id) == [("b", 1)]


async def test_a_cart_that_is_gone_or_somebodys_is_nothing_to_merge(ctx, of_jane, jane, rest, admin, db):
    await a_product(ctx, "a", "10")
    other = await a_customer(ctx, "other@example.com")
    mask = await a_guest_cart(rest, ("a", 2))
    await db.execute("update quote set customer_id = %(id)s", id=other.id)
    assert await merge(of_jane, Mask("nobody"), jane) == []
    assert await merge(of_jane, Mask(mask), jane) == []
    assert await db.values("select customer_id from quote") == [other.id]


async def test_statements_do_not_grow_with_the_lines(ctx, of_jane, jane, rest, admin, db):
    await a_product(ctx, "before", "10")
    await a_cart_of(of_jane, rest, admin, ("before", 1))
    counts = []
    for number in (1, 12):
        skus = [f"{number}-{index}" for index in range(number)]
        for sku in skus:
            await a_product(ctx, sku, "10")
        mask = await a_guest_cart(rest, *((sku, 1) for sku in skus))
        before = db.statements
        await merge(of_jane, Mask(mask), jane)
        counts.append(db.statements - before)
    assert counts[0] == counts[1]


async def test_many_quantities_change_with_one_question_to_the_stock(ctx, rest, db):
    skus = [f"p{index}" for index in range(8)]
    for sku in skus:
        await a_product(ctx, sku, "10", qty="5")
    mask = await a_guest_cart(rest, *((sku, 1) for sku in skus))
    cart = await open_cart(ctx, Mask(mask), lock=True)
    ids = [line.item_id for line in cart.quote.visible_items]
    before = db.statements

    changes = await changing.set_quantities(
        ctx, cart, {**dict.fromkeys(ids, Decimal(3)), ids[0]: Decimal(0), ids[1]: Decimal(6), 999: Decimal(1)}
    )

    assert db.statements - before == 1
    assert changes.refused == {ids[1]: "The requested qty is not available"}
    assert [line.qty for line in cart.quote.visible_items] == [1, 3, 3, 3, 3, 3, 3]
    await save(ctx, cart)


def some_facts(stock, *, most, increment, decimal):
    settings = Settings(
        max_sale_qty=Decimal(most) if most else None,
        enable_qty_increments=bool(increment),
        qty_increments=Decimal(increment),
        is_qty_decimal=decimal,
    )
    return StockFacts(
        stock_id=1,
        sku="a",
        product=None,
        settings=settings,
        reads_in_stock=True,
        source_quantity=Decimal(stock),
        has_source_row=True,
        is_any_in_stock=stock > 0,
        is_linked=True,
        reserved=Decimal(0),
    )


@given(
    stock=st.integers(0, 40),
    most=st.integers(0, 40),
    increment=st.sampled_from([0, 2, 6]),
    decimal=st.booleans(),
    wanted=st.integers(1, 60),
)
def test_the_most_is_allowed_and_one_step_more_is_not(stock, most, increment, decimal, wanted):
    facts = some_facts(stock, most=most, increment=increment, decimal=decimal)
    found = most_of(facts, Decimal(wanted))
    assert 0 <= found <= wanted
    if found:
        assert cart_errors(facts, found) == []
    step = increment or 1
    if found + step <= wanted:
        assert cart_errors(facts, found + step) != []


@given(increment=st.sampled_from([2, 6, 10]), asked=st.integers(1, 100))
def test_a_quantity_becomes_the_next_in_which_the_product_is_sold(increment, asked):
    found = in_increments(some_facts(100, most=0, increment=increment, decimal=False), Decimal(asked))
    assert found % increment == 0
    assert found > 0
    assert abs(found - asked) < increment

"""Several products put into a cart at once, each for itself."""

from __future__ import annotations

from decimal import Decimal

from entrepot.catalog import products
from entrepot.catalog.contracts import CustomOption, Product
from entrepot.quotes import Mask, open_cart
from entrepot.quotes.adding_many import Wanted, add_each
from entrepot.quotes.buying import Request
from tests.quotes.makers import a_guest_cart, a_product

SOLD_OUT = "The requested qty is not available"


async def added(ctx, mask, *wanted):
    """What was said of each, and what is in the cart then."""
    cart = await open_cart(ctx.in_store(ctx.stores.default), Mask(mask), lock=True)
    refusals = await add_each(ctx.in_store(ctx.stores.default), cart, wanted)
    said = [refusal.rendered() if refusal else None for refusal in refusals]
    return said, [(line.sku, line.qty) for line in cart.quote.visible_items]


def want(sku, qty, **options):
    return Wanted(sku, Request(Decimal(qty), **options))


async def test_they_go_in_in_their_order_and_equal_ones_add_up(ctx, rest):
    await a_product(ctx, "a", "10")
    await a_product(ctx, "b", "20")
    mask = await a_guest_cart(rest, ("b", 1))
    said, lines = await added(ctx, mask, want("a", 2), want("B", 3), want("a", 1))
    assert said == [None, None, None]
    assert lines == [("b", 4), ("a", 3)]


async def test_one_that_is_refused_leaves_the_others_in(ctx, rest):
    await a_product(ctx, "a", "10")
    await a_product(ctx, "few", "10", qty="3")
    await a_product(ctx, "off", "10")
    await products.save(ctx, Product(sku="off", status=2))
    mask = await a_guest_cart(rest)
    said, lines = await added(ctx, mask, want("few", 4), want("gone", 1), want("off", 1), want("a", 1))
    assert said == [
        SOLD_OUT,
        "The product that was requested doesn't exist. Verify the product and try again.",
        "Product that you are trying to add is not available.",
        None,
    ]
    assert lines == [("a", 1)]


async def test_of_two_that_share_the_stock_the_second_is_refused_and_the_first_stays(ctx, rest):
    await a_product(ctx, "few", "10", qty="5")
    mask = await a_guest_cart(rest, ("few", 1))
    said, lines = await added(ctx, mask, want("few", 3), want("few", 2))
    assert said == [None, SOLD_OUT]
    assert lines == [("few", 4)]


async def test_a_choice_that_there_is_no_more_is_told(ctx, rest):
    await a_product(ctx, "a", "10")
    engraving = CustomOption(
        product_sku="a",
        title="Engraving",
        type="field",
        sort_order=1,
        is_require=True,
        price=Decimal(2),
        price_type="fixed",
    )
    await products.save(ctx, Product(sku="a", options=[engraving]))
    mask = await a_guest_cart(rest)
    said, lines = await added(ctx, mask, want("a", 1))
    assert said[0] is not None
    assert "required option" in said[0]
    assert lines == []

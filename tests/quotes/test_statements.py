"""How many statements each route of a cart costs: few, and as many for twelve lines as for one (spec 50, 5)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from entrepot.kit.context import GUEST
from entrepot.quotes import addresses, carts, coupons, items, payment_information, payments, shipping, totals_service
from entrepot.quotes.contracts import Address, CartItem, Payment, ShippingInformation, TotalsInformation
from tests.promotions.makers import a_saved_rule
from tests.quotes.makers import NEW_YORK, a_guest_cart, a_product
from tests.quotes.totals import one_tax

LINES = 12
ADDRESS = Address(**NEW_YORK)
CHECK = Payment(method="checkmo")
SHIPPING = ShippingInformation(
    shipping_address=ADDRESS, billing_address=ADDRESS, shipping_carrier_code="flatrate", shipping_method_code="flatrate"
)

ROUTES = {
    "create": (lambda ctx, mask: carts.create_guest_cart(ctx), 1),
    "cart": (lambda ctx, mask: carts.get_guest_cart(ctx, mask), 2),
    "list items": (lambda ctx, mask: items.list_guest_items(ctx, mask), 2),
    # The cart, the products of its lines, the new one, the stock, a number for the line, and the cart written.
    "add": (lambda ctx, mask: items.save_guest_item(ctx, CartItem(sku="new", qty=Decimal(1)), mask), 6),
    "add again": (lambda ctx, mask: items.save_guest_item(ctx, CartItem(sku="p-0", qty=Decimal(1)), mask), 5),
    "billing address": (lambda ctx, mask: addresses.get_guest_billing_address(ctx, mask), 2),
    # One more for the number of the new address.
    "bill": (lambda ctx, mask: addresses.assign_guest_billing_address(ctx, mask, ADDRESS), 4),
    "estimate": (lambda ctx, mask: shipping.estimate_for_guest(ctx, mask, ADDRESS), 2),
    "ship": (lambda ctx, mask: shipping.save_information_for_guest(ctx, mask, SHIPPING), 3),
    "coupon": (lambda ctx, mask: coupons.get_guest_coupon(ctx, mask), 2),
    "no coupon": (lambda ctx, mask: coupons.remove_guest_coupon(ctx, mask), 3),
    "totals": (lambda ctx, mask: totals_service.get_guest_totals(ctx, mask), 2),
    "totals for an address": (
        lambda ctx, mask: totals_service.calculate_guest_totals(ctx, mask, TotalsInformation(address=ADDRESS)),
        2,
    ),
    "ways to pay": (lambda ctx, mask: payments.list_payment_methods_for_guest(ctx, mask), 2),
}
"""What is called, and at most how many statements it takes."""


@pytest.fixture
async def shop(ctx):
    """The shop with a product for each line and one more, as a guest sees it."""
    for number in range(LINES):
        await a_product(ctx, f"p-{number}", "10")
    await a_product(ctx, "new", "10")
    return ctx.in_store(ctx.stores.default, GUEST)


async def statements(ctx, call, mask: str) -> int:
    before = ctx.db.statements
    await call(ctx, mask)
    return ctx.db.statements - before


@pytest.mark.parametrize(("call", "most"), ROUTES.values(), ids=ROUTES.keys())
async def test_a_route_takes_few_statements_however_many_the_lines(ctx, rest, shop, call, most):
    small = await a_guest_cart(rest, ("p-0", 1))
    large = await a_guest_cart(rest, *((f"p-{number}", 1) for number in range(LINES)))
    assert (await statements(shop, call, small), await statements(shop, call, large)) == (most, most)


async def test_choosing_a_payment_takes_three(ctx, rest, shop):
    mask = await a_guest_cart(rest, *((f"p-{number}", 1) for number in range(LINES)))
    await shipping.save_information_for_guest(shop, mask, SHIPPING)
    assert await statements(shop, lambda ctx, mask: payments.set_payment_of_guest(ctx, mask, CHECK), mask) == 3
    assert (
        await statements(
            shop,
            lambda ctx, mask: payment_information.set_guest_payment_information(ctx, mask, "a@b.com", CHECK, ADDRESS),
            mask,
        )
        == 3
    )


async def test_taxes_and_rules_in_memory_take_none(ctx, rest, shop):
    """But for the first call about a place."""
    await one_tax(ctx, "8.25", shipping=True)
    await a_saved_rule(ctx)
    mask = await a_guest_cart(rest, ("p-0", 1), ("p-1", 2))
    ship = ROUTES["ship"][0]
    await statements(shop, ship, mask)
    assert await statements(shop, ship, mask) == 3
    assert await statements(shop, ROUTES["add"][0], mask) == 6
    assert await statements(shop, ROUTES["totals"][0], mask) == 2

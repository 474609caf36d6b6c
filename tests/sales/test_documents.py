"""Documents of one order in turn: their amounts in two currencies, and their numbers (spec 60, 1 and 11)."""

from __future__ import annotations

from decimal import Decimal

from entrepot import directory
from entrepot.sales import forget_view
from entrepot.stores import StoreViewDeleted
from tests.catalog.products.makers import a_view
from tests.promotions.makers import a_saved_rule
from tests.quotes.makers import a_product, configure
from tests.sales.creditmemos.makers import invoice, read, refund, refund_lines, ship
from tests.sales.makers import AUSTIN, CHECK, an_order
from tests.taxes.makers import a_rate, a_rule

AMOUNTS = ("subtotal", "discount_amount", "shipping_amount", "tax_amount", "grand_total")


async def amounts(admin, path):
    """In the order's currency, and in the base currency."""
    document = (await admin.get(f"/rest/V1/{path}")).body
    return [document[name] for name in AMOUNTS], [document[f"base_{name}"] for name in AMOUNTS]


async def test_each_currency_is_shared_out_by_itself(ctx, rest, admin):
    """Three at 9.99, 10 percent off, 5 to ship each, 8.25 percent tax on what is left: 43.81 dollars, 30.96 euros.

    Of the lines' discount, 2.12 euros, a third is 0.71, and 0.70 the last; of their tax, 1.57, it is 0.53 twice: the
    first with what the discount was given too much, 0.5267.
    """
    await directory.set_rate(ctx, "USD", "EUR", Decimal("0.7067"))
    await configure(
        ctx,
        currency__options__allow="USD,EUR",
        currency__options__default="EUR",
        tax__classes__shipping_tax_class="2",
        tax__calculation__apply_after_discount="1",
    )
    await a_rule(ctx, rates=[await a_rate(ctx, "US-NY", rate="8.25")])
    await a_saved_rule(ctx, apply_to_shipping=True)
    await a_product(ctx, "cup", "9.99")
    order_id = await an_order(rest, ("cup", 3))
    item_id = (await read(admin, order_id))["items"][0]["item_id"]

    of_invoices = [await amounts(admin, f"invoices/{await invoice(admin, order_id, (item_id, 1))}") for _ in range(3)]
    assert of_invoices == [
        ([7.06, -1.77, 10.6, 1.32, 17.21], [9.99, -2.5, 15, 1.85, 24.34]),
        ([7.06, -0.71, 0, 0.53, 6.88], [9.99, -1, 0, 0.75, 9.74]),
        ([7.06, -0.7, 0, 0.51, 6.87], [9.99, -1, 0, 0.74, 9.73]),
    ]
    order = await read(admin, order_id)
    assert (order["total_paid"], order["base_total_paid"], order["total_due"]) == (30.96, 43.81, 0)

    # A third of the shipping is 3.53 euros, of its discount 0.35, of its tax 0.26.
    memo_id = (await refund_lines(admin, order_id, (item_id, 1), shipping_amount=5)).body
    assert await amounts(admin, f"creditmemo/{memo_id}") == (
        [7.06, -1.06, 3.53, 0.79, 10.32],
        [9.99, -1.5, 5, 1.11, 14.6],
    )
    await refund(admin, order_id)
    order = await read(admin, order_id)
    assert (order["total_refunded"], order["base_total_refunded"], order["state"]) == (30.96, 43.81, "closed")


async def test_documents_are_numbered_as_those_of_the_orders_store_view(ctx, rest, admin):
    """Each kind counts by itself."""
    view = await a_view(ctx, "second")
    await a_product(ctx, "mug", "10")
    mask = (await rest.post("/rest/second/V1/guest-carts")).body
    cart = f"/rest/second/V1/guest-carts/{mask}"
    await rest.post(f"{cart}/items", {"cartItem": {"sku": "mug", "qty": 1}})
    by = {"shipping_carrier_code": "flatrate", "shipping_method_code": "flatrate"}
    where = {"shipping_address": AUSTIN, "billing_address": AUSTIN}
    await rest.post(f"{cart}/shipping-information", {"addressInformation": where | by})
    reply = await rest.post(f"{cart}/payment-information", {"email": "jane@example.com", "paymentMethod": CHECK})
    order_id = int(reply.body)
    await invoice(admin, order_id)
    await ship(admin, order_id)
    await refund(admin, order_id)

    criteria = (
        "searchCriteria[filter_groups][0][filters][0][field]=store_id"
        f"&searchCriteria[filter_groups][0][filters][0][value]={view.id}&fields=items[increment_id]"
    )
    for path in ("orders", "invoices", "shipments", "creditmemos"):
        found = (await admin.get(f"/rest/V1/{path}?{criteria}")).body
        assert found == {"items": [{"increment_id": f"{view.id}000000001"}]}, path


async def test_an_order_is_invoiced_and_given_back_after_its_store_view_is_gone(ctx, rest, admin):
    """Its documents are of no view, then, and have numbers of none: those of 0 have nothing in front."""
    await a_product(ctx, "mug", "10")
    order_id = await an_order(rest, ("mug", 1))
    await forget_view(ctx, StoreViewDeleted(1, 1, "default"))

    invoice_id = await invoice(admin, order_id)
    memo_id = (await refund(admin, order_id)).body

    for path in (f"invoices/{invoice_id}", f"creditmemo/{memo_id}"):
        document = (await admin.get(f"/rest/V1/{path}")).body
        assert (document["increment_id"], document["grand_total"]) == ("000000001", 15)
        assert "store_id" not in document
    assert (await read(admin, order_id))["state"] == "closed"

"""Invoices that are sent as a whole, and those that a gateway settles (spec 60, 6.5)."""

from __future__ import annotations

from tests.quotes.makers import a_product
from tests.sales.invoices.makers import read_order
from tests.sales.makers import an_order, an_order_of_mugs


async def test_an_invoice_is_stored_as_it_is_sent_and_the_order_stays(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    entity = {
        "order_id": order_id,
        "state": 1,
        "grand_total": 12.5,
        "base_grand_total": 12.5,
        "total_qty": 1,
        "items": [{"order_item_id": 1, "qty": 1, "sku": "mug"}],
        "comments": [{"comment": "From the books", "is_customer_notified": 0, "is_visible_on_front": 0}],
    }

    reply = await admin.post("/rest/V1/invoices/", {"entity": entity})

    assert reply.status == 200, reply.body
    stored = reply.body
    assert (stored["increment_id"], stored["state"], stored["grand_total"]) == ("000000001", 1, 12.5)
    assert (stored["order_id"], stored["store_id"], stored["order_currency_code"]) == (order_id, 1, "USD")
    assert [(item["sku"], item["name"], item["price"], item["qty"]) for item in stored["items"]] == [
        ("mug", "Mug", 10, 1)
    ]
    assert [one["comment"] for one in stored["comments"]] == ["From the books"]
    order = await read_order(admin, order_id)
    assert (order["state"], order["total_due"], order["items"][0]["qty_invoiced"]) == ("new", 30, 0)


async def test_what_is_not_shipped_leaves_with_it(ctx, rest, admin):
    await a_product(ctx, "song", "3", type_id="virtual", qty="10")
    order_id = await an_order(rest, ("song", 2))

    entity = {"order_id": order_id, "total_qty": 1, "items": [{"order_item_id": 1, "qty": 1, "sku": "song"}]}
    await admin.post("/rest/V1/invoices", {"entity": entity})

    assert await ctx.db.value("select quantity from inventory_source_item where sku = 'song'") == 9
    assert await ctx.db.value("select sum(quantity) from inventory_reservation where sku = 'song'") == -1


async def test_an_invoice_of_no_order_and_a_second_version_are_refused(ctx, rest, admin):
    lost = await admin.post("/rest/V1/invoices", {"entity": {"order_id": 999, "total_qty": 1, "items": []}})
    assert lost.status == 404
    order_id = await an_order_of_mugs(ctx, rest)
    again = {"entity_id": 1, "order_id": order_id, "total_qty": 1, "items": []}
    refused = await admin.post("/rest/V1/invoices", {"entity": again})
    assert (refused.status, refused.body) == (400, {"message": "The invoice couldn't be saved."})
    assert await ctx.db.value("select count(*) from sales_invoice") == 0


async def test_nothing_is_captured_or_voided_without_a_gateway(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    await admin.post(f"/rest/V1/order/{order_id}/invoice", {})

    capture = await admin.post("/rest/V1/invoices/1/capture")
    assert (capture.status, capture.body) == (400, {"message": "The capture action is not available."})
    void = await admin.post("/rest/V1/invoices/1/void")
    assert (void.status, void.body) == (400, {"message": "The void action is not available."})
    for action in ("capture", "void"):
        assert (await admin.post(f"/rest/V1/invoices/9/{action}")).status == 404
        assert (await rest.post(f"/rest/V1/invoices/1/{action}")).status == 401

"""Step 11, in the second edition step 10: Jane has paid, and what cannot be shipped is hers now."""

from __future__ import annotations

from tests.journeys.caller import Caller, Reply, Shop, unauthorized
from tests.journeys.inventory_tutorial.editions import Edition
from tests.journeys.inventory_tutorial.source_items import check_ledger

BODY = {"capture": True, "notify": True}


def play(shop: Shop, order_id: str) -> str:
    """The id of the invoice, a text of digits."""
    invoice_id: str = shop.admin.do(f"us/V1/order/{order_id}/invoice", BODY)
    assert invoice_id == "1"
    return invoice_id


def verify(shop: Shop, order_id: str, invoice_id: str, edition: Edition) -> None:
    purchase = edition.purchase
    invoice = shop.admin.read(f"us/V1/invoices/{invoice_id}")
    expected = {
        "increment_id": "2000000001",
        "order_id": int(order_id),
        "state": 2,
        "subtotal": purchase.subtotal,
        "shipping_amount": purchase.shipping,
        "grand_total": purchase.grand_total,
        "total_qty": purchase.items_qty,
        "can_void_flag": 0,
        "comments": [],
    }
    assert {field: invoice[field] for field in expected} == expected
    assert [(item["sku"], item["qty"], item["row_total"]) for item in invoice["items"]] == [
        (line.sku, line.qty, line.row_total) for line in purchase.lines
    ]
    order = shop.admin.read(f"us/V1/orders/{order_id}")
    assert (order["state"], order["status"]) == ("processing", "processing")
    assert (order["total_paid"], order["total_due"]) == (purchase.grand_total, 0)
    assert [(item["qty_invoiced"], item["qty_shipped"]) for item in order["items"]] == [
        (line.qty, 0) for line in purchase.lines
    ]
    check_ledger(shop, edition.quantities | {edition.not_shipped: {"hq": 9998}}, edition.paid)


def refuse(shop: Shop, customer: Caller, order_id: str, edition: Edition) -> None:
    route = f"us/V1/order/{order_id}/invoice"
    again = (
        "Invoice Document Validation Error(s):\n"
        "The invoice can't be created without products. Add products and try again.\n"
        "The order does not allow an invoice to be created."
    )
    assert shop.admin.post(route, BODY) == Reply(400, {"message": again})
    gone = {"message": "The entity that was requested doesn't exist. Verify the entity and try again."}
    assert shop.admin.post("us/V1/order/4711/invoice", BODY) == Reply(404, gone)
    for caller in (shop.guest, customer):
        assert caller.post(route, BODY) == unauthorized("Magento_Sales::invoice")
    assert shop.admin.read("us/V1/invoices?searchCriteria")["total_count"] == 1
    check_ledger(shop, edition.quantities | {edition.not_shipped: {"hq": 9998}}, edition.paid)

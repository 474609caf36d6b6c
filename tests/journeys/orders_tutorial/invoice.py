"""Step 8: Jane has paid, and may load what she bought."""

from __future__ import annotations

from tests.journeys.caller import Reply, Shop
from tests.journeys.orders_tutorial.checkout import BY_TABLE, SUBTOTAL
from tests.journeys.orders_tutorial.shop_setup import PILATES, TEE, THERE, on_the_shelf, salable

BODY = {"capture": True, "notify": True}


def play(shop: Shop, order_id: str) -> str:
    invoice_id: str = shop.admin.do(f"default/V1/order/{order_id}/invoice", BODY)
    assert invoice_id == "1"
    return invoice_id


def verify(shop: Shop, order_id: str, invoice_id: str) -> None:
    order = shop.admin.read(f"default/V1/orders/{order_id}")
    invoice = shop.admin.read(f"default/V1/invoices/{invoice_id}")
    total = SUBTOTAL + BY_TABLE
    expected = {
        "increment_id": "000000001",
        "order_id": int(order_id),
        "state": 2,
        "subtotal": SUBTOTAL,
        "shipping_amount": BY_TABLE,
        "grand_total": total,
        "total_qty": 2,
        "can_void_flag": 0,
        "comments": [],
    }
    assert {field: invoice[field] for field in expected} == expected
    assert [(item["order_item_id"], item["qty"]) for item in invoice["items"]] == [
        (item["item_id"], 1) for item in order["items"]
    ]
    assert (order["state"], order["total_paid"], order["total_due"]) == ("processing", total, 0)
    # The download has left; the tees of Jane and of the guest are only promised.
    assert (salable(shop, PILATES), on_the_shelf(shop, PILATES)) == (THERE - 1, THERE - 1)
    assert (salable(shop, TEE), on_the_shelf(shop, TEE)) == (THERE - 2, THERE)


def refuse(shop: Shop, order_id: str) -> None:
    again = (
        "Invoice Document Validation Error(s):\n"
        "The invoice can't be created without products. Add products and try again.\n"
        "The order does not allow an invoice to be created."
    )
    assert shop.admin.post(f"default/V1/order/{order_id}/invoice", BODY) == Reply(400, {"message": again})

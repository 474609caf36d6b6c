"""Step 10: the tee comes back, and Jane gets what it cost."""

from __future__ import annotations

from typing import Any

from tests.journeys.caller import Reply, Shop
from tests.journeys.orders_tutorial.shop_setup import TEE, THERE, on_the_shelf, salable


def play(shop: Shop, order_id: str) -> str:
    tee, _ = _items(shop, order_id)
    memo_id: str = shop.admin.do(f"default/V1/order/{order_id}/refund", _body(tee, 1, back=tee))
    assert isinstance(memo_id, str)
    return memo_id


def verify(shop: Shop, order_id: str, memo_id: str) -> None:
    memo = shop.admin.read(f"default/V1/creditmemo/{memo_id}")
    expected = {
        "order_id": int(order_id),
        "state": 2,
        "subtotal": TEE.price,
        "shipping_amount": 0,
        "adjustment_positive": 0,
        "adjustment_negative": 0,
        "grand_total": TEE.price,
    }
    assert {field: memo[field] for field in expected} == expected
    assert [(item["sku"], item["qty"]) for item in memo["items"]] == [(TEE.sku, 1)]
    order = shop.admin.read(f"default/V1/orders/{order_id}")
    assert (order["state"], order["total_refunded"]) == ("complete", TEE.price)
    assert [item["qty_refunded"] for item in order["items"]] == [1, 0]
    assert (salable(shop, TEE), on_the_shelf(shop, TEE)) == (THERE - 1, THERE)


def refuse_before(shop: Shop, order_id: str, invoice_id: str, unpaid_id: str) -> None:
    tee, pilates = _items(shop, order_id)
    route = f"default/V1/order/{order_id}/refund"
    assert shop.admin.post(route, _body(tee, 2, back=tee)) == _too_many()
    not_part = f'The "{pilates["sku"]}" product is not part of the current creditmemo.'
    status, answer = shop.admin.post(route, _body(tee, 1, back=pilates))
    assert (status, not_part in answer["message"]) == (400, True)
    # Money that came by bank transfer cannot go back through a gateway.
    online = "Creditmemo Document Validation Error(s):\nWe can't create creditmemo for the invoice."
    answer = shop.admin.post(f"default/V1/invoice/{invoice_id}/refund", _body(tee, 1, back=tee) | {"isOnline": True})
    assert answer == Reply(400, {"message": online})
    # Nobody has paid the guest's order.
    [unpaid] = _items(shop, unpaid_id)
    assert shop.admin.post(f"default/V1/order/{unpaid_id}/refund", _body(unpaid, 1, back=unpaid)) == _too_many()
    status, answer = shop.admin.post(f"default/V1/order/{unpaid_id}/refund", {})
    assert (status, "The order does not allow a creditmemo to be created." in answer["message"]) == (400, True)
    assert shop.admin.read("default/V1/creditmemos?searchCriteria")["total_count"] == 0
    assert (salable(shop, TEE), on_the_shelf(shop, TEE)) == (THERE - 2, THERE - 1)


def refuse(shop: Shop, order_id: str) -> None:
    tee, _ = _items(shop, order_id)
    assert shop.admin.post(f"default/V1/order/{order_id}/refund", _body(tee, 1, back=tee)) == _too_many()


def _too_many() -> Reply:
    message = 'We found an invalid quantity to refund item "%1".'
    return Reply(400, {"message": message, "parameters": [TEE.name]})


def _items(shop: Shop, order_id: str) -> list[dict[str, Any]]:
    return list(shop.admin.read(f"default/V1/orders/{order_id}")["items"])


def _body(item: dict[str, Any], qty: int, *, back: dict[str, Any]) -> dict[str, Any]:
    return {
        "items": [{"order_item_id": item["item_id"], "qty": qty}],
        "notify": True,
        "arguments": {
            "shipping_amount": 0,
            "adjustment_positive": 0,
            "adjustment_negative": 0,
            "extension_attributes": {"return_to_stock_items": [back["item_id"]]},
        },
    }

"""Step 9, in the second edition step 8: what it costs to send the goods, where they go, and what it comes to."""

from __future__ import annotations

import json
from typing import Any

from tests.journeys.caller import Caller, Reply, Shop, unauthorized
from tests.journeys.inventory_tutorial.editions import Edition, Line

ROUTE = "us/V1/carts/mine"

ADDRESS = {
    "region": "New York",
    "region_id": 43,
    "region_code": "NY",
    "country_id": "US",
    "street": ["123 Oak Ave"],
    "postcode": "10577",
    "city": "Purchase",
    "firstname": "Jane",
    "lastname": "Doe",
    "email": "jdoe@example.com",
    "telephone": "512-555-1111",
}
METHODS = [
    {"code": "banktransfer", "title": "Bank Transfer Payment"},
    {"code": "checkmo", "title": "Check / Money order"},
]


def play(jane: Caller, edition: Edition) -> None:
    # The id is not the caller's, and nobody cares.
    about = {"customer_id": 5, "telephone": "(512) 555-1111", "same_as_billing": 1}
    rates = jane.do(f"{ROUTE}/estimate-shipping-methods", {"address": ADDRESS | about})
    assert rates == [_flat_rate(edition.purchase.shipping)]
    assert list(rates[0]) == list(_flat_rate(0))
    answer = jane.do(f"{ROUTE}/shipping-information", shipping_information())
    assert list(answer) == ["payment_methods", "totals"]
    assert _by_code(answer["payment_methods"]) == METHODS
    _check(answer["totals"], jane.read(f"{ROUTE}/items"), edition)


def verify(jane: Caller, edition: Edition) -> None:
    _check(jane.read(f"{ROUTE}/totals"), jane.read(f"{ROUTE}/items"), edition)
    billing = jane.read(f"{ROUTE}/billing-address")
    assert {field: billing[field] for field in ADDRESS} == ADDRESS
    assert _by_code(jane.read(f"{ROUTE}/payment-methods")) == METHODS


def refuse(shop: Shop, customer: Caller, jane: Caller, edition: Edition) -> None:
    assert shop.guest.post(f"{ROUTE}/shipping-information", shipping_information()) == unauthorized("self")
    unknown = {"message": "Carrier with such method not found: %1, %2", "parameters": ["nosuch", "nosuch"]}
    nobody = shipping_information(shipping_carrier_code="nosuch", shipping_method_code="nosuch")
    assert jane.post(f"{ROUTE}/shipping-information", nobody) == Reply(404, unknown)
    nowhere = {"firstname": "Cleo", "lastname": "Curious"}
    customer.do("default/V1/carts/mine")
    empty = {"message": "The shipping method can't be set for an empty cart. Add an item to cart and try again."}
    answer = customer.post("default/V1/carts/mine/shipping-information", shipping_information(shipping_address=nowhere))
    assert answer == Reply(400, empty)
    # The address of the first refusal is kept, its method is not; a good call puts that right.
    jane.do(f"{ROUTE}/shipping-information", shipping_information())
    verify(jane, edition)


def shipping_information(**further: Any) -> dict[str, Any]:
    by_flat_rate = {"shipping_carrier_code": "flatrate", "shipping_method_code": "flatrate"}
    addresses = {"shipping_address": ADDRESS, "billing_address": ADDRESS}
    return {"addressInformation": addresses | by_flat_rate | further}


def _flat_rate(amount: int) -> dict[str, Any]:
    return {
        "carrier_code": "flatrate",
        "method_code": "flatrate",
        "carrier_title": "Flat Rate",
        "method_title": "Fixed",
        "amount": amount,
        "base_amount": amount,
        "available": True,
        "error_message": "",
        "price_excl_tax": amount,
        "price_incl_tax": amount,
    }


def _check(totals: dict[str, Any], items: list[dict[str, Any]], edition: Edition) -> None:
    expected = _totals(items, edition)
    assert totals == expected
    assert list(totals) == list(expected)
    assert [list(item) for item in totals["items"]] == [list(item) for item in expected["items"]]


def _totals(items: list[dict[str, Any]], edition: Edition) -> dict[str, Any]:
    purchase = edition.purchase
    lines = zip(items, purchase.lines, strict=True)
    return {
        "grand_total": purchase.grand_total,
        "base_grand_total": purchase.grand_total,
        "subtotal": purchase.subtotal,
        "base_subtotal": purchase.subtotal,
        "discount_amount": 0,
        "base_discount_amount": 0,
        "subtotal_with_discount": purchase.subtotal,
        "base_subtotal_with_discount": purchase.subtotal,
        "shipping_amount": purchase.shipping,
        "base_shipping_amount": purchase.shipping,
        "shipping_discount_amount": 0,
        "base_shipping_discount_amount": 0,
        "tax_amount": 0,
        "base_tax_amount": 0,
        "weee_tax_applied_amount": None,
        "shipping_tax_amount": 0,
        "base_shipping_tax_amount": 0,
        "subtotal_incl_tax": purchase.subtotal,
        "shipping_incl_tax": purchase.shipping,
        "base_shipping_incl_tax": purchase.shipping,
        "base_currency_code": "USD",
        "quote_currency_code": "USD",
        "items_qty": purchase.items_qty,
        "items": [_line(item["item_id"], line, edition) for item, line in lines],
        "total_segments": _segments(edition),
    }


def _line(item_id: int, line: Line, edition: Edition) -> dict[str, Any]:
    product = edition.product(line.sku)
    options = [{"value": title, "label": "Downloads"} for title in line.downloads]
    return {
        "item_id": item_id,
        "price": product.price,
        "base_price": product.price,
        "qty": line.qty,
        "row_total": line.row_total,
        "base_row_total": line.row_total,
        "row_total_with_discount": 0,
        "tax_amount": 0,
        "base_tax_amount": 0,
        "tax_percent": 0,
        "discount_amount": 0,
        "base_discount_amount": 0,
        "discount_percent": 0,
        "price_incl_tax": product.price,
        "base_price_incl_tax": product.price,
        "row_total_incl_tax": line.row_total,
        "base_row_total_incl_tax": line.row_total,
        "options": json.dumps(options, separators=(",", ":")),
        "weee_tax_applied_amount": None,
        "weee_tax_applied": None,
        "name": product.name,
    }


def _segments(edition: Edition) -> list[dict[str, Any]]:
    purchase = edition.purchase
    return [
        {"code": "subtotal", "title": "Subtotal", "value": purchase.subtotal},
        {"code": "shipping", "title": "Shipping & Handling (Flat Rate - Fixed)", "value": purchase.shipping},
        {"code": "tax", "title": "Tax", "value": 0, "extension_attributes": {"tax_grandtotal_details": []}},
        {"code": "grand_total", "title": "Grand Total", "value": purchase.grand_total, "area": "footer"},
    ]


def _by_code(methods: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(methods, key=lambda method: str(method["code"]))

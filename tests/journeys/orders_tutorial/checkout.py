"""Step 6: two ways to ship, of which the page takes the table of rates."""

from __future__ import annotations

import json
from typing import Any

from tests.journeys.caller import Caller, Reply
from tests.journeys.inventory_tutorial.checkout import ADDRESS

ROUTE = "default/V1/carts/mine"
SUBTOTAL = 40
"""A tee for 22 and a download for 18."""
BY_TABLE, FLAT = 15, 5
"""One piece is shipped; a table of subtotals has 15 for less than 50 dollars."""
METHODS = ["banktransfer", "cashondelivery", "checkmo", "purchaseorder"]


def play(jane: Caller) -> None:
    rates = jane.do(f"{ROUTE}/estimate-shipping-methods", {"address": ADDRESS | {"same_as_billing": 1}})
    assert sorted(rates, key=lambda rate: str(rate["carrier_code"])) == [
        _rate("flatrate", "flatrate", "Flat Rate", "Fixed", FLAT),
        _rate("tablerate", "bestway", "Best Way", "Table Rate", BY_TABLE),
    ]
    flat = jane.do(f"{ROUTE}/shipping-information", shipping_information("flatrate", "flatrate"))
    _check(flat["totals"], FLAT, "Flat Rate - Fixed")
    answer = jane.do(f"{ROUTE}/shipping-information", shipping_information("tablerate", "bestway"))
    assert sorted(method["code"] for method in answer["payment_methods"]) == METHODS
    _check(answer["totals"], BY_TABLE, "Best Way - Table Rate")


def verify(jane: Caller) -> None:
    _check(jane.read(f"{ROUTE}/totals"), BY_TABLE, "Best Way - Table Rate")


def refuse(jane: Caller) -> None:
    before = jane.read(f"{ROUTE}/totals")
    unknown = {"message": "Carrier with such method not found: %1, %2", "parameters": ["tablerate", "fastest"]}
    answer = jane.post(f"{ROUTE}/shipping-information", shipping_information("tablerate", "fastest"))
    assert answer == Reply(404, unknown)
    jane.do(f"{ROUTE}/shipping-information", shipping_information("tablerate", "bestway"))
    # To Alaska it costs more; asking changes nothing.
    alaska = ADDRESS | {"region": "Alaska", "region_id": 2, "region_code": "AK", "postcode": "99501"}
    rates = jane.do(f"{ROUTE}/estimate-shipping-methods", {"address": alaska})
    assert {rate["carrier_code"]: rate["amount"] for rate in rates} == {"flatrate": FLAT, "tablerate": 20}
    assert jane.read(f"{ROUTE}/totals") == before


def shipping_information(carrier: str, method: str) -> dict[str, Any]:
    return {
        "addressInformation": {
            "shipping_address": ADDRESS,
            "billing_address": ADDRESS,
            "shipping_carrier_code": carrier,
            "shipping_method_code": method,
        }
    }


def _rate(carrier: str, method: str, carrier_title: str, method_title: str, amount: int) -> dict[str, Any]:
    return {
        "carrier_code": carrier,
        "method_code": method,
        "carrier_title": carrier_title,
        "method_title": method_title,
        "amount": amount,
        "base_amount": amount,
        "available": True,
        "error_message": "",
        "price_excl_tax": amount,
        "price_incl_tax": amount,
    }


def _check(totals: dict[str, Any], shipping: int, described: str) -> None:
    total = SUBTOTAL + shipping
    for field, amount in (("subtotal", SUBTOTAL), ("shipping_amount", shipping), ("grand_total", total)):
        assert (totals[field], totals[f"base_{field}"]) == (amount, amount)
    assert totals["items_qty"] == 2
    assert [(segment["code"], segment["title"], segment["value"]) for segment in totals["total_segments"]] == [
        ("subtotal", "Subtotal", SUBTOTAL),
        ("shipping", f"Shipping & Handling ({described})", shipping),
        ("tax", "Tax", 0),
        ("grand_total", "Grand Total", total),
    ]
    tee, pilates = totals["items"]
    assert (tee["price"], tee["row_total"], tee["options"]) == (22, 22, "[]")
    assert (pilates["price"], pilates["row_total"]) == (18, 18)
    # The page has the bare sign; 2.3 escapes values for clients that put them into HTML as they are (spec 50, 4.4).
    title = "Advanced Pilates &amp; Yoga (Strength)"
    assert json.loads(pilates["options"]) == [{"value": title, "label": "Downloads"}]

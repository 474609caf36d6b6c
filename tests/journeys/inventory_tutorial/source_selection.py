"""Step 12, in the second edition step 11: from where the goods should be sent."""

from __future__ import annotations

from typing import Any

from tests.journeys.caller import Caller, Shop, unauthorized
from tests.journeys.inventory_tutorial.editions import NORTH_AMERICA, Edition

ALGORITHMS = "us/V1/inventory/source-selection-algorithm-list"
ROUTE = "us/V1/inventory/source-selection-algorithm-result"
OF_MAGENTO = [
    {
        "code": "distance",
        "title": "Distance Priority",
        "description": (
            "Algorithm which provides Source Selections based on shipping address distance from the source"
        ),
    },
    {
        "code": "priority",
        "title": "Source Priority",
        "description": "Algorithm which provides Source Selections based on predefined priority of Source",
    },
]


def verify(shop: Shop, edition: Edition) -> None:
    """Asking changes nothing, so there is nothing else to play."""
    found = {algorithm["code"]: algorithm for algorithm in shop.admin.read(ALGORITHMS)}
    assert [found[algorithm["code"]] for algorithm in OF_MAGENTO] == OF_MAGENTO

    answer = _select(shop, edition.to_ship)
    assert answer["shippable"] is True
    for sku, expected in edition.selection.items():
        assert _rows(answer, sku) == expected
    assert len(answer["source_selection_items"]) == 6

    # One more than there is in all: what is there is offered all the same.
    sku, rows = list(edition.selection.items())[-1]
    there = sum(available for _, _, available in rows)
    answer = _select(shop, {sku: there + 1})
    assert answer["shippable"] is False
    assert _rows(answer, sku) == [(code, available, available) for code, _, available in rows]


def refuse(shop: Shop, customer: Caller, edition: Edition) -> None:
    for caller in (shop.guest, customer):
        assert caller.get(ALGORITHMS) == unauthorized("Magento_InventoryApi::source")
        assert caller.post(ROUTE, _request(edition.to_ship)) == unauthorized("Magento_InventoryApi::source")
    unknown = _request(edition.to_ship) | {"algorithmCode": "nearest"}
    status, answer = shop.admin.post(ROUTE, unknown)
    message = "There is no such Source Selection Algorithm implemented: %1"
    assert (status, answer["message"].replace("nearest", "%1")) == (400, message)


def _select(shop: Shop, quantities: dict[str, int]) -> dict[str, Any]:
    answer: dict[str, Any] = shop.admin.do(ROUTE, _request(quantities))
    assert list(answer) == ["source_selection_items", "shippable"]
    return answer


def _rows(answer: dict[str, Any], sku: str) -> list[tuple[str, float, float]]:
    """Those of one sku, in their order, which is that of the sources."""
    rows = [row for row in answer["source_selection_items"] if row["sku"] == sku]
    assert all(list(row) == ["source_code", "sku", "qty_to_deduct", "qty_available"] for row in rows)
    return [(row["source_code"], row["qty_to_deduct"], row["qty_available"]) for row in rows]


def _request(quantities: dict[str, int]) -> dict[str, Any]:
    items = [{"sku": sku, "qty": qty} for sku, qty in quantities.items()]
    return {"inventoryRequest": {"stockId": NORTH_AMERICA, "items": items}, "algorithmCode": "priority"}

"""Step 4: which sources serve which stock, and which of them is tried first."""

from __future__ import annotations

from typing import Any

from tests.journeys.caller import Caller, Reply, Shop, invalid, search, unauthorized
from tests.journeys.inventory_tutorial.editions import LINKS, STOCKS

ROUTE = "all/V1/inventory/stock-source-links"


def play(shop: Shop) -> None:
    links = [link for stock_id in LINKS for link in _links(stock_id)]
    assert len(links) == 7
    assert shop.admin.post(ROUTE, {"links": links}) == Reply(200, [])


def verify(shop: Shop) -> None:
    for stock_id, codes in LINKS.items():
        assert _assigned(shop, stock_id) == codes
        found = shop.admin.read(f"{ROUTE}?{search('stock_id', str(stock_id))}")
        assert sorted(found["items"], key=lambda link: link["priority"]) == _links(stock_id)
        assert found["total_count"] == len(codes)
    assert _assigned(shop, 1) == ["default"]


def refuse(shop: Shop, customer: Caller) -> None:
    for caller in (shop.guest, customer):
        assert caller.post(ROUTE, {"links": _links(2)}) == unauthorized("Magento_InventoryApi::stock_source_link")
    assert shop.admin.post(ROUTE, {"links": []}) == Reply(400, {"message": "Input data is empty"})
    reversed_ = [{**link, "priority": 5 - link["priority"]} for link in _links(2)]
    for wrong in ({"source_code": "dallas_wh"}, {"stock_id": 4}):
        answer = shop.admin.post(ROUTE, {"links": [*reversed_, {**reversed_[0], **wrong}]})
        assert answer == Reply(400, {"message": "Could not save StockSourceLinks"})
    of_default: tuple[str, Any] = ("Can not save link related to Default Source or Default Stock", [])
    answer = shop.admin.post(ROUTE, {"links": [*reversed_, {"source_code": "default", "stock_id": 2, "priority": 5}]})
    assert answer == invalid(of_default)
    answer = shop.admin.post(ROUTE, {"links": [*reversed_, {"source_code": "hq", "stock_id": 3, "priority": 0}]})
    assert answer == invalid(('"%field" should be greater then 0.', {"field": "priority"}))
    for stock_id in STOCKS:
        assert _assigned(shop, stock_id) == LINKS[stock_id]


def _links(stock_id: int) -> list[dict[str, Any]]:
    return [
        {"stock_id": stock_id, "source_code": code, "priority": priority}
        for priority, code in enumerate(LINKS[stock_id], start=1)
    ]


def _assigned(shop: Shop, stock_id: int) -> list[str]:
    route = f"all/V1/inventory/get-sources-assigned-to-stock-ordered-by-priority/{stock_id}"
    return [source["source_code"] for source in shop.admin.read(route)]

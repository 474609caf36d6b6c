"""Step 3: a stock for each of the two websites."""

from __future__ import annotations

from typing import Any

from tests.journeys.caller import Caller, Reply, Shop, invalid, unauthorized
from tests.journeys.inventory_tutorial.editions import STOCKS
from tests.journeys.inventory_tutorial.environment import channels

ROUTE = "all/V1/inventory/stocks"


def play(shop: Shop) -> None:
    for stock_id, (name, website) in STOCKS.items():
        assert shop.admin.post(ROUTE, {"stock": _stock(name, website)}) == Reply(200, stock_id)


def verify(shop: Shop) -> None:
    for stock_id, (name, website) in STOCKS.items():
        expected = {"stock_id": stock_id, **_stock(name, website)}
        assert shop.admin.read(f"{ROUTE}/{stock_id}") == expected
        assert list(shop.admin.read(f"{ROUTE}/{stock_id}")) == list(expected)
        assert shop.admin.read(f"all/V1/inventory/stock-resolver/website/{website}") == expected
    # A website belongs to one stock: both left the default one in the same call.
    assert channels(shop, 1) == ["base"]
    assert _names(shop) == ["Default Stock", "North America Stock", "Europe Stock"]


def refuse(shop: Shop, customer: Caller) -> None:
    for caller in (shop.guest, customer):
        answer = caller.post(ROUTE, {"stock": _stock("Asia Stock", "na_site")})
        assert answer == unauthorized("Magento_InventoryApi::stock_edit")
    no_website = invalid(('The website with code "%code" does not exist.', {"code": "asia_site"}))
    assert shop.admin.post(ROUTE, {"stock": _stock("Asia Stock", "asia_site")}) == no_website
    no_name = invalid(('"%field" can not be empty.', {"field": "name"}))
    nameless = {"extension_attributes": {"sales_channels": [{"type": "website", "code": "na_site"}]}}
    assert shop.admin.post(ROUTE, {"stock": nameless}) == no_name
    for field in ("type", "code"):
        stock = _stock("Asia Stock", "na_site")
        [channel] = stock["extension_attributes"]["sales_channels"]
        del channel[field]
        status, answer = shop.admin.post(ROUTE, {"stock": stock})
        empty = {"message": '"%field" can not be empty.', "parameters": {"field": field}}
        assert (status, answer["errors"][0]) == (400, empty)
    unknown = {"message": "No linked stock found"}
    assert shop.admin.get("all/V1/inventory/stock-resolver/website/asia_site") == Reply(404, unknown)
    assert channels(shop, 2) == ["na_site"]
    assert _names(shop) == ["Default Stock", "North America Stock", "Europe Stock"]


def _stock(name: str, website: str) -> dict[str, Any]:
    return {"name": name, "extension_attributes": {"sales_channels": [{"type": "website", "code": website}]}}


def _names(shop: Shop) -> list[str]:
    found = shop.admin.read(ROUTE)
    assert found["total_count"] == len(found["items"])
    return [stock["name"] for stock in found["items"]]

"""Step 1: two websites, each with a store and a store view, and what has to be switched on."""

from __future__ import annotations

from tests.journeys.caller import Shop, unauthorized
from tests.journeys.inventory_tutorial.editions import SITES

DEFAULT_CATEGORY = "2"

SETTINGS = {
    "web/url/use_store": "1",
    "payment/banktransfer/active": "1",
}
DEFAULTS = {
    "payment/checkmo/active": "1",
    "payment/free/active": "1",
    "payment/cashondelivery/active": "0",
    "payment/purchaseorder/active": "0",
    "carriers/flatrate/active": "1",
    "carriers/flatrate/price": "5.00",
    "carriers/flatrate/type": "I",
    "carriers/flatrate/title": "Flat Rate",
    "carriers/flatrate/name": "Fixed",
    "carriers/tablerate/active": "0",
    "carriers/freeshipping/active": "0",
}
"""What later steps rely on and nobody has to set."""

VIEWS = [
    {"id": 0, "code": "admin", "name": "Admin", "website_id": 0, "store_group_id": 0, "is_active": 1},
    {"id": 1, "code": "default", "name": "Default Store View", "website_id": 1, "store_group_id": 1, "is_active": 1},
    {"id": 2, "code": "us", "name": "US Store View", "website_id": 2, "store_group_id": 2, "is_active": 1},
    {"id": 3, "code": "de", "name": "Germany Store View", "website_id": 3, "store_group_id": 3, "is_active": 1},
]
WEBSITES = [
    {"id": 2, "code": "na_site", "name": "North America Site", "default_group_id": 2},
    {"id": 3, "code": "eu_site", "name": "Europe Site", "default_group_id": 3},
]
GROUPS = [
    {
        "id": 2,
        "website_id": 2,
        "root_category_id": 2,
        "default_store_id": 2,
        "name": "North America Store",
        "code": "na_store",
    },
    {
        "id": 3,
        "website_id": 3,
        "root_category_id": 2,
        "default_store_id": 3,
        "name": "Europe Store",
        "code": "eu_store",
    },
]


def play(shop: Shop) -> None:
    for (website, site_name), (group, group_name), (view, view_name) in SITES:
        shop.command("store", "create-website", "--code", website, "--name", site_name)
        shop.command(
            "store", "create-group", "--website", website, "--code", group, "--name", group_name,
            "--root-category-id", DEFAULT_CATEGORY,
        )  # fmt: skip
        shop.command("store", "create-view", "--group", group, "--code", view, "--name", view_name)
    for path, value in SETTINGS.items():
        shop.command("config", "set", path, value)
    make_current(shop)


def make_current(shop: Shop) -> None:
    """What the pages ask for after steps 1 and 4. Nothing was stale, so nothing changes."""
    before = shop.admin.read("all/V1/inventory/stocks")
    shop.command("indexer", "reindex")
    shop.command("cache", "flush")
    assert shop.admin.read("all/V1/inventory/stocks") == before


def verify(shop: Shop) -> None:
    views = shop.admin.read("all/V1/store/storeViews")
    assert sorted(views, key=lambda view: view["id"]) == VIEWS
    assert list(views[0]) == list(VIEWS[0])
    websites = shop.admin.read("all/V1/store/websites")
    assert [website for website in websites if website["id"] > 1] == WEBSITES
    groups = shop.admin.read("all/V1/store/storeGroups")
    assert [group for group in groups if group["id"] > 1] == GROUPS
    for path, value in SETTINGS.items():
        assert (path, shop.command("config", "get", path)) == (path, value)
    assert [shop.page("/us/"), shop.page("/de/"), shop.page("/nosuch/")] == [200, 200, 404]
    # A new website is at once sold from the default stock.
    assert channels(shop, 1) == ["base", "eu_site", "na_site"]
    for website in ("na_site", "eu_site"):
        assert shop.admin.read(f"all/V1/inventory/stock-resolver/website/{website}")["stock_id"] == 1


def refuse(shop: Shop) -> None:
    for route in ("storeViews", "websites", "storeGroups"):
        assert shop.guest.get(f"all/V1/store/{route}") == unauthorized("Magento_Backend::store")


def channels(shop: Shop, stock_id: int) -> list[str]:
    """The codes of the websites that are sold from a stock."""
    stock = shop.admin.read(f"all/V1/inventory/stocks/{stock_id}")
    return [channel["code"] for channel in stock["extension_attributes"]["sales_channels"]]

"""Step 1: how one pays and ships, and the goods. Sample data has them; on a fresh server they are made here."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from entrepot.app import new_services
from entrepot.kit.db import Database
from entrepot.quotes.carriers.tablerate import VALUE
from entrepot.quotes.carriers.tablerate_csv import import_rates
from entrepot.settings import Settings
from tests.journeys.caller import Shop

ROUTE = "all/V1/products"
THERE = 100
"""What lies in the default source of each."""
HOST = "downloads.example.com"
SETTINGS = {
    "payment/banktransfer/active": "1",
    "payment/cashondelivery/active": "1",
    "payment/purchaseorder/active": "1",
    "carriers/tablerate/active": "1",
    "carriers/tablerate/condition_name": VALUE,
}
RATES = """Country,Region/State,Zip/Postal Code,Order Subtotal (and above),Shipping Price
USA,*,*,0,15
USA,*,*,50,10
USA,*,*,100,5
USA,AK,*,0,20
USA,AK,*,50,15
USA,AK,*,100,10
USA,HI,*,0,20
USA,HI,*,50,15
USA,HI,*,100,10
"""


class Product(NamedTuple):
    sku: str
    name: str
    price: int
    links: tuple[str, ...] = ()
    price_of_link: int = 0
    """More than 0 when links are sold one by one."""


TEE = Product("WS12-M-Orange", "Radiant Tee-M-Orange", 22)
PILATES = Product("240-LV08", "Advanced Pilates & Yoga (Strength)", 18, ("Advanced Pilates & Yoga (Strength)",))
EPISODES = Product("240-LV09", "Luma Yoga For Life", 0, ("Episode 1", "Episode 2", "Episode 3"), 9)
PRODUCTS = [TEE, PILATES, EPISODES]


async def bring_rates(database_url: str, home: Path) -> None:
    """The table of the website, as an administrator uploads it."""
    database = Database(database_url, max_size=2)
    await database.open()
    async with new_services(Settings(home=home, database_url=database_url), database).work() as ctx:
        assert await import_rates(ctx, 1, VALUE, RATES.encode()) == 9
    await database.close()


def play(shop: Shop) -> None:
    for path, value in SETTINGS.items():
        shop.command("config", "set", path, value)
    shop.command("downloadable:domains:add", HOST)
    for product in PRODUCTS:
        shop.admin.do(ROUTE, {"product": _sent(product)})


def verify(shop: Shop) -> None:
    for product in PRODUCTS:
        kept = shop.admin.read(f"{ROUTE}/{product.sku}")
        assert (kept["name"], kept["price"]) == (product.name, product.price)
        assert kept["type_id"] == ("downloadable" if product.links else "simple")
        links = kept["extension_attributes"].get("downloadable_product_links", [])
        assert [(link["title"], link["price"]) for link in links] == [
            (title, product.price_of_link) for title in product.links
        ]
        assert (salable(shop, product), on_the_shelf(shop, product)) == (THERE, THERE)


def links_of(shop: Shop, product: Product) -> list[int]:
    """The ids of what is loaded."""
    return [link["id"] for link in shop.admin.read(f"default/V1/products/{product.sku}/downloadable-links")]


def salable(shop: Shop, product: Product) -> Any:
    return shop.admin.read(f"default/V1/inventory/get-product-salable-quantity/{product.sku}/1")


def on_the_shelf(shop: Shop, product: Product) -> Any:
    one = "searchCriteria[filter_groups][0][filters][0]"
    found = shop.admin.read(f"all/V1/inventory/source-items?{one}[field]=sku&{one}[value]={product.sku}")
    [item] = found["items"]
    assert item["source_code"] == "default"
    return item["quantity"]


def _sent(product: Product) -> dict[str, Any]:
    beside: dict[str, Any] = {"website_ids": [1], "stock_item": {"qty": THERE, "is_in_stock": True}}
    sent: dict[str, Any] = {
        "sku": product.sku,
        "name": product.name,
        "attribute_set_id": 4,
        "price": product.price,
        "status": 1,
        "visibility": 4,
        "type_id": "downloadable" if product.links else "simple",
        "extension_attributes": beside,
    }
    if not product.links:
        return sent | {"weight": 1}
    beside["downloadable_product_links"] = [
        {
            "title": title,
            "sort_order": number,
            "is_shareable": 2,
            "price": product.price_of_link,
            "number_of_downloads": 0,
            "link_type": "url",
            "link_url": f"https://{HOST}/{product.sku}/{number}.mp4",
        }
        for number, title in enumerate(product.links, start=1)
    ]
    titles = {"links_title": "Downloads", "samples_title": "Samples"}
    attributes = {"links_purchased_separately": str(int(product.price_of_link > 0)), **titles}
    custom = [{"attribute_code": code, "value": value} for code, value in attributes.items()]
    return sent | {"custom_attributes": custom}

"""Step 5 of the first edition: three products.

The second edition finds its own in the shop; on a fresh server they are made here too.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.journeys.caller import Caller, Reply, Shop, unauthorized
from tests.journeys.inventory_tutorial.editions import Edition, Product
from tests.journeys.inventory_tutorial.source_items import salable, stored

ROUTE = "all/V1/products"

DOWNLOADS_ATTRIBUTES = {"links_purchased_separately": "0", "links_title": "Downloads", "samples_title": "Samples"}
"""What every downloadable product must have; how its links are titled is what later steps show."""
DOWNLOADS_HOST = "downloads.example.com"
LINK = {
    "title": "Yoga Adventure",
    "sort_order": 1,
    "is_shareable": 2,
    "price": 0,
    "number_of_downloads": 0,
    "link_type": "url",
    "link_url": f"https://{DOWNLOADS_HOST}/yoga-adventure.mp4",
}
"""The one thing that is loaded. It is in the product's price, so it has none."""


def play(shop: Shop, edition: Edition) -> None:
    for number, product in enumerate(edition.products, start=1):
        if product.type_id == "downloadable":
            shop.command("downloadable:domains:add", DOWNLOADS_HOST)
        status, answer = shop.admin.post(ROUTE, {"product": _sent(product)})
        assert status == 200, answer
        _check(product, number, answer)


def verify(shop: Shop, edition: Edition) -> None:
    for number, product in enumerate(edition.products, start=1):
        _check(product, number, shop.admin.read(f"{ROUTE}/{product.sku}"))
        # Without a quantity there is no source item, not even one of 0.
        at_default = {"default": (product.starts_with, 1)} if product.starts_with else {}
        assert stored(shop, product.sku) == at_default
        quantities = [salable(shop, product.sku, stock_id) for stock_id in (1, 2, 3)]
        assert quantities == [product.starts_with, 0, 0]


def refuse(shop: Shop, customer: Caller, edition: Edition) -> None:
    one = _sent(edition.products[0])
    for caller in (shop.guest, customer):
        answer = caller.post(ROUTE, {"product": {**one, "sku": "sp3"}})
        assert answer == unauthorized("Magento_Catalog::products")
    # The page of the first edition posts to a scope that no step creates.
    unknown = {"message": "Specified request cannot be processed."}
    assert shop.admin.post("test/V1/products", {"product": {**one, "sku": "sp3"}}) == Reply(400, unknown)
    gone = {"message": "The product that was requested doesn't exist. Verify the product and try again."}
    assert shop.admin.get(f"{ROUTE}/sp3") == Reply(404, gone)


def _sent(product: Product) -> dict[str, Any]:
    extension: dict[str, Any] = {"website_ids": ["1", "2", "3"]}
    if product.starts_with:
        extension["stock_item"] = {"qty": product.starts_with, "is_in_stock": True}
    sent = {
        "sku": product.sku,
        "name": product.name,
        "attribute_set_id": 4,
        "price": product.price,
        "status": 1,
        "visibility": 4,
        "type_id": product.type_id,
        "extension_attributes": extension,
    }
    if product.weight is not None:
        sent["weight"] = product.weight
    if product.type_id == "downloadable":
        extension["downloadable_product_links"] = [LINK]
        sent["custom_attributes"] = [
            {"attribute_code": code, "value": value} for code, value in DOWNLOADS_ATTRIBUTES.items()
        ]
    return sent


def _check(product: Product, product_id: int, answer: dict[str, Any]) -> None:
    moments = [answer.pop("created_at"), answer.pop("updated_at")]
    # Saving a product of which nothing is there says that little is left, and since when.
    low_since = answer["extension_attributes"]["stock_item"].pop("low_stock_date")
    assert (low_since is None) == (product.starts_with > 0)
    for moment in [*moments, low_since or moments[0]]:
        datetime.strptime(moment, "%Y-%m-%d %H:%M:%S")
    attributes = {one["attribute_code"]: one["value"] for one in answer.pop("custom_attributes")}
    beside: dict[str, Any] = {"website_ids": [1, 2, 3], "stock_item": _stock_item(product, product_id)}
    if product.type_id == "downloadable":
        beside["downloadable_product_links"] = [{"id": 1, **LINK, "sample_type": None}]
    expected = {
        "id": product_id,
        "sku": product.sku,
        "name": product.name,
        "attribute_set_id": 4,
        "price": product.price,
        "status": 1,
        "visibility": 4,
        "type_id": product.type_id,
        "weight": product.weight,
        "extension_attributes": beside,
        "product_links": [],
        "options": [],
        "media_gallery_entries": [],
        "tier_prices": [],
    }
    if product.weight is None:
        del expected["weight"]
    assert answer == expected
    downloads = DOWNLOADS_ATTRIBUTES | {"links_exist": "1"} if product.type_id == "downloadable" else {}
    assert attributes == downloads | {
        "options_container": "container2",
        "required_options": "0",
        "has_options": "0",
        "url_key": product.url_key,
        "tax_class_id": "2",
        "msrp_display_actual_price_type": "0",
        "category_ids": [],
    }


def _stock_item(product: Product, product_id: int) -> dict[str, Any]:
    return {
        "item_id": product_id,
        "product_id": product_id,
        "stock_id": 1,
        "qty": product.starts_with,
        "is_in_stock": product.starts_with > 0,
        "is_qty_decimal": False,
        "show_default_notification_message": False,
        "use_config_min_qty": True,
        "min_qty": 0,
        "use_config_min_sale_qty": 1,
        "min_sale_qty": 1,
        "use_config_max_sale_qty": True,
        "max_sale_qty": 10000,
        "use_config_backorders": True,
        "backorders": 0,
        "use_config_notify_stock_qty": True,
        "notify_stock_qty": 1,
        "use_config_qty_increments": True,
        "qty_increments": 0,
        "use_config_enable_qty_inc": True,
        "enable_qty_increments": False,
        "use_config_manage_stock": True,
        "manage_stock": True,
        "is_decimal_divided": False,
        "stock_status_changed_auto": int(product.starts_with == 0),
    }

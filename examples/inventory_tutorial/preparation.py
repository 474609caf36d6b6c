"""Steps 1 to 5: websites, sources, stocks, and goods in the sources. What is there already is left or set anew."""

from __future__ import annotations

import base64
from typing import Any

from examples.inventory_tutorial.shop import Shop, check, having, show, step
from examples.inventory_tutorial.story import (
    BAG,
    COURSE,
    DEFAULT_CATEGORY,
    LINKS,
    PRODUCTS,
    QUANTITIES,
    SITES,
    SKUS,
    SOURCES,
    STOCKS,
)

SETTINGS = {"web/url/use_store": "1", "payment/banktransfer/active": "1"}


def make_websites(shop: Shop, admin: str) -> None:
    step(1, "Two websites, each with a store and a store view")
    for website, name, group, group_name, view, view_name in SITES:
        there = {one["code"]: one for one in shop.get("all", "store/websites", admin)}
        if website not in there:
            there[website] = shop.post("all", "store/websites", {"website": {"code": website, "name": name}}, admin)
        groups = {one["code"]: one for one in shop.get("all", "store/storeGroups", admin)}
        if group not in groups:
            made = {"code": group, "name": group_name, "website_id": there[website]["id"]}
            body = {"group": {**made, "root_category_id": DEFAULT_CATEGORY}}
            groups[group] = shop.post("all", "store/storeGroups", body, admin)
        if view not in {one["code"] for one in shop.get("all", "store/storeViews", admin)}:
            body = {"store": {"code": view, "name": view_name, "store_group_id": groups[group]["id"], "is_active": 1}}
            shop.post("all", "store/storeViews", body, admin)
    for path, value in SETTINGS.items():
        shop.put("all", "store/config", {"config": {"path": path, "value": value}}, admin)
    views = shop.get("all", "store/storeViews", admin)
    show(("Store view", "Code", "Website"), ((v["name"], v["code"], v["website_id"]) for v in views))


def make_sources(shop: Shop, admin: str) -> None:
    step(2, "Six sources")
    for source in SOURCES:
        shop.post("all", "inventory/sources", {"source": source}, admin)
    found = shop.get("all", "inventory/sources", admin)["items"]
    show(("Source", "Code", "City"), ((s["name"], s["source_code"], s.get("city", "")) for s in found))


def make_stocks(shop: Shop, admin: str) -> dict[str, int]:
    """The ids of the stocks by their names."""
    step(3, "Two stocks, each sold on its website")
    ids: dict[str, int] = {one["name"]: one["stock_id"] for one in shop.get("all", "inventory/stocks", admin)["items"]}
    for name, website in STOCKS.items():
        channels = [{"type": "website", "code": website}]
        stock = {"name": name, "extension_attributes": {"sales_channels": channels}}
        if name not in ids:
            ids[name] = shop.post("all", "inventory/stocks", {"stock": stock}, admin)
        resolved = shop.get("all", f"inventory/stock-resolver/website/{website}", admin)
        check(resolved["stock_id"] == ids[name], f"{website} to be sold from {name}", resolved)
    return {name: ids[name] for name in STOCKS}


def link_stocks(shop: Shop, admin: str, stocks: dict[str, int]) -> None:
    step(4, "The sources of each stock, by priority")
    links = [
        {"stock_id": stocks[name], "source_code": code, "priority": priority}
        for name, codes in LINKS.items()
        for priority, code in enumerate(codes, start=1)
    ]
    shop.post("all", "inventory/stock-source-links", {"links": links}, admin)
    for name, codes in LINKS.items():
        route = f"inventory/get-sources-assigned-to-stock-ordered-by-priority/{stocks[name]}"
        ordered = [source["source_code"] for source in shop.get("all", route, admin)]
        check(ordered == codes, f"the sources of {name} in their order", ordered)


def place_goods(shop: Shop, admin: str, stocks: dict[str, int]) -> None:
    step(5, "Three products, and what lies in each source")
    for product in PRODUCTS:
        shop.post("all", "products", {"product": _product(*product)}, admin)
    at_default = [{"sku": sku, "source_code": "default"} for sku in (BAG, "24-WB03")]
    shop.post("all", "inventory/source-items-delete", {"sourceItems": at_default}, admin)
    items = [
        {"sku": sku, "source_code": code, "quantity": quantity, "status": 1}
        for sku, quantities in QUANTITIES.items()
        for code, quantity in quantities.items()
    ]
    shop.post("all", "inventory/source-items", {"sourceItems": items}, admin)
    show_stock(shop, admin, stocks)


def _product(sku: str, name: str, type_id: str, price: int) -> dict[str, Any]:
    extension: dict[str, Any] = {"website_ids": [1, 2, 3]}
    product: dict[str, Any] = {
        "sku": sku,
        "name": name,
        "attribute_set_id": 4,
        "price": price,
        "status": 1,
        "visibility": 4,
        "type_id": type_id,
        "extension_attributes": extension,
    }
    if sku == COURSE:
        film = {"name": "yoga-adventure.txt", "file_data": base64.b64encode(b"Imagine a film here.").decode()}
        link = {"title": name, "sort_order": 0, "price": 0, "number_of_downloads": 0, "is_shareable": 2}
        extension["downloadable_product_links"] = [{**link, "link_type": "file", "link_file_content": film}]
        attributes = {"links_purchased_separately": "0", "links_title": "Downloads", "samples_title": "Samples"}
        product["custom_attributes"] = [{"attribute_code": code, "value": value} for code, value in attributes.items()]
    else:
        product["weight"] = 1
        extension["stock_item"] = {"qty": 100, "is_in_stock": True}
    return product


def show_stock(shop: Shop, admin: str, stocks: dict[str, int]) -> dict[str, list[Any]]:
    """Print what lies where and what may be sold; the salable quantities of each sku, North America's first."""
    rows, salable = [], {}
    for sku in SKUS:
        found = shop.get("all", "inventory/source-items" + having("sku", sku), admin)["items"]
        salable[sku] = [
            shop.get("us", f"inventory/get-product-salable-quantity/{sku}/{stock_id}", admin)
            for stock_id in stocks.values()
        ]
        lies = ", ".join(f"{item['source_code']} {item['quantity']}" for item in found if item["quantity"])
        rows.append((sku, *salable[sku], lies))
    show(("SKU", "Salable in America", "in Europe", "Lies in"), rows)
    return salable

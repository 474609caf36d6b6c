"""A customer who has one of everything, and a shop whose every text field that REST reaches says the same."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from tests.journeys.guest import ADDRESS
from torture.client import Connection
from torture.crowd import SOON_S
from torture.invariants import connect
from torture.shop import Shop

TEXT = object()
"""Stands in a body where the text goes."""
PLAIN = "Plain"
PASSWORD = "Password1"
EMAIL = "cleo@example.com"
SKU, DOWNLOAD = "thing", "download"
MINE = "/rest/default/V1/carts/mine"
ALL = "/rest/all/V1"


class Things(Struct):
    """Ids of what there is."""

    shop: Shop
    text: str
    ids: dict[str, int | str]
    """By their kind."""
    taken: int = 0
    """Fields that took the text."""
    refused: int = 0
    """Fields that refused it, and got a plain word."""
    token: str = ""
    """The customer's."""

    async def put(self, token: str | None, method: str, path: str, template: dict[str, Any]) -> Any:
        """The answer to a body with the text in it; fields that refuse the text get a plain word.

        Raises RuntimeError when it is refused with plain words, too.
        """
        places = list(_places(template))
        async with Connection(self.shop.port, token, patience_s=SOON_S) as caller:
            for spared in ([], *([place] for place in places), places):
                body = _filled(template, (), self.text, spared)
                answer = await caller.call(method, path, body)
                if answer.status == 200:
                    self.taken += len(places) - len(spared)
                    self.refused += len(spared)
                    return answer.body
        raise RuntimeError(f"{method} {path}: {answer}")

    async def admin(self, method: str, route: str, template: dict[str, Any]) -> Any:
        return await self.put(await self.shop.token(), method, f"{ALL}/{route}", template)


async def one_of_everything(shop: Shop, text: str, of_shop: str | None = None) -> Things:
    """`of_shop` is what all says that everybody may see; without it that says the same."""
    things = Things(shop, of_shop or text, {})
    await _stores(things)
    await _catalog(things)
    things.text = text
    await _customer(things)
    await _order(things)
    await _documents(things)
    return things


async def _stores(things: Things) -> None:
    for path in ("general/store_information/name", "general/store_information/city"):
        await things.admin("PUT", "store/config", {"config": {"path": path, "value": TEXT}})
    website = await things.admin("POST", "store/websites", {"website": {"code": "second", "name": TEXT}})
    group = {"website_id": website["id"], "code": "second", "name": TEXT, "root_category_id": 2}
    made = await things.admin("POST", "store/storeGroups", {"group": group})
    view = {"store_group_id": made["id"], "code": "second", "name": TEXT, "is_active": 1}
    await things.admin("POST", "store/storeViews", {"store": view})
    things.ids |= {"website": website["id"], "group": made["id"]}
    source = {"source_code": "text", "name": TEXT, "postcode": TEXT, "country_id": "US", "enabled": True}
    more = dict.fromkeys(("contact_name", "description", "city", "street", "phone", "region"), TEXT)
    await things.admin("POST", "inventory/sources", {"source": source | more})
    things.ids["stock"] = await things.admin("POST", "inventory/stocks", {"stock": {"name": TEXT}})
    things.ids["customer_group"] = (
        await things.admin("POST", "customerGroups", {"group": {"code": TEXT, "tax_class_id": 3}})
    )["id"]
    await things.admin("POST", "taxClasses", {"taxClass": {"class_name": TEXT, "class_type": "PRODUCT"}})
    rate = {"code": TEXT, "tax_country_id": "US", "tax_region_id": 0, "tax_postcode": "*", "rate": 1}
    things.ids["rate"] = (await things.admin("POST", "taxRates", {"taxRate": rate}))["id"]
    await things.admin(
        "POST", "webhooks", {"webhook": {"url": "https://example.com/", "event_types": ["order.placed"]}}
    )
    rule = {"name": TEXT, "description": TEXT, "website_ids": [1], "customer_group_ids": [0, 1], "is_active": True}
    rule |= {"store_labels": [{"store_id": 0, "store_label": TEXT}], "discount_amount": 1, "coupon_type": "NO_COUPON"}
    things.ids["rule"] = (await things.admin("POST", "salesRules", {"rule": rule}))["rule_id"]


async def _catalog(things: Things) -> None:
    labels = {"attribute_code": "text", "frontend_input": "select", "default_frontend_label": TEXT, "scope": "global"}
    shown = {"is_visible_on_front": True, "is_filterable": True, "used_in_product_listing": True, "is_comparable": True}
    attribute = labels | shown | {"options": [{"label": TEXT}], "frontend_labels": [{"store_id": 1, "label": TEXT}]}
    made = await things.admin("POST", "products/attributes", {"attribute": attribute})
    option = next(one["value"] for one in made["options"] if one["value"])
    group = await things.admin(
        "POST", "products/attribute-sets/groups", {"group": {"attribute_group_name": TEXT, "attribute_set_id": 4}}
    )
    placed = {"attributeSetId": 4, "attributeGroupId": int(group["attribute_group_id"]), "sortOrder": 1}
    await things.admin("POST", "products/attribute-sets/attributes", {**placed, "attributeCode": "text"})
    category = {"name": TEXT, "parent_id": 2, "is_active": True, "include_in_menu": True}
    meta = [{"attribute_code": code, "value": TEXT} for code in ("meta_title", "meta_description", "meta_keywords")]
    category["custom_attributes"] = [*meta, {"attribute_code": "url_key", "value": "text"}]
    made_category = await things.admin("POST", "categories", {"category": category})
    named = [{"attribute_code": code, "value": TEXT} for code in ("meta_title", "meta_description", "meta_keyword")]
    product = {"sku": SKU, "name": TEXT, "attribute_set_id": 4, "price": 10, "weight": 1, "type_id": "simple"}
    product |= {"status": 1, "visibility": 4, "options": [_option()]}
    product["custom_attributes"] = [
        *named,
        {"attribute_code": "text", "value": option},
        {"attribute_code": "url_key", "value": SKU},
    ]
    places = [{"category_id": str(made_category["id"]), "position": 1}]
    beside = {"website_ids": [1], "stock_item": {"qty": 1000, "is_in_stock": True}, "category_links": places}
    made = await things.admin("POST", "products", {"product": product | {"extension_attributes": beside}})
    things.ids |= {"product": made["id"], "option": made["options"][0]["option_id"], "category": made_category["id"]}
    await things.admin("POST", "products", {"product": _download()})


def _option() -> dict[str, Any]:
    return {"title": TEXT, "type": "field", "sort_order": 1, "is_require": True, "price": 1, "price_type": "fixed"}


def _download() -> dict[str, Any]:
    content = {"file_data": base64.b64encode(b"secret content").decode(), "name": "secret.txt"}
    link = {"title": TEXT, "sort_order": 1, "is_shareable": 0, "price": 1, "number_of_downloads": 5}
    link |= {"link_type": "file", "link_file_content": content}
    beside = {
        "website_ids": [1],
        "stock_item": {"qty": 1000, "is_in_stock": True},
        "downloadable_product_links": [link],
    }
    return {
        "sku": DOWNLOAD,
        "name": TEXT,
        "attribute_set_id": 4,
        "price": 5,
        "status": 1,
        "visibility": 4,
        "type_id": "downloadable",
        "extension_attributes": beside,
    }


async def _customer(things: Things) -> None:
    names = dict.fromkeys(("firstname", "lastname", "middlename", "prefix", "suffix"), TEXT)
    region = {"region_id": 43}
    address = dict.fromkeys(("firstname", "lastname", "company", "city", "telephone", "fax"), TEXT)
    address |= {"street": [TEXT, TEXT], "country_id": "US", "region": region, "postcode": "10577"}
    defaults = {"default_billing": True, "default_shipping": True}
    account = {"email": EMAIL, "website_id": 1, "addresses": [address | defaults], **names}
    made = await things.put(None, "POST", "/rest/default/V1/customers", {"customer": account, "password": PASSWORD})
    things.ids |= {"customer": made["id"], "address": made["addresses"][0]["id"]}
    async with Connection(things.shop.port) as guest:
        login = {"username": EMAIL, "password": PASSWORD}
        things.token = await guest.good("POST", "/rest/default/V1/integration/customer/token", login)


async def _order(things: Things) -> None:
    """Two orders, and a cart with a line in it."""
    for number in range(3):
        cart = await things.put(things.token, "POST", MINE, {})
        chosen = {"custom_options": [{"option_id": str(things.ids["option"]), "option_value": TEXT}]}
        line = {"sku": SKU, "qty": 1, "quote_id": cart, "product_option": {"extension_attributes": chosen}}
        item = await things.put(things.token, "POST", f"{MINE}/items", {"cartItem": line})
        things.ids |= {"cart": cart, "cart_item": item["item_id"]}
        if number == 2:
            break
        await _add_download(things, str(cart))
        names = dict.fromkeys(("firstname", "lastname", "company", "city", "telephone"), TEXT)
        region = {key: ADDRESS[key] for key in ("region", "region_id", "region_code", "postcode", "country_id")}
        address = {**names, **region, "street": [TEXT], "email": EMAIL}
        to_ship: dict[str, Any] = {"shipping_address": address, "billing_address": address}
        to_ship |= {"shipping_carrier_code": "flatrate", "shipping_method_code": "flatrate"}
        await things.put(things.token, "POST", f"{MINE}/shipping-information", {"addressInformation": to_ship})
        paid = {"paymentMethod": {"method": "checkmo"}, "billing_address": address}
        order = await things.put(things.token, "POST", f"{MINE}/payment-information", paid)
        things.ids["order" if number else "open_order"] = int(order)


async def _add_download(things: Things, cart: str) -> None:
    product = await things.shop.admin("GET", f"products/{DOWNLOAD}")
    [link] = product["extension_attributes"]["downloadable_product_links"]
    option = {"extension_attributes": {"downloadable_option": {"downloadable_links": [link["id"]]}}}
    line = {"sku": DOWNLOAD, "qty": 1, "quote_id": cart, "product_option": option}
    await things.put(things.token, "POST", f"{MINE}/items", {"cartItem": line})


async def _documents(things: Things) -> None:
    order = things.ids["order"]
    said = {"comment": {"comment": TEXT, "is_visible_on_front": 1}, "appendComment": True, "notify": True}
    things.ids["invoice"] = int(await things.admin("POST", f"order/{order}/invoice", {"capture": True, **said}))
    track = {"track_number": TEXT, "title": TEXT, "carrier_code": "custom"}
    things.ids["shipment"] = int(await things.admin("POST", f"order/{order}/ship", {"tracks": [track], **said}))
    lines = (await things.shop.admin("GET", f"orders/{order}"))["items"]
    line = next(line for line in lines if line["sku"] == SKU)
    refund = {"items": [{"order_item_id": line["item_id"], "qty": 1}], "notify": True, **said}
    things.ids["creditmemo"] = int(await things.admin("POST", f"order/{order}/refund", refund))
    history = {"comment": TEXT, "is_visible_on_front": 1, "is_customer_notified": 1}
    await things.admin("POST", f"orders/{order}/comments", {"statusHistory": history})
    async with await connect(things.shop.database_url) as connection:
        found = await (await connection.execute(HASH)).fetchone()
    things.ids["link"] = found[0] if found else ""


HASH = "select link_hash from sales_purchased_link order by purchased_id desc limit 1"


def _places(template: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where the text goes."""
    if template is TEXT:
        yield place
    inside = (
        template.items() if isinstance(template, dict) else enumerate(template) if isinstance(template, list) else ()
    )
    for key, value in inside:
        yield from _places(value, (*place, key))


def _filled(template: Any, place: tuple[Any, ...], text: str, spared: list[tuple[Any, ...]]) -> Any:
    if template is TEXT:
        return PLAIN if place in spared else text
    if isinstance(template, dict):
        return {key: _filled(value, (*place, key), text, spared) for key, value in template.items()}
    if isinstance(template, list):
        return [_filled(value, (*place, number), text, spared) for number, value in enumerate(template)]
    return template

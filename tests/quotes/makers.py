"""Valid things to test carts with."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from entrepot import customers, inventory
from entrepot.catalog.contracts import Product
from entrepot.catalog.products.service import save as save_product
from entrepot.customers import Customer
from entrepot.inventory import SourceItem
from entrepot.kit.context import Context
from entrepot.kit.rest.contract import AttributeValue
from entrepot.stores import write_value
from tests.rest_client import Reply, RestClient

NEW_YORK: dict[str, Any] = {
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


async def a_product(ctx: Context, sku: str, price: str, qty: str = "100", **fields: Any) -> Product:
    """A product of the base website, in stock at the default source."""
    type_id = fields.pop("type_id", "simple")
    attributes = {"url_key": sku.lower(), "tax_class_id": "2", **fields.pop("attributes", {})}
    product = Product(
        sku=sku,
        name=fields.pop("name", f"Product {sku}"),
        attribute_set_id=4,
        price=Decimal(price),
        status=1,
        visibility=4,
        type_id=type_id,
        weight=Decimal(fields.pop("weight", "1")) if type_id == "simple" else None,
        custom_attributes=[AttributeValue(code, value) for code, value in attributes.items()],
        **fields,
    )
    saved = await save_product(ctx, product)
    await inventory.save_source_items(
        ctx, [SourceItem(sku=sku, source_code="default", quantity=Decimal(qty), status=1)]
    )
    return saved


async def configure(ctx: Context, **values: str) -> None:
    """`carriers__flatrate__price="7"` for `carriers/flatrate/price`."""
    for path, value in values.items():
        await write_value(ctx, path.replace("__", "/"), value)


async def a_customer(ctx: Context, email: str = "jdoe@example.com", **fields: Any) -> Customer:
    customer = Customer(
        email=email, firstname="Jane", lastname="Doe", website_id=1, store_id=1, group_id=fields.pop("group_id", 1)
    )
    return await customers.create_account(ctx, customer, fields.pop("password", "Password1"))


async def a_guest_cart(rest: RestClient, *lines: tuple[str, float]) -> str:
    """A guest's cart with these skus and quantities; its masked id."""
    mask: str = (await rest.post("/rest/default/V1/guest-carts")).body
    for sku, qty in lines:
        reply = await add(rest, f"guest-carts/{mask}", sku, qty)
        assert reply.status == 200, reply.body
    return mask


async def add(rest: RestClient, cart: str, sku: str, qty: float, **item: Any) -> Reply:
    return await rest.post(f"/rest/default/V1/{cart}/items", {"cartItem": {"sku": sku, "qty": qty, **item}})


async def ship(
    rest: RestClient, cart: str, carrier: str = "flatrate", method: str = "flatrate", **address: Any
) -> Reply:
    return await rest.post(
        f"/rest/default/V1/{cart}/shipping-information",
        {
            "addressInformation": {
                "shipping_address": {**NEW_YORK, **address},
                "billing_address": {**NEW_YORK, **address},
                "shipping_carrier_code": carrier,
                "shipping_method_code": method,
            }
        },
    )

"""What calls answer has the form that the API document says, also where there is nothing to tell.

The answers are held against the document that the server itself publishes, with schemathesis' reading of it.
"""

from __future__ import annotations

from typing import Any

import pytest
import requests
import schemathesis
from schemathesis.core.failures import Failure

from entrepot.kit.context import Context, Services
from tests.quotes.makers import a_customer, a_guest_cart, a_product, ship
from tests.rest_client import Reply, RestClient
from tests.sales.makers import an_order_of_mugs

ATTRIBUTE_VALUE = "/definitions/framework-attribute-interface/properties/value:"
"""A list where an attribute has several values. Magento's document says string, which clients are generated from."""


class Documented:
    """A caller whose answers are compared with the document."""

    def __init__(self, rest: RestClient, document: dict[str, Any]) -> None:
        self.rest = rest
        self.document = document
        self.schema = schemathesis.openapi.from_dict(document)
        self.wrong: list[str] = []

    async def call(self, method: str, path: str, body: Any = None, **variables: Any) -> Reply:
        """`path` as in the document, with its variables in braces, and perhaps a query."""
        reply = await self.rest.call(method, f"/rest/default{path.format(**variables)}", body)
        sent = requests.Request(method, "http://shop.test/").prepare()
        headers = {name: [value] for name, value in reply.headers.items()}
        answer = schemathesis.Response(reply.status, headers, reply.text.encode(), sent, elapsed=0, verify=True)
        try:
            self.schema[path.partition("?")[0]][method].validate_response(answer)
        except* Failure as failures:
            said = [f"{method} {path}: {failure}" for failure in failures.exceptions]
            self.wrong += [failure for failure in said if ATTRIBUTE_VALUE not in failure]
        return reply


@pytest.fixture
async def documented(admin: RestClient, services: Services) -> Documented:
    document = (await admin.get("/rest/default/schema?services=all")).body
    return Documented(admin, document)


async def test_a_bare_cart_and_its_customer(documented: Documented, ctx: Context, rest: RestClient):
    cart = (await documented.call("POST", "/V1/carts/")).body
    guest = await a_guest_cart(rest)
    for prefix, cart_id in (("/V1/carts/{cartId}", cart), ("/V1/guest-carts/{cartId}", guest)):
        for rest_of_path in (
            "",
            "/items",
            "/totals",
            "/billing-address",
            "/coupons",
            "/selected-payment-method",
            "/gift-message",
            "/payment-methods",
            "/shipping-methods",
        ):
            await documented.call("GET", prefix + rest_of_path, cartId=cart_id)
    await documented.call("GET", "/V1/carts/search?searchCriteria=")
    customer = await a_customer(ctx)
    await documented.call("GET", "/V1/customers/{customerId}", customerId=customer.id)
    await documented.call("GET", "/V1/customers/{customerId}/billingAddress", customerId=customer.id)
    await documented.call("GET", "/V1/customers/{customerId}/shippingAddress", customerId=customer.id)
    assert documented.wrong == []


async def test_a_full_cart_and_its_order(documented: Documented, ctx: Context, rest: RestClient):
    order_id = await an_order_of_mugs(ctx, rest)
    guest = await a_guest_cart(rest, ("mug", 1))
    await ship(rest, f"guest-carts/{guest}", region_id=None, region=None, region_code=None, country_id="GB")
    for rest_of_path in ("", "/items", "/totals", "/billing-address", "/payment-information"):
        await documented.call("GET", "/V1/guest-carts/{cartId}" + rest_of_path, cartId=guest)
    order = (await documented.call("GET", "/V1/orders/{id}", id=order_id)).body
    await documented.call("GET", "/V1/orders?searchCriteria=")
    await documented.call("GET", "/V1/orders/{id}/statuses", id=order_id)
    await documented.call("GET", "/V1/orders/{id}/comments", id=order_id)
    await documented.call("GET", "/V1/orders/items?searchCriteria=")
    sent = {
        name: order[name]
        for name in ("customer_email", "base_grand_total", "grand_total", "billing_address", "payment")
    }
    sent["items"] = [{"sku": "mug", "name": "Mug", "qty_ordered": 1}]
    await documented.call("POST", "/V1/orders", {"entity": sent})
    await documented.call("PUT", "/V1/orders/create", {"entity": {"entity_id": order_id, "status": "pending"}})
    assert documented.wrong == []


async def test_metadata_and_prices(documented: Documented, ctx: Context):
    await a_product(ctx, "mug", "10")
    await documented.call("GET", "/V1/attributeMetadata/customer")
    await documented.call("GET", "/V1/products/attributes?searchCriteria=")
    await documented.call(
        "POST",
        "/V1/products/base-prices",
        {"prices": [{"sku": "mug", "price": 12, "store_id": 0}, {"sku": "none", "price": 1, "store_id": 0}]},
    )
    await documented.call(
        "POST", "/V1/products/cost", {"prices": [{"sku": "mug", "cost": -1, "store_id": 0}, {"sku": "mug", "cost": 1}]}
    )
    assert documented.wrong == []


async def test_refusals(documented: Documented, ctx: Context):
    await documented.call("GET", "/V1/products/{sku}", sku="none")
    await documented.call("POST", "/V1/customers", {"customer": {"email": "x"}})
    await documented.call("POST", "/V1/customers", {})
    await documented.call("GET", "/V1/orders/{id}", id="x")
    assert documented.wrong == []


async def test_whatever_can_be_read_without_naming_anything(documented: Documented, ctx: Context, rest: RestClient):
    await an_order_of_mugs(ctx, rest)
    statuses = []
    for path, methods in documented.document["paths"].items():
        if "get" in methods and "{" not in path:
            statuses.append((await documented.call("GET", f"{path}?searchCriteria=")).status)
    assert documented.wrong == []
    # Or else refusals only would have been looked at.
    assert statuses.count(200) > 40

"""Orders to test with."""

from __future__ import annotations

from typing import Any

from entrepot.kit.context import Context
from tests.quotes.makers import NEW_YORK, a_guest_cart, a_product, ship
from tests.rest_client import Reply, RestClient

CHECK = {"method": "checkmo"}

AUSTIN: dict[str, Any] = {
    "region": "Texas",
    "region_id": 57,
    "region_code": "TX",
    "country_id": "US",
    "street": ["1 Main Street"],
    "postcode": "78758",
    "city": "Austin",
    "firstname": "Jane",
    "lastname": "Doe",
    "email": "jane@example.com",
    "telephone": "512-555-1111",
}


async def pay(rest: RestClient, mask: str, *, email: str = "jdoe@example.com", **payment: Any) -> Reply:
    """Order a guest's cart; the billing address stays as it is."""
    return await rest.post(
        f"/rest/default/V1/guest-carts/{mask}/payment-information",
        {"email": email, "paymentMethod": CHECK | payment},
    )


async def a_ready_cart(rest: RestClient, *lines: tuple[str, int], **address: Any) -> str:
    """A guest's cart that only has to be paid; its masked id."""
    mask = await a_guest_cart(rest, *lines)
    reply = await ship(rest, f"guest-carts/{mask}", **{**NEW_YORK, **address})
    assert reply.status == 200, reply.body
    return mask


async def an_order(rest: RestClient, *lines: tuple[str, int], **address: Any) -> int:
    """A guest's order of these skus and quantities; its id."""
    reply = await pay(rest, await a_ready_cart(rest, *lines, **address))
    assert reply.status == 200, reply.body
    return int(reply.body)


async def an_order_of_mugs(ctx: Context, rest: RestClient, qty: int = 2, in_stock: str = "100") -> int:
    """The worked example of spec 60, 4.1: mugs at 10 and 5 for shipping each, to Jane in Austin."""
    await a_product(ctx, "mug", "10", qty=in_stock, name="Mug")
    mask = await a_ready_cart(rest, ("mug", qty), **AUSTIN)
    reply = await pay(rest, mask, email="jane@example.com")
    assert reply.status == 200, reply.body
    return int(reply.body)


async def a_customers_order(jane: RestClient, *lines: tuple[str, int], **address: Any) -> int:
    """An order of a signed-in customer; its id."""
    await jane.post("/rest/default/V1/carts/mine")
    for sku, qty in lines:
        reply = await jane.post("/rest/default/V1/carts/mine/items", {"cartItem": {"sku": sku, "qty": qty}})
        assert reply.status == 200, reply.body
    reply = await ship(jane, "carts/mine", **address)
    assert reply.status == 200, reply.body
    reply = await jane.post("/rest/default/V1/carts/mine/payment-information", {"paymentMethod": CHECK})
    assert reply.status == 200, reply.body
    return int(reply.body)

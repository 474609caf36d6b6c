"""Orders of three lines from two sources, on which many work at the same moment over HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from itertools import count
from typing import Any, NamedTuple

from tests.journeys.caller import Shop, search
from tests.journeys.guest import ADDRESS, GUEST_CARTS, TO_SHIP
from tests.journeys.keep_alive import Answer, Connection, connected
from tests.running_server import Running

TIMES = 20
PATIENCE_S = 300
"""For a machine that has other things to do; nothing here is about how long it takes."""
NEAR, FAR = "near", "far"
IN_NEAR, IN_FAR = 2, 100
"""What lies in the sources of each product. The nearer one has less than the order wants of lamps."""
ORDERED = {"lamp": 5, "vase": 2, "rug": 1}
PRICES = {"lamp": 10, "vase": 20, "rug": 30}
SHIPPING = 40
"""Five for each of the eight pieces."""
TOTAL = 160
"""50 + 40 + 30 of goods, and the shipping."""


_numbers = count(1)


class Call(NamedTuple):
    """A post to what stands behind `all/V1/`."""

    path: str
    body: Any = None


class Order(NamedTuple):
    """An order of products that nobody else has ordered, so that what is left of them is its own doing."""

    entity_id: int
    number: int
    items: dict[str, int]
    """Ids of its lines."""

    def sku(self, name: str) -> str:
        return f"{name}-{self.number}"

    def invoice(self, **quantities: int) -> Call:
        return Call(f"order/{self.entity_id}/invoice", self._lines(quantities))

    def ship(self, source_code: str, **quantities: int) -> Call:
        source = {"arguments": {"extension_attributes": {"source_code": source_code}}}
        return Call(f"order/{self.entity_id}/ship", self._lines(quantities) | source)

    def refund(self, **quantities: int) -> Call:
        """Named lines without shipping, or all; the goods go back to the stock."""
        return Call(f"order/{self.entity_id}/refund", self.returning(**quantities))

    def cancel(self) -> Call:
        return Call(f"orders/{self.entity_id}/cancel")

    def returning(self, **quantities: int) -> dict[str, Any]:
        """The body of a refund."""
        arguments: dict[str, Any] = {"shipping_amount": 0} if quantities else {}
        returned = [self.items[name] for name in quantities or self.items]
        arguments["extension_attributes"] = {"return_to_stock_items": returned}
        return self._lines(quantities) | {"arguments": arguments}

    def _lines(self, quantities: dict[str, int]) -> dict[str, Any]:
        return {"items": [{"order_item_id": self.items[name], "qty": qty} for name, qty in quantities.items()]}


def open_sources(shop: Shop) -> int:
    """The sources of the website, the nearer one first; the id of their stock."""
    for code in (NEAR, FAR):
        source = {"source_code": code, "name": code, "postcode": "1", "country_id": "US", "enabled": True}
        shop.admin.do("all/V1/inventory/sources", {"source": source})
    channel = {"type": "website", "code": "base"}
    stock = {"name": "Two", "extension_attributes": {"sales_channels": [channel]}}
    stock_id = int(shop.admin.do("all/V1/inventory/stocks", {"stock": stock}))
    links = [
        {"stock_id": stock_id, "source_code": code, "priority": place}
        for place, code in enumerate((NEAR, FAR), start=1)
    ]
    shop.admin.do("all/V1/inventory/stock-source-links", {"links": links})
    return stock_id


async def an_order(admin: Connection, guest: Connection, method: str = "checkmo") -> Order:
    number = next(_numbers)
    skus = {name: f"{name}-{number}" for name in ORDERED}
    for name, sku in skus.items():
        await admin.good("POST", "all/V1/products", {"product": _product(sku, PRICES[name])})
    there = {NEAR: IN_NEAR, FAR: IN_FAR, "default": 0}
    items = [
        {"sku": sku, "source_code": code, "quantity": quantity, "status": 1}
        for sku in skus.values()
        for code, quantity in there.items()
    ]
    await admin.good("POST", "all/V1/inventory/source-items", {"sourceItems": items})
    order_id = await _buy(guest, [(skus[name], qty) for name, qty in ORDERED.items()], method)
    order = await admin.good("GET", f"all/V1/orders/{order_id}")
    assert (order["grand_total"], order["shipping_amount"]) == (TOTAL, SHIPPING)
    return Order(order_id, number, {item["sku"].split("-")[0]: item["item_id"] for item in order["items"]})


async def at_once(server: Running, token: str, calls: Sequence[Call]) -> list[Answer]:
    """What all are answered, each on a connection of its own; each must be good or refused, and none a failure."""
    async with AsyncExitStack() as stack, asyncio.timeout(PATIENCE_S):
        callers = [await stack.enter_async_context(connected(server.url, token)) for _ in calls]
        answers = await asyncio.gather(
            *(caller.post(f"all/V1/{call.path}", call.body) for caller, call in zip(callers, calls, strict=True))
        )
    assert {answer.status for answer in answers} <= {200, 400}, answers
    return answers


async def documents(admin: Connection, kind: str, order: Order) -> list[Any]:
    """`invoices`, `shipments` or `creditmemos` of the order; each has its own number."""
    found = await admin.good("GET", f"all/V1/{kind}?{search('order_id', str(order.entity_id))}")
    assert len({document["increment_id"] for document in found["items"]}) == found["total_count"]
    return list(found["items"])


async def in_sources(admin: Connection, sku: str) -> tuple[Any, Any]:
    """What lies in the nearer and in the farther one."""
    found = await admin.good("GET", f"all/V1/inventory/source-items?{search('sku', sku)}")
    quantities = {item["source_code"]: item["quantity"] for item in found["items"]}
    return quantities[NEAR], quantities[FAR]


async def salable(admin: Connection, sku: str, stock_id: int) -> Any:
    return await admin.good("GET", f"all/V1/inventory/get-product-salable-quantity/{sku}/{stock_id}")


def _product(sku: str, price: int) -> dict[str, Any]:
    return {
        "sku": sku,
        "name": sku,
        "attribute_set_id": 4,
        "price": price,
        "status": 1,
        "visibility": 4,
        "type_id": "simple",
        "weight": 1,
        "extension_attributes": {"website_ids": [1]},
    }


async def _buy(guest: Connection, lines: list[tuple[str, int]], method: str) -> int:
    mask: str = await guest.good("POST", GUEST_CARTS)
    for sku, qty in lines:
        await guest.good("POST", f"{GUEST_CARTS}/{mask}/items", {"cartItem": {"sku": sku, "qty": qty}})
    await guest.good("POST", f"{GUEST_CARTS}/{mask}/shipping-information", TO_SHIP)
    payment = {"email": ADDRESS["email"], "paymentMethod": {"method": method}, "billing_address": ADDRESS}
    return int(await guest.good("POST", f"{GUEST_CARTS}/{mask}/payment-information", payment))

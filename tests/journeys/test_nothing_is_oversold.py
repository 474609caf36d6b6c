"""Many buyers at the same moment, over HTTP, against a server of two processes (spec 50, 9.7; 51, 9)."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.guest import ADDRESS, GUEST_CARTS, TO_SHIP
from tests.journeys.keep_alive import Answer, Connection, connected
from tests.running_server import PASSWORD, Running, running_server

BUYERS = 200
THERE = 50
TIMES = 20
PATIENCE_S = 300
"""For a machine that has other things to do; nothing here is about how long it takes."""

MINE = "default/V1/carts/mine"
TO_PAY = {"email": "jdoe@example.com", "paymentMethod": {"method": "checkmo"}, "billing_address": ADDRESS}
TOO_FEW = "The requested qty is not available"
SOLD_OUT = "Some of the products are out of stock."
USED_UP = "The coupon code isn't valid. Verify the code and try again."


@pytest.fixture
def server(committed_url: str, tmp_path: Path) -> Any:
    with running_server(committed_url, tmp_path, "--workers", "2") as server:
        yield server


@pytest.fixture
async def admin(server: Running) -> AsyncIterator[Connection]:
    async with connected(server.url) as guest:
        account = {"username": "admin", "password": PASSWORD}
        token = await guest.good("POST", "all/V1/integration/admin/token", account)
    async with connected(server.url, token) as admin:
        yield admin


async def test_two_hundred_buyers_of_fifty_lamps_make_fifty_orders(server: Running, admin: Connection):
    await a_lamp(admin, qty=THERE)

    answers = await all_buy(server)

    assert Counter(answer.status for answer in answers) == {200: THERE, 400: BUYERS - THERE}
    # Who comes while some are left is told that the quantity is not there; who comes later, that nothing is.
    assert {answer.body["message"] for answer in answers if answer.status == 400} <= {TOO_FEW, SOLD_OUT}
    assert sorted(answer.body for answer in answers if answer.status == 200) == sorted(
        str(order["entity_id"]) for order in await orders(admin)
    )
    numbers = [order["increment_id"] for order in await orders(admin)]
    assert len(set(numbers)) == THERE
    assert await salable(admin) == 0
    # What is promised has not left the shelf.
    assert [item["quantity"] for item in await source_items(admin)] == [THERE]


async def test_a_coupon_of_fifty_uses_makes_fifty_orders_cheaper(server: Running, admin: Connection):
    plenty = 10_000
    await a_lamp(admin, qty=plenty)
    coupon_id = await a_coupon(admin, "SAVE10", uses=THERE)

    answers = await all_buy(server, coupon="SAVE10")

    # All were shown the discount: nobody pays the full price without having been told.
    assert Counter(answer.status for answer in answers) == {200: THERE, 400: BUYERS - THERE}
    assert {answer.body["message"] for answer in answers if answer.status == 400} == {USED_UP}
    made = await orders(admin)
    assert Counter((order["discount_amount"], order["grand_total"]) for order in made) == {(-1, 14): THERE}
    assert {order["coupon_code"] for order in made} == {"SAVE10"}
    coupon = await admin.good("GET", f"all/V1/coupons/{coupon_id}")
    assert coupon["times_used"] == THERE
    assert (await admin.good("GET", f"all/V1/salesRules/{coupon['rule_id']}"))["times_used"] == THERE
    assert await salable(admin) == plenty - len(made)


async def test_a_customers_cart_that_is_submitted_twenty_times_is_one_order(server: Running, admin: Connection):
    await a_lamp(admin, qty=THERE)
    token = await a_customer(server)
    async with connected(server.url, token) as jane:
        cart_id = await jane.good("POST", MINE)
        await jane.good("POST", f"{MINE}/items", {"cartItem": {"sku": "lamp", "qty": 2, "quote_id": cart_id}})
        await jane.good("POST", f"{MINE}/shipping-information", TO_SHIP)

    answers = await at_once(server, f"{MINE}/payment-information", token=token)

    assert Counter(answer.status for answer in answers)[200] == 1
    refusals = [answer for answer in answers if answer.status != 200]
    assert {answer.status for answer in refusals} <= {400, 404}
    assert all(answer.body["message"] for answer in refusals)
    [order] = await orders(admin)
    assert [answer.body for answer in answers if answer.status == 200] == [str(order["entity_id"])]
    assert (order["total_qty_ordered"], order["quote_id"]) == (2, cart_id)
    assert await salable(admin) == THERE - 2


async def test_a_call_with_one_idempotency_key_is_one_order_and_twenty_equal_answers(
    server: Running, admin: Connection
):
    await a_lamp(admin, qty=THERE)
    async with connected(server.url) as guest:
        mask = await a_ready_cart(guest)

    answers = await at_once(server, f"{GUEST_CARTS}/{mask}/payment-information", key="6f1d6c1e-4d0e-4f0a-9d0c")

    [order] = await orders(admin)
    assert [(answer.status, answer.text) for answer in answers] == [(200, f'"{order["entity_id"]}"')] * TIMES
    assert await salable(admin) == THERE - 1


async def a_lamp(admin: Connection, qty: int) -> None:
    """At 10, in the default source."""
    product = {
        "sku": "lamp",
        "name": "Lamp",
        "attribute_set_id": 4,
        "price": 10,
        "status": 1,
        "visibility": 4,
        "type_id": "simple",
        "weight": 1,
        "extension_attributes": {"website_ids": [1], "stock_item": {"qty": qty, "is_in_stock": True}},
    }
    await admin.good("POST", "all/V1/products", {"product": product})
    assert await salable(admin) == qty


async def a_coupon(admin: Connection, code: str, uses: int) -> int:
    """A tenth off for everybody; the coupon's id."""
    rule = {
        "name": "Ten percent",
        "website_ids": [1],
        "customer_group_ids": [0, 1],
        "is_active": True,
        "simple_action": "by_percent",
        "discount_amount": 10,
        "coupon_type": "SPECIFIC_COUPON",
        "uses_per_coupon": uses,
    }
    made = await admin.good("POST", "all/V1/salesRules", {"rule": rule})
    coupon = {"rule_id": made["rule_id"], "code": code, "is_primary": True}
    coupon_id: int = (await admin.good("POST", "all/V1/coupons", {"coupon": coupon}))["coupon_id"]
    return coupon_id


async def a_customer(server: Running) -> str:
    """The token of a new one."""
    account = {"email": "jdoe@example.com", "firstname": "Jane", "lastname": "Doe"}
    login = {"username": "jdoe@example.com", "password": "Password1"}
    async with connected(server.url) as guest:
        await guest.good("POST", "default/V1/customers", {"customer": account, "password": "Password1"})
        token: str = await guest.good("POST", "default/V1/integration/customer/token", login)
    return token


async def a_ready_cart(guest: Connection, coupon: str | None = None) -> str:
    """The masked id of a guest's cart that only has to be paid."""
    mask: str = await guest.good("POST", GUEST_CARTS)
    await guest.good("POST", f"{GUEST_CARTS}/{mask}/items", {"cartItem": {"sku": "lamp", "qty": 1, "quote_id": mask}})
    if coupon:
        assert await guest.good("PUT", f"{GUEST_CARTS}/{mask}/coupons/{coupon}") is True
    await guest.good("POST", f"{GUEST_CARTS}/{mask}/shipping-information", TO_SHIP)
    return mask


async def all_buy(server: Running, coupon: str | None = None) -> list[Answer]:
    """Each buyer has a connection; when all stand at the till, all pay at once."""
    async with AsyncExitStack() as stack, asyncio.timeout(PATIENCE_S):
        buyers = [await stack.enter_async_context(connected(server.url)) for _ in range(BUYERS)]
        masks = await asyncio.gather(*(a_ready_cart(buyer, coupon) for buyer in buyers))
        return await asyncio.gather(
            *(
                buyer.post(f"{GUEST_CARTS}/{mask}/payment-information", TO_PAY)
                for buyer, mask in zip(buyers, masks, strict=True)
            )
        )


async def at_once(server: Running, path: str, *, token: str | None = None, key: str | None = None) -> list[Answer]:
    """What one payment is answered that arrives TIMES times."""
    headers = {"Idempotency-Key": key} if key else {}
    async with AsyncExitStack() as stack, asyncio.timeout(PATIENCE_S):
        windows = [await stack.enter_async_context(connected(server.url, token)) for _ in range(TIMES)]
        return await asyncio.gather(*(window.post(path, TO_PAY, headers) for window in windows))


async def orders(admin: Connection) -> list[dict[str, Any]]:
    found = await admin.good("GET", "all/V1/orders?searchCriteria[page_size]=1000")
    assert found["total_count"] == len(found["items"])
    return list(found["items"])


async def source_items(admin: Connection) -> list[dict[str, Any]]:
    one = "searchCriteria[filter_groups][0][filters][0]"
    found = await admin.good("GET", f"all/V1/inventory/source-items?{one}[field]=sku&{one}[value]=lamp")
    return list(found["items"])


async def salable(admin: Connection) -> Any:
    return await admin.good("GET", "all/V1/inventory/get-product-salable-quantity/lamp/1")

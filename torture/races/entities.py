"""One thing that many make, change or move at the same moment."""

from __future__ import annotations

import asyncio
import random
import uuid

from tests.journeys.guest import GUEST_CARTS
from torture.client import Connection
from torture.crowd import PATIENCE_S, Call, at_once
from torture.guests import PLENTY, Journal, ordering
from torture.invariants import connect
from torture.shop import Shop

TIMES = 50
TREE = 8
"""Categories, of which each may go below each other."""
BULKS = 3
BULK_S = 120

ASTRAY = """
    select c.category_id, c.path, c.level, c.children_count
    from category c
    left join category parent on parent.category_id = c.parent_id
    where c.category_id <> 1
    and (
        parent.category_id is null
        or c.path <> parent.path || '/' || c.category_id
        or c.level <> parent.level + 1
        or c.children_count <> (select count(*) from category below where below.path like c.path || '/%')
    )
"""
"""Categories that hang nowhere, below themselves, or whose place is not the one that is written down."""


async def one_customer(shop: Shop, email: str) -> tuple[str, list[str]]:
    account = {"customer": {"email": email, "firstname": "Ada", "lastname": "L"}, "password": "Password1"}
    outcome = await at_once(shop, [Call("POST", "/rest/default/V1/customers", account)] * TIMES)
    faults = outcome.faults(200, 400)
    rows = await count(shop, "select count(*) from customer where email = %s", email)
    if (len(outcome.good), rows) != (1, 1):
        faults.append(f"{len(outcome.good)} were told that it was made, {rows} are there")
    return f"one customer made {TIMES} times: {dict(outcome.statuses)}", faults


async def one_sku(shop: Shop, sku: str) -> tuple[str, list[str]]:
    products = [
        {"sku": sku, "name": f"{sku} {number}", "attribute_set_id": 4, "price": number, "type_id": "simple"}
        for number in range(TIMES)
    ]
    calls = [Call("POST", "/rest/all/V1/products", {"product": product}) for product in products]
    outcome = await at_once(shop, calls, await shop.token())
    faults = outcome.faults(200, 400)
    rows = await count(shop, "select count(*) from product where sku = %s", sku)
    if rows != 1 or not outcome.good:
        faults.append(f"{len(outcome.good)} were told that it was saved, {rows} are there")
    return f"one product made {TIMES} times: {dict(outcome.statuses)}", faults


async def one_key(shop: Shop) -> tuple[str, list[str]]:
    """One thing happens, and half of the callers hear of it; the others are told that theirs did not happen."""
    sku, headers = next(iter(PLENTY)), {"Idempotency-Key": str(uuid.uuid4())}
    async with Connection(shop.port, patience_s=PATIENCE_S) as guest:
        cart = await guest.good("POST", f"/rest/{GUEST_CARTS}")
        path = f"/rest/{GUEST_CARTS}/{cart}/items"
        bodies = [{"cartItem": {"quote_id": cart, "sku": sku, "qty": 1 + number % 2}} for number in range(TIMES)]
        outcome = await at_once(shop, [Call("POST", path, body, headers) for body in bodies])
        lines = await guest.good("GET", path)
    faults = outcome.faults(200, 422)
    if outcome.statuses[200] != TIMES // 2 or len({answer.content for answer in outcome.good}) != 1:
        faults.append(f"not half of them were answered the same: {dict(outcome.statuses)}")
    if [line["qty"] for line in lines] != [outcome.good[0].body["qty"]] if outcome.good else lines:
        faults.append(f"in the cart are {lines}")
    return f"one key {TIMES} times with two bodies: {dict(outcome.statuses)}", faults


async def circles(shop: Shop, name: str) -> tuple[str, list[str]]:
    """Each category is put below each other one, all at once, and again."""
    ids: list[int] = []
    for number in range(TREE):
        category = {"name": f"{name} {number}", "parent_id": ids[-1] if ids and number % 2 else 2, "is_active": True}
        ids.append((await shop.admin("POST", "categories", {"category": category}))["id"])
    pairs = [(one, other) for one in ids for other in ids if one != other]
    moves = [Call("PUT", f"/rest/all/V1/categories/{one}/move", {"parentId": other}) for one, other in pairs]
    outcome = await at_once(shop, random.sample(moves, len(moves)), await shop.token())
    faults = outcome.faults(200, 400)
    async with await connect(shop.database_url) as connection:
        if astray := await (await connection.execute(ASTRAY)).fetchall():
            faults.append(f"{len(astray)} categories are astray, such as {astray[0]}")
        [[there]] = await (
            await connection.execute("select count(*) from category where category_id = any(%s)", [ids])
        ).fetchall()
    if there != TREE:
        faults.append(f"{there} of {TREE} categories are left")
    return f"{len(moves)} moves within {TREE} categories: {dict(outcome.statuses)}", faults


async def saves_beside_bulks(shop: Shop, name: str) -> tuple[str, list[str]]:
    """The same products are saved one by one and many at a time, in opposite orders."""
    skus = [f"{name}-{number}" for number in range(20)]
    drafts = [{"sku": sku, "name": sku, "attribute_set_id": 4, "price": 1, "type_id": "simple"} for sku in skus]
    bodies = [{"product": draft} for draft in drafts]
    token = await shop.token()
    single = [Call("PUT", f"/rest/all/V1/products/{body['product']['sku']}", body) for body in bodies]
    bulks = asyncio.gather(
        *(shop.bulk("POST", "products", bodies[::way], within_s=BULK_S) for way in (1, -1, 1)[:BULKS])
    )
    outcome = await at_once(shop, single * 2, token)
    await bulks
    faults = outcome.faults(200)
    failed = await count(shop, "select count(*) from bulk_operation where status in (2, 3)")
    if failed:
        faults.append(f"{failed} operations of bulks failed")
    rows = await count(shop, "select count(*) from product where sku = any(%s)", skus)
    if rows != len(skus):
        faults.append(f"{rows} of {len(skus)} products are there")
    return f"{len(single) * 2} saves beside {BULKS} bulks of the same products: {dict(outcome.statuses)}", faults


async def configuration_beside_orders(shop: Shop, journal: Journal, times: int) -> tuple[str, list[str]]:
    settings = [
        {"path": "sales/minimum_order/description", "value": f"{number}", "scope": "default"} for number in range(times)
    ]
    async with ordering(shop.port, list(PLENTY), 4, journal, patience_s=PATIENCE_S):
        outcome = await at_once(
            shop, [Call("PUT", "/rest/all/V1/store/config", {"config": one}) for one in settings], await shop.token()
        )
    return f"{times} settings beside orders: {dict(outcome.statuses)}", outcome.faults(200)


async def count(shop: Shop, statement: str, *values: object) -> int:
    async with await connect(shop.database_url) as connection:
        found = await (await connection.execute(statement, values)).fetchone()
    return int(found[0]) if found else 0

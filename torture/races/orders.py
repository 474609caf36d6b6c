"""Guests who want the same pieces, the same uses of a coupon, the same order."""

from __future__ import annotations

import random
import uuid
from collections.abc import Sequence

from tests.journeys.guest import GUEST_CARTS, TO_SHIP
from torture.client import Answer, Connection
from torture.crowd import Call, Outcome, at_once, prepared
from torture.guests import PLENTY, TO_PAY, Journal
from torture.shop import Shop, make_product

GUESTS = 60
PIECES = 15
TIMES = 20
COUPON_USES = 5
COUPON_GUESTS = 40
BASKET = 5


async def oversell(shop: Shop, journal: Journal, name: str) -> tuple[str, list[str]]:
    """Sixty guests have one of fifteen pieces in their carts, and pay."""
    await make_product(shop, name, PIECES)
    carts = await prepared(shop, GUESTS, lambda guest: filled(guest, [name]))
    outcome = await all_pay(shop, carts, journal)
    sold = len(outcome.good)
    faults = outcome.faults(200, 400)
    if sold != PIECES:
        faults.append(f"{sold} of {PIECES} pieces were sold")
    return f"{sold} of {PIECES} pieces sold to {GUESTS} guests", faults


async def opposite_orders(shop: Shop, journal: Journal, guests: int = GUESTS) -> tuple[str, list[str]]:
    """Carts of the same products, put in from the first to the last, from the last to the first, and anyhow."""
    skus = list(PLENTY)[:BASKET]
    ways = [skus, skus[::-1], random.sample(skus, BASKET)]
    carts = await prepared(shop, guests, lambda guest: filled(guest, random.choice(ways)))
    outcome = await all_pay(shop, carts, journal)
    return f"{len(outcome.good)} of {guests} baskets sold", outcome.faults(200)


async def coupon(shop: Shop, journal: Journal, code: str) -> tuple[str, list[str]]:
    """Forty guests have seen the discount of a coupon that five of them may use."""
    await make_coupon(shop, code, COUPON_USES)
    sku = next(iter(PLENTY))
    carts = await prepared(shop, COUPON_GUESTS, lambda guest: filled(guest, [sku], code))
    outcome = await all_pay(shop, carts, journal)
    faults = outcome.faults(200, 400)
    if len(outcome.good) != COUPON_USES:
        faults.append(f"{len(outcome.good)} orders were placed with a coupon of {COUPON_USES} uses")
    return f"{len(outcome.good)} of {COUPON_GUESTS} guests with a coupon of {COUPON_USES} uses", faults


async def one_cart(shop: Shop, journal: Journal, *, keyed: bool) -> tuple[str, list[str]]:
    """One cart is sent twenty times. Under one key all hear of the same order; without, one does."""
    [cart] = await prepared(shop, 1, lambda guest: filled(guest, list(PLENTY)[:2]))
    outcome = await all_pay(shop, [cart] * TIMES, journal, key=str(uuid.uuid4()) if keyed else None)
    told = {answer.body for answer in outcome.good}
    faults = outcome.faults(200) if keyed else outcome.faults(200, 400, 404)
    if len(told) != 1 or (not keyed and len(outcome.good) != 1):
        faults.append(f"{len(outcome.good)} answers tell of the orders {told}")
    how = "under one key" if keyed else "without a key"
    return f"one cart sent {TIMES} times {how}: {dict(outcome.statuses)}", faults


async def all_pay(shop: Shop, carts: Sequence[str], journal: Journal, key: str | None = None) -> Outcome:
    """Who is told of an order has it, under the cart that was sent."""
    headers = {"Idempotency-Key": key} if key else None
    journal.submitted.update(carts)
    paying = [Call("POST", f"/rest/{GUEST_CARTS}/{cart}/payment-information", TO_PAY, headers) for cart in carts]
    outcome = await at_once(shop, paying)
    for cart, answer in zip(carts, outcome.by_call, strict=True):
        if isinstance(answer, Answer) and answer.status == 200:
            journal.acknowledge(cart, int(answer.body))
    return outcome


async def filled(guest: Connection, skus: Sequence[str], code: str | None = None) -> str:
    """The masked id of a cart that only has to be paid."""
    cart: str = await guest.good("POST", f"/rest/{GUEST_CARTS}")
    here = f"/rest/{GUEST_CARTS}/{cart}"
    for sku in skus:
        await guest.good("POST", f"{here}/items", {"cartItem": {"quote_id": cart, "sku": sku, "qty": 1}})
    if code:
        await guest.good("PUT", f"{here}/coupons/{code}")
    await guest.good("POST", f"{here}/shipping-information", TO_SHIP)
    return cart


async def make_coupon(shop: Shop, code: str, uses: int) -> None:
    """A tenth off for everybody."""
    rule = {
        "name": code,
        "website_ids": [1],
        "customer_group_ids": [0, 1],
        "is_active": True,
        "simple_action": "by_percent",
        "discount_amount": 10,
        "coupon_type": "SPECIFIC_COUPON",
        "uses_per_coupon": uses,
    }
    made = await shop.admin("POST", "salesRules", {"rule": rule})
    await shop.admin("POST", "coupons", {"coupon": {"rule_id": made["rule_id"], "code": code, "is_primary": True}})

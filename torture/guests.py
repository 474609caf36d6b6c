"""Guests who order without a pause, and the journal of what the shop told them."""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from tests.journeys.guest import ADDRESS, GUEST_CARTS, TO_SHIP
from torture.client import PATIENCE_S, Answer, Connection, Cut, Failed, Refused, Unanswered

PLENTY = {f"plenty-{number}": 1_000_000 for number in range(6)}
"""Products that no number of guests buys up, and how much there is of each."""
TO_PAY = {"email": ADDRESS["email"], "paymentMethod": {"method": "checkmo"}, "billing_address": ADDRESS}
PERSISTENCE_S = 60
"""So long a guest who repeats sends the same order again."""
PAUSE_S = 0.1
"""After a failure."""
CAN_BE_SOLD_OUT = ("not available", "out of stock", "not as many")


class Journal:
    """What guests sent and what they were told."""

    def __init__(self) -> None:
        self.acknowledged: dict[str, int] = {}
        """The order's id by the masked id of the cart."""
        self.submitted: set[str] = set()
        """Carts that were sent to be ordered, whether or not somebody said that they are."""
        self.answers: Counter[str] = Counter()
        self.unanswered = 0
        """Calls whose answer did not come within the patience."""
        self.cut = 0
        """Calls whose connection was let in and then ended."""
        self.odd: Counter[str] = Counter()
        """Answers that no client should ever see, by their status."""
        self.first_odd = ""
        self.longest_gap_s = 0.0
        """Without any acknowledged order."""
        self._last = time.monotonic()

    def begin(self) -> None:
        self._last = time.monotonic()

    def acknowledge(self, cart: str, order_id: int) -> None:
        now = time.monotonic()
        self.longest_gap_s, self._last = max(self.longest_gap_s, now - self._last), now
        if self.acknowledged.setdefault(cart, order_id) != order_id:
            self._object("two orders", f"cart {cart} became the orders {self.acknowledged[cart]} and {order_id}")

    def note(self, what: str, answer: Answer) -> None:
        self.answers[f"{what} {answer.status}"] += 1
        if not _is_proper(answer):
            self._object(f"{what} {answer.status}", str(answer))

    def note_failure(self, what: str, failure: Failed) -> None:
        self.answers[f"{what} {type(failure).__name__}"] += 1
        self.unanswered += isinstance(failure, Unanswered)
        self.cut += isinstance(failure, Cut)

    def faults(self) -> list[str]:
        """What is wrong whatever is done to the shop."""
        found = []
        if self.unanswered:
            found.append(f"{self.unanswered} calls without an answer in {PATIENCE_S} s")
        if self.odd:
            found.append(f"odd answers {dict(self.odd)}, the first was {self.first_odd}")
        return found

    def _object(self, kind: str, said: str) -> None:
        self.odd[kind] += 1
        self.first_odd = self.first_odd or said


def _is_proper(answer: Answer) -> bool:
    """Done, sold out, or an outage that says when to come again."""
    if answer.status == 503:
        return "retry-after" in answer.headers
    if answer.status == 400:
        return any(words in str(answer) for words in CAN_BE_SOLD_OUT)
    return answer.status == 200


@asynccontextmanager
async def ordering(
    port: int, skus: Sequence[str], number: int, journal: Journal, *, patience_s: float = PATIENCE_S
) -> AsyncIterator[None]:
    """So many guests order one to three of the products, again and again, as long as the block.

    Afterwards each ends what he has begun.
    """
    leaving = asyncio.Event()
    journal.begin()
    guests = [asyncio.create_task(_order(port, skus, journal, leaving, patience_s)) for _ in range(number)]
    try:
        yield
    except BaseException:
        for guest in guests:
            guest.cancel()
        raise
    finally:
        leaving.set()
        await asyncio.gather(*guests, return_exceptions=True)
    for guest in guests:
        guest.result()


async def _order(port: int, skus: Sequence[str], journal: Journal, leaving: asyncio.Event, patience_s: float) -> None:
    async with Connection(port, patience_s=patience_s) as guest:
        while not leaving.is_set():
            wanted = random.sample(skus, min(len(skus), random.choice((1, 2, 3))))
            try:
                cart = await ready_cart(guest, wanted, journal)
            except Failed as failure:
                journal.note_failure("cart", failure)
                cart = None
            if cart is None:
                await asyncio.sleep(PAUSE_S)
            else:
                await _place(guest, cart, journal, leaving)


async def ready_cart(guest: Connection, skus: Sequence[str], journal: Journal) -> str | None:
    """The masked id of a cart that only has to be paid, None when the shop would not have it. Raises Failed."""
    answer = await guest.call("POST", f"/rest/{GUEST_CARTS}")
    journal.note("cart", answer)
    if answer.status != 200:
        return None
    cart: str = answer.body
    calls = [("items", {"cartItem": {"quote_id": cart, "sku": sku, "qty": 1}}) for sku in skus]
    for route, body in [*calls, ("shipping-information", TO_SHIP)]:
        answer = await guest.call("POST", f"/rest/{GUEST_CARTS}/{cart}/{route}", body)
        journal.note("cart", answer)
        if answer.status != 200:
            return None
    return cart


async def _place(guest: Connection, cart: str, journal: Journal, leaving: asyncio.Event) -> None:
    """Most guests send the order again until they know; the others leave it at one loss, and the order may be there."""
    repeats = random.random() < 0.7
    key = str(uuid.uuid4())
    until = time.monotonic() + PERSISTENCE_S
    journal.submitted.add(cart)
    while time.monotonic() < until:
        try:
            answer = await place(guest, cart, key)
        except Failed as failure:
            journal.note_failure("order", failure)
            # Where nobody listens nobody will as long as the shop is not started again.
            if not repeats or (leaving.is_set() and isinstance(failure, Refused)):
                return
        else:
            journal.note("order", answer)
            if answer.status == 200:
                journal.acknowledge(cart, int(answer.body))
            if answer.status < 500 or not repeats:
                return
        await asyncio.sleep(PAUSE_S)


async def place(guest: Connection, cart: str, key: str) -> Answer:
    """Send the cart to be ordered, under the key by which a repetition is known. Raises Failed."""
    headers = {"Idempotency-Key": key}
    return await guest.call("POST", f"/rest/{GUEST_CARTS}/{cart}/payment-information", TO_PAY, headers)

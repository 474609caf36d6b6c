"""Documents of one order at the same moment, over HTTP, against a server of two processes (spec 60, 19).

Whoever comes second sees what the first one did: no more is invoiced, shipped or given back than was ordered, sources
lose what left them and no more, and who is refused is told why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from typing import Any, NamedTuple

import pytest

from tests.journeys import card
from tests.journeys.caller import Shop
from tests.journeys.keep_alive import Answer, Connection, connected
from tests.journeys.orders_at_once import (
    FAR,
    IN_FAR,
    IN_NEAR,
    NEAR,
    ORDERED,
    SHIPPING,
    TIMES,
    TOTAL,
    Call,
    Order,
    an_order,
    at_once,
    documents,
    in_sources,
    open_sources,
    salable,
)
from tests.running_server import Running, running_server

INVOICE_REFUSED = "Invoice Document Validation Error(s):\n"
NOTHING_TO_INVOICE = "The invoice can't be created without products. Add products and try again."
NO_INVOICE = "The order does not allow an invoice to be created."
CANCELED = "An invoice cannot be created when an order has a status of canceled"
SHIPMENT_REFUSED = "Shipment Document Validation Error(s):\n"
NO_SHIPMENT = "The order does not allow a shipment to be created."
NOTHING_TO_SHIP = "You can't create a shipment without products."
NOT_IN_SOURCE = "Could not save a shipment, see error log for details"
REFUND_REFUSED = "Creditmemo Document Validation Error(s):\n"
NO_TOTAL = "The credit memo's total must be positive."
CLOSED = f"A creditmemo can not be created when an order has a status of closed\n{NO_TOTAL}"
NONE_LEFT = 'The quantity to creditmemo must not be greater than the unrefunded quantity for product SKU "{}".'
MOST = "The most money available to refund is %1."
TOO_MANY = 'We found an invalid quantity to refund item "%1".'

ALL_THERE = (IN_NEAR, IN_FAR)
IN_STOCK = IN_NEAR + IN_FAR


class Served(NamedTuple):
    server: Running
    token: str
    """An administrator's."""
    stock_id: int


class Desk(NamedTuple):
    """Who makes and looks at orders, one call at a time."""

    served: Served
    admin: Connection
    guest: Connection

    async def an_order(self, method: str = "checkmo") -> Order:
        return await an_order(self.admin, self.guest, method)

    async def a_paid_order(self, method: str = "checkmo") -> tuple[Order, str]:
        """And the id of its invoice."""
        order = await self.an_order(method)
        return order, await self.do(order.invoice())

    async def do(self, call: Call) -> Any:
        return await self.admin.good("POST", f"all/V1/{call.path}", call.body)

    async def at_once(self, *calls: Call) -> list[Answer]:
        return await at_once(self.served.server, self.served.token, calls)

    async def read(self, order: Order) -> dict[str, Any]:
        found: dict[str, Any] = await self.admin.good("GET", f"all/V1/orders/{order.entity_id}")
        return found

    async def documents(self, kind: str, order: Order) -> list[Any]:
        return await documents(self.admin, kind, order)

    async def in_sources(self, order: Order, name: str = "lamp") -> tuple[Any, Any]:
        return await in_sources(self.admin, order.sku(name))

    async def salable(self, order: Order, name: str = "lamp") -> Any:
        return await salable(self.admin, order.sku(name), self.served.stock_id)


@pytest.fixture(scope="module")
async def served(committed_url_of_module: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Served]:
    home = tmp_path_factory.mktemp("documents")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PYTHONPATH", card.installed(tmp_path_factory.mktemp("card")))
        with running_server(committed_url_of_module, home, "--workers", "2") as server:
            card.switch_on(server)
            shop = Shop(server)
            assert shop.admin.token
            yield Served(server, shop.admin.token, open_sources(shop))


@pytest.fixture
async def desk(served: Served) -> AsyncIterator[Desk]:
    async with connected(served.server.url, served.token) as admin, connected(served.server.url) as guest:
        yield Desk(served, admin, guest)


async def test_of_twenty_invoices_of_an_order_one_is_made(desk: Desk):
    order = await desk.an_order()

    answers = await desk.at_once(*[order.invoice()] * TIMES)

    assert succeeded(answers) == 1
    assert refusals(answers) == {f"{INVOICE_REFUSED}{NOTHING_TO_INVOICE}\n{NO_INVOICE}"}
    [invoice] = await desk.documents("invoices", order)
    assert (invoice["grand_total"], invoice["total_qty"]) == (TOTAL, 8)
    kept = await desk.read(order)
    assert (kept["total_paid"], kept["total_invoiced"], kept["state"]) == (TOTAL, TOTAL, "processing")
    assert quantities(kept, "qty_invoiced") == ORDERED


async def test_of_twenty_invoices_of_one_piece_of_five_five_are_made(desk: Desk):
    order = await desk.an_order()

    answers = await desk.at_once(*[order.invoice(lamp=1)] * TIMES)

    assert succeeded(answers) == 5
    assert refusals(answers) == {INVOICE_REFUSED + NOTHING_TO_INVOICE}
    invoices = await desk.documents("invoices", order)
    # Whichever is first carries the shipping.
    assert sorted(invoice["grand_total"] for invoice in invoices) == [10, 10, 10, 10, 10 + SHIPPING]
    kept = await desk.read(order)
    assert (kept["total_paid"], kept["shipping_invoiced"], kept["total_due"]) == (90, SHIPPING, TOTAL - 90)
    assert quantities(kept, "qty_invoiced") == {"lamp": 5, "vase": 0, "rug": 0}


async def test_of_twenty_shipments_of_an_order_one_leaves(desk: Desk):
    order = await desk.an_order()

    answers = await desk.at_once(*[order.ship(FAR)] * TIMES)

    assert succeeded(answers) == 1
    assert refusals(answers) == {f"{SHIPMENT_REFUSED}{NO_SHIPMENT}\n{NOTHING_TO_SHIP}"}
    [shipment] = await desk.documents("shipments", order)
    assert (shipment["total_qty"], shipment["extension_attributes"]["source_code"]) == (8, FAR)
    for name, qty in ORDERED.items():
        assert await desk.in_sources(order, name) == (IN_NEAR, IN_FAR - qty)
        assert await desk.salable(order, name) == IN_STOCK - qty
    assert quantities(await desk.read(order), "qty_shipped") == ORDERED


async def test_none_of_twenty_shipments_leaves_a_source_that_has_too_little(desk: Desk):
    order = await desk.an_order()

    answers = await desk.at_once(*[order.ship(NEAR)] * TIMES)

    assert (succeeded(answers), refusals(answers)) == (0, {NOT_IN_SOURCE})
    assert await desk.documents("shipments", order) == []
    for name, qty in ORDERED.items():
        assert await desk.in_sources(order, name) == ALL_THERE
        assert await desk.salable(order, name) == IN_STOCK - qty
    kept = await desk.read(order)
    assert (kept["state"], quantities(kept, "qty_shipped")) == ("new", {"lamp": 0, "vase": 0, "rug": 0})


async def test_of_twenty_shipments_of_one_piece_of_five_five_leave_two_sources(desk: Desk):
    order = await desk.an_order()

    answers = await desk.at_once(*[order.ship(NEAR, lamp=1), order.ship(FAR, lamp=1)] * (TIMES // 2))

    assert succeeded(answers) == 5
    assert refusals(answers) <= {NOT_IN_SOURCE, SHIPMENT_REFUSED + NOTHING_TO_SHIP}
    shipments = await desk.documents("shipments", order)
    left = Counter(shipment["extension_attributes"]["source_code"] for shipment in shipments)
    assert left.total() == 5
    assert left[NEAR] <= IN_NEAR
    assert await desk.in_sources(order) == (IN_NEAR - left[NEAR], IN_FAR - left[FAR])
    assert await desk.salable(order) == IN_STOCK - 5
    assert quantities(await desk.read(order), "qty_shipped") == {"lamp": 5, "vase": 0, "rug": 0}


async def test_of_twenty_refunds_of_an_order_one_gives_money_and_goods_back(desk: Desk):
    order, _ = await desk.a_paid_order()
    await desk.do(order.ship(NEAR, lamp=2, vase=1))
    await desk.do(order.ship(FAR, lamp=3))

    answers = await desk.at_once(*[order.refund()] * TIMES)

    assert succeeded(answers) == 1
    assert refusals(answers) == {f"{REFUND_REFUSED}{CLOSED}\n{not_in_memo(order)}"}
    [memo] = await desk.documents("creditmemos", order)
    assert (memo["grand_total"], memo["shipping_amount"]) == (TOTAL, SHIPPING)
    kept = await desk.read(order)
    assert (kept["total_refunded"], kept["total_paid"], kept["state"]) == (TOTAL, TOTAL, "closed")
    assert quantities(kept, "qty_refunded") == ORDERED
    for name in ORDERED:
        assert await desk.in_sources(order, name) == ALL_THERE
        assert await desk.salable(order, name) == IN_STOCK


async def test_of_twenty_refunds_of_one_piece_of_five_five_are_made(desk: Desk):
    order, _ = await desk.a_paid_order()
    await desk.do(order.ship(NEAR, lamp=2))
    await desk.do(order.ship(FAR, lamp=3, vase=2))

    answers = await desk.at_once(*[order.refund(lamp=1)] * TIMES)

    assert (succeeded(answers), refusals(answers)) == (5, {TOO_MANY})
    memos = await desk.documents("creditmemos", order)
    assert [memo["grand_total"] for memo in memos] == [10] * 5
    kept = await desk.read(order)
    assert (kept["total_refunded"], kept["payment"]["amount_refunded"]) == (50, 50)
    assert quantities(kept, "qty_refunded") == {"lamp": 5, "vase": 0, "rug": 0}
    assert (await desk.in_sources(order), await desk.salable(order)) == (ALL_THERE, IN_STOCK)
    # What was not given back stays away.
    assert await desk.in_sources(order, "vase") == (IN_NEAR, IN_FAR - 2)


async def test_of_twenty_refunds_through_an_invoice_and_of_its_order_one_is_made(desk: Desk):
    order, invoice_id = await desk.a_paid_order("card")
    through = Call(f"invoice/{invoice_id}/refund", order.returning())

    answers = await desk.at_once(*[through, order.refund()] * (TIMES // 2))

    assert succeeded(answers) == 1
    of_order = f"{REFUND_REFUSED}{CLOSED}\n{not_in_memo(order)}"
    assert of_order in refusals(answers)
    # Through the invoice more can be wrong: what is left of it, and of its lines.
    assert all(message.startswith(REFUND_REFUSED) and CLOSED in message for message in refusals(answers))
    [memo] = await desk.documents("creditmemos", order)
    assert memo["grand_total"] == TOTAL
    kept = await desk.read(order)
    assert (kept["total_refunded"], kept["state"]) == (TOTAL, "closed")
    # Only who went through the invoice used it up.
    invoice = await desk.admin.good("GET", f"all/V1/invoices/{invoice_id}")
    assert invoice.get("base_total_refunded") == (TOTAL if "invoice_id" in memo else None)
    for name in ORDERED:
        assert (await desk.in_sources(order, name), await desk.salable(order, name)) == (ALL_THERE, IN_STOCK)


async def test_of_twenty_refunds_of_one_piece_through_an_invoice_five_are_made(desk: Desk):
    order, invoice_id = await desk.a_paid_order("card")

    answers = await desk.at_once(*[Call(f"invoice/{invoice_id}/refund", order.returning(lamp=1))] * TIMES)

    assert succeeded(answers) == 5
    reasons = (NONE_LEFT.format(order.sku("lamp")), NO_TOTAL, not_in_memo(order))
    assert refusals(answers) == {REFUND_REFUSED + "\n".join(reasons)}
    assert [memo["grand_total"] for memo in await desk.documents("creditmemos", order)] == [10] * 5
    assert (await desk.admin.good("GET", f"all/V1/invoices/{invoice_id}"))["base_total_refunded"] == 50
    assert (await desk.read(order))["total_refunded"] == 50
    assert (await desk.in_sources(order), await desk.salable(order)) == (ALL_THERE, IN_STOCK)


async def test_of_twenty_shipments_that_are_sent_whole_five_leave(desk: Desk):
    """Some from a source that has too little, some made of what is left by the order: all count together."""
    order = await desk.an_order()
    line = {"order_item_id": order.items["lamp"], "qty": 1}
    whole = {"order_id": order.entity_id, "items": [line], "extension_attributes": {"source_code": FAR}}

    answers = await desk.at_once(*[Call("shipment", {"entity": whole}), order.ship(NEAR, lamp=1)] * (TIMES // 2))

    assert succeeded(answers) == 5
    too_many = (
        f'The quantity to ship must not be greater than the unshipped quantity for product SKU "{order.sku("lamp")}".'
    )
    assert refusals(answers) <= {too_many, NOT_IN_SOURCE, SHIPMENT_REFUSED + NOTHING_TO_SHIP}
    shipments = await desk.documents("shipments", order)
    left = Counter(shipment["extension_attributes"]["source_code"] for shipment in shipments)
    assert left.total() == 5
    assert await desk.in_sources(order) == (IN_NEAR - left[NEAR], IN_FAR - left[FAR])
    assert await desk.salable(order) == IN_STOCK - 5
    assert quantities(await desk.read(order), "qty_shipped") == {"lamp": 5, "vase": 0, "rug": 0}


async def test_of_twenty_memos_that_are_sent_whole_as_many_are_made_as_pieces_were_paid(desk: Desk):
    order, _ = await desk.a_paid_order()
    line = {"order_item_id": order.items["lamp"], "qty": 1, "row_total": 10, "base_row_total": 10}
    memo = {"order_id": order.entity_id, "items": [line], "grand_total": 10, "base_grand_total": 10}

    answers = await desk.at_once(*[Call("creditmemo/refund", {"creditmemo": memo, "offlineRequested": True})] * TIMES)

    assert (succeeded(answers), refusals(answers)) == (5, {TOO_MANY})
    kept = await desk.read(order)
    assert (kept["total_refunded"], kept["total_offline_refunded"]) == (50, 50)
    assert quantities(kept, "qty_refunded")["lamp"] == 5


async def test_twenty_who_give_money_back_give_no_more_than_was_paid(desk: Desk):
    """Of 160, 50 at a time, for no goods: by the order, and by memos that are sent whole."""
    order, _ = await desk.a_paid_order()
    nothing = {"items": [{"order_item_id": order.items["lamp"], "qty": 0}]}
    by_order = nothing | {"arguments": {"shipping_amount": 0, "adjustment_positive": 50}}
    memo = nothing | {"order_id": order.entity_id, "grand_total": 50, "base_grand_total": 50}
    calls = [
        Call(f"order/{order.entity_id}/refund", by_order),
        Call("creditmemo/refund", {"creditmemo": memo, "offlineRequested": True}),
    ]

    answers = await desk.at_once(*calls * (TIMES // 2))

    assert succeeded(answers) == 3
    assert refusals(answers) == {f"{REFUND_REFUSED}{MOST.replace('%1', '10')}", MOST}
    kept = await desk.read(order)
    assert (kept["total_refunded"], kept["payment"]["amount_refunded"]) == (150, 150)
    assert [memo["grand_total"] for memo in await desk.documents("creditmemos", order)] == [50] * 3
    assert (await desk.in_sources(order), await desk.salable(order)) == (ALL_THERE, IN_STOCK - 5)


async def test_an_order_is_either_invoiced_or_canceled(desk: Desk):
    order = await desk.an_order()

    invoiced, canceled = halves(await desk.at_once(*[order.invoice()] * 10, *[order.cancel()] * 10))

    kept = await desk.read(order)
    if succeeded(invoiced):
        assert (succeeded(invoiced), bodies(canceled)) == (1, Counter({False: 10}))
        assert (kept["state"], kept["total_paid"]) == ("processing", TOTAL)
        assert quantities(kept, "qty_canceled") == {"lamp": 0, "vase": 0, "rug": 0}
        assert await desk.salable(order) == IN_STOCK - 5
    else:
        assert bodies(canceled) == Counter({True: 1, False: 9})
        assert refusals(invoiced) == {f"{INVOICE_REFUSED}{NOTHING_TO_INVOICE}\n{CANCELED}"}
        assert (kept["state"], "total_paid" in kept) == ("canceled", False)
        assert quantities(kept, "qty_canceled") == ORDERED
        assert await desk.salable(order) == IN_STOCK


async def test_what_was_invoiced_before_a_cancellation_is_not_canceled(desk: Desk):
    order = await desk.an_order()

    invoiced, canceled = halves(await desk.at_once(*[order.invoice(lamp=1)] * 10, *[order.cancel()] * 10))

    made = succeeded(invoiced)
    assert made <= 5
    assert bodies(canceled) == Counter({True: 1, False: 9})
    kept = await desk.read(order)
    assert quantities(kept, "qty_invoiced") == {"lamp": made, "vase": 0, "rug": 0}
    assert quantities(kept, "qty_canceled") == {"lamp": 5 - made, "vase": 2, "rug": 1}
    assert kept["state"] == ("processing" if made else "canceled")
    assert kept.get("total_paid", 0) == (SHIPPING + 10 * made if made else 0)
    assert len(await desk.documents("invoices", order)) == made
    assert await desk.salable(order) == IN_STOCK - made
    assert await desk.salable(order, "rug") == IN_STOCK


async def test_an_order_that_is_shipped_while_it_is_refunded_comes_back_whole(desk: Desk):
    order, _ = await desk.a_paid_order()

    shipped, refunded = halves(await desk.at_once(*[order.ship(FAR)] * 10, *[order.refund()] * 10))

    assert succeeded(refunded) == 1
    # None if the refund came first.
    assert succeeded(shipped) == len(await desk.documents("shipments", order)) <= 1
    kept = await desk.read(order)
    assert (kept["total_refunded"], kept["state"]) == (TOTAL, "closed")
    for name in ORDERED:
        assert (await desk.in_sources(order, name), await desk.salable(order, name)) == (ALL_THERE, IN_STOCK)


async def test_pieces_that_are_shipped_while_pieces_are_refunded_come_back(desk: Desk):
    order, _ = await desk.a_paid_order()

    shipped, refunded = halves(await desk.at_once(*[order.ship(FAR, lamp=1)] * 10, *[order.refund(lamp=1)] * 10))

    assert (succeeded(refunded), refusals(refunded)) == (5, {TOO_MANY})
    assert refusals(shipped) <= {SHIPMENT_REFUSED + NOTHING_TO_SHIP}
    left = succeeded(shipped)
    assert left == len(await desk.documents("shipments", order)) <= 5
    kept = await desk.read(order)
    assert (quantities(kept, "qty_shipped")["lamp"], kept["total_refunded"]) == (left, 50)
    # What had left came back to its source, and nobody has a claim on what had not.
    assert (await desk.in_sources(order), await desk.salable(order)) == (ALL_THERE, IN_STOCK)
    assert await desk.salable(order, "vase") == IN_STOCK - 2


async def test_an_order_that_is_invoiced_while_it_is_shipped_is_complete(desk: Desk):
    order = await desk.an_order()

    invoiced, shipped = halves(await desk.at_once(*[order.invoice()] * 10, *[order.ship(FAR)] * 10))

    assert (succeeded(invoiced), succeeded(shipped)) == (1, 1)
    kept = await desk.read(order)
    assert (kept["state"], kept["status"], kept["total_due"]) == ("complete", "complete", 0)
    assert await desk.in_sources(order) == (IN_NEAR, IN_FAR - 5)


def succeeded(answers: list[Answer]) -> int:
    return sum(answer.status == 200 for answer in answers)


def refusals(answers: list[Answer]) -> set[str]:
    return {answer.body["message"] for answer in answers if answer.status != 200}


def bodies(answers: list[Answer]) -> Counter[Any]:
    return Counter(answer.body for answer in answers)


def halves(answers: list[Answer]) -> tuple[list[Answer], list[Answer]]:
    middle = len(answers) // 2
    return answers[:middle], answers[middle:]


def quantities(order: dict[str, Any], field: str) -> dict[str, Any]:
    """Of its lines by the product's name."""
    return {item["sku"].split("-")[0]: item[field] for item in order["items"]}


def not_in_memo(order: Order) -> str:
    """What a refund that finds nothing left says of the first line that should have gone back to the stock."""
    return f'The "{order.sku("lamp")}" product is not part of the current creditmemo.'

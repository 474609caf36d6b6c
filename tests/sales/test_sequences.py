"""Whatever is invoiced, shipped, given back, held and cancelled in whatever order: nothing is paid, shipped or given
back twice, states say what is left to do, and claims on the stock end with the order."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pytest

from entrepot import inventory
from entrepot.kit.context import Context
from entrepot.sales import BookOfOrders, states
from entrepot.sales.locking import lock_order
from entrepot.sales.open_order import NOTHING, OpenItem, OpenOrder
from entrepot.sales.statuses import CANCELED, CLOSED, COMPLETE, FINISHED, PROCESSING
from tests.quotes.makers import a_product, configure
from tests.rest_client import Reply, RestClient
from tests.sales.makers import an_order
from tests.taxes.makers import a_rate, a_rule

PRICES = {"mug": "9.99", "cup": "3.35", "plate": "0.67", "lamp": "49.95", "song": "1.01"}
REST_OF_ID = 1_000_000

JOURNAL = """
    select sku, sum(quantity)
    from inventory_reservation
    group by sku
    having sum(quantity) <> 0
"""

# A line above another one: with its money, as that of a configurable product has, or without, as a bundle of parts that
# have the prices.
ADD_LINE = """
    insert into sales_order_item
    select line.*
    from sales_order_item part,
        jsonb_populate_record(null::sales_order_item, to_jsonb(part) || %(changes)s::text::jsonb) as line
    where part.item_id = %(item_id)s
"""
PUT_BELOW = """
    update sales_order_item
    set parent_item_id = %(line_id)s
    where item_id = any(%(item_ids)s)
"""
WITHOUT_MONEY = """
    update sales_order_item
    set row_total = 0, row_total_incl_tax = 0, tax_amount = 0, price = 0, price_incl_tax = 0,
        base_row_total = 0, base_row_total_incl_tax = 0, base_tax_amount = 0, base_price = 0, base_price_incl_tax = 0
    where item_id = %(item_id)s
"""

CONFIGURABLE = '{"product_calculations": "1", "shipment_type": "0"}'
BUNDLE_TOGETHER = '{"product_calculations": "0", "shipment_type": "0"}'
BUNDLE_IN_PARTS = '{"product_calculations": "0", "shipment_type": "1"}'

SUMS = {
    "sales_invoice": {
        "total_paid": "grand_total",
        "total_invoiced": "grand_total",
        "subtotal_invoiced": "subtotal",
        "tax_invoiced": "tax_amount",
        "shipping_invoiced": "shipping_amount",
    },
    "sales_creditmemo": {
        "total_refunded": "grand_total",
        "subtotal_refunded": "subtotal",
        "tax_refunded": "tax_amount",
        "shipping_refunded": "shipping_amount",
        "shipping_tax_refunded": "shipping_tax_amount",
    },
}
"""Sums of an order, and what of its documents they are sums of."""


class Sequence:
    """An order to which this and that happens."""

    def __init__(self, ctx: Context, rest: RestClient, admin: RestClient, seed: int) -> None:
        self.ctx, self.rest, self.admin, self.chance = ctx, rest, admin, random.Random(seed)
        self.order_id = 0
        self.order: OpenOrder
        self.returned: dict[str, Decimal] = {}

    async def place(self) -> None:
        skus = self.chance.sample(list(PRICES), self.chance.randint(1, 4))
        self.order_id = await an_order(self.rest, *((sku, self.chance.choice((1, 2, 2, 3, 4, 6))) for sku in skus))
        await self.make_composites()
        self.order = await lock_order(self.ctx, self.order_id)

    async def make_composites(self) -> None:
        """Put some lines below others."""
        items = (await lock_order(self.ctx, self.order_id)).items
        kind = self.chance.choice(("none", "configurable", "together", "in parts"))
        physical = [item for item in items if not item.is_virtual]
        if kind == "none" or not physical:
            return
        if kind == "configurable":
            first = physical[0]
            await self.add_line(first.item_id, [first.item_id], "configurable", first.qty_ordered, CONFIGURABLE)
            await self.ctx.db.execute(WITHOUT_MONEY, item_id=first.item_id)
            return
        even = [item.item_id for item in physical if item.qty_ordered % 2 == 0]
        if even:
            options = BUNDLE_TOGETHER if kind == "together" else BUNDLE_IN_PARTS
            await self.add_line(even[0], even, "bundle", Decimal(2), options)
            await self.ctx.db.execute(WITHOUT_MONEY, item_id=even[0] + REST_OF_ID)

    async def add_line(self, item_id: int, below: list[int], type_id: str, qty: Decimal, options: str) -> None:
        line_id = item_id + REST_OF_ID
        changes = (
            f'{{"item_id": {line_id}, "product_type": "{type_id}", "qty_ordered": {qty}, "product_options": {options}}}'
        )
        await self.ctx.db.execute(ADD_LINE, item_id=item_id, changes=changes)
        await self.ctx.db.execute(PUT_BELOW, line_id=line_id, item_ids=below)

    # ------------------------------------------------------------ what may happen

    async def step(self) -> None:
        before = await self.salable()
        self.returned = {}
        steps = [self.invoice, self.invoice, self.ship, self.ship, self.refund, self.refund, self.hold, self.cancel]
        # Orders are cancelled now and then only: not much happens to them afterwards.
        weights = [3, 3, 3, 3, 3, 3, 1, 1]
        (act,) = self.chance.choices(steps, weights)
        reply = await act()
        assert reply.status in (200, 400), reply.body
        self.order = await lock_order(self.ctx, self.order_id)
        await self.check(before if act != self.cancel else None)

    async def post(self, path: str, body: Any = None) -> Reply:
        return await self.admin.post(f"/rest/V1/{path}", body)

    async def invoice(self) -> Reply:
        return await self.post(f"order/{self.order_id}/invoice", {"items": self.some(states.to_invoice)})

    async def ship(self) -> Reply:
        return await self.post(f"order/{self.order_id}/ship", {"items": self.some(states.to_ship)})

    async def refund(self) -> Reply:
        items = self.some(states.to_refund)
        arguments: dict[str, Any] = {}
        if self.chance.random() < 0.5:
            arguments["shipping_amount"] = self.chance.choice((0, 0, 0, 1, 2.5))
        if self.chance.random() < 0.2:
            arguments["adjustment_negative"] = 0.01
        given_back = {item["order_item_id"] for item in items if item["qty"]}
        lines = [one for one in self.order.items if one.item_id in given_back]
        ids = [self.chance.choice((one.item_id, one.parent_item_id or one.item_id)) for one in lines]
        ids = [item_id for item_id in ids if self.chance.random() < 0.5]
        arguments["extension_attributes"] = {"return_to_stock_items": ids}
        refunded = {item.item_id: item.qty_refunded for item in self.order.items}
        reply = await self.post(f"order/{self.order_id}/refund", {"items": items, "arguments": arguments})
        if reply.status == 200:
            for item in (await lock_order(self.ctx, self.order_id)).items:
                if {item.item_id, item.parent_item_id} & set(ids) and not self.order.parts(item):
                    qty = item.qty_refunded - refunded[item.item_id]
                    self.returned[item.sku or ""] = self.returned.get(item.sku or "", NOTHING) + qty
        return reply

    async def hold(self) -> Reply:
        reply = await self.post(f"orders/{self.order_id}/hold")
        await self.post(f"orders/{self.order_id}/unhold")
        return reply

    async def cancel(self) -> Reply:
        return await self.post(f"orders/{self.order_id}/cancel")

    def some(self, left: Callable[[OpenOrder, OpenItem], Decimal]) -> list[dict[str, Any]]:
        """Quantities of some lines, now and then more than is left; or no lines, which means all that is left."""
        if self.chance.random() < 0.15:
            return []
        found = [(item, int(left(self.order, item))) for item in self.order.items]
        too_many = self.chance.random() < 0.1
        return [
            {"order_item_id": item.item_id, "qty": self.chance.randint(0, most) + too_many}
            for item, most in found
            if most and self.chance.random() < 0.7
        ]

    async def settle(self) -> None:
        """Do all that is left: the order is done with then."""
        for path in ("invoice", "ship", "refund"):
            reply = await self.post(f"order/{self.order_id}/{path}")
            assert reply.status in (200, 400), reply.body
        self.order = await lock_order(self.ctx, self.order_id)
        await self.check(None)
        assert self.order.state in FINISHED
        assert await self.ctx.db.all(tuple, JOURNAL) == []

    # ------------------------------------------------------------ what must hold

    async def check(self, before: Mapping[str, Decimal] | None) -> None:
        self.check_quantities()
        await self.check_money()
        self.check_state()
        await self.check_claims()
        if before is not None:
            expected = {sku: qty + self.returned.get(sku, NOTHING) for sku, qty in before.items()}
            assert await self.salable() == expected

    def check_quantities(self) -> None:
        for item in self.order.items:
            if not states.is_paid_elsewhere(self.order, item):
                assert item.qty_invoiced + item.qty_canceled <= item.qty_ordered
                assert item.qty_refunded <= item.qty_invoiced
            if not states.is_shipped_elsewhere(self.order, item):
                assert item.qty_shipped + item.qty_refunded_unshipped + item.qty_canceled <= item.qty_ordered
            assert item.qty_refunded_unshipped <= item.qty_refunded

    async def check_money(self) -> None:
        order = self.order
        for side in ("", "base_"):
            for table, sums in SUMS.items():
                for total, amount in sums.items():
                    of_documents = await self.ctx.db.value(
                        f"select coalesce(sum({side}{amount}), 0) from {table} where order_id = %(id)s",  # noqa: S608
                        id=self.order_id,
                    )
                    assert (getattr(order, side + total) or NOTHING) == of_documents, side + total
            paid, refunded = amount_of(order, side + "total_paid"), amount_of(order, side + "total_refunded")
            assert NOTHING <= refunded <= paid <= amount_of(order, side + "grand_total")
            for name in ("subtotal", "tax", "shipping"):
                assert amount_of(order, f"{side}{name}_refunded") <= amount_of(order, f"{side}{name}_invoiced")
            for item in order.items:
                assert amount_of(item, side + "amount_refunded") <= amount_of(item, side + "row_invoiced")
                if item.qty_refunded == item.qty_invoiced and not states.is_paid_elsewhere(order, item):
                    assert amount_of(item, side + "amount_refunded") == amount_of(item, side + "row_invoiced")
                    assert amount_of(item, side + "tax_refunded") == amount_of(item, side + "tax_invoiced")

    def check_state(self) -> None:
        order = self.order
        if order.state in FINISHED:
            assert not states.can_invoice(order)
        if order.state in (COMPLETE, CLOSED):
            assert not states.can_ship(order)
        if order.state == CLOSED:
            assert not states.can_refund(order)
        if order.state == PROCESSING:
            assert states.has_to_invoice(order) or states.can_ship(order)
        if order.state == CANCELED:
            assert all(not states.to_refund(order, item) for item in order.items)

    async def check_claims(self) -> None:
        journal: dict[str, Decimal] = dict(await self.ctx.db.all(tuple, JOURNAL))
        claims: dict[str, Decimal] = {}
        for claim in await BookOfOrders().open_claims(self.ctx):
            claims[claim.sku] = claims.get(claim.sku, NOTHING) - claim.qty
        assert journal == claims
        assert await inventory.differences(self.ctx.db) == []

    async def salable(self) -> dict[str, Decimal]:
        return {sku: await inventory.get_salable_qty(self.ctx, sku, 1) for sku in PRICES}


def amount_of(row: Any, name: str) -> Decimal:
    found: Decimal | None = getattr(row, name)
    return found or NOTHING


@pytest.mark.parametrize("seed", range(24))
async def test_any_sequence(ctx, rest, admin, seed):
    await configure(ctx, tax__classes__shipping_tax_class="2")
    await a_rule(ctx, rates=[await a_rate(ctx, "US-NY", rate="8.375")])
    for sku, price in PRICES.items():
        await a_product(ctx, sku, price, type_id="virtual" if sku == "song" else "simple")
    sequence = Sequence(ctx, rest, admin, seed)
    await sequence.place()
    for _ in range(14):
        await sequence.step()
    await sequence.settle()

"""Whatever happens in whatever order: answers are the formula worked out from scratch, and sums are the journal's."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from decimal import Decimal

import pytest

from entrepot import inventory
from entrepot.catalog.contracts import StockItem
from entrepot.inventory import Deduction, Reservation, ReservationRequest, SalesEvent, SourceItem, StockSourceLink
from entrepot.inventory.bulk import assign_sources, unassign_sources
from entrepot.inventory.contracts import PartialTransferItem, Source
from entrepot.inventory.errors import NotEnoughInSource, SourceItemNotFound, TransferValidationFailed
from entrepot.inventory.transfers import transfer, transfer_part
from entrepot.kit.context import Context
from tests.inventory.makers import PLACED, a_product, a_source, a_stock, put
from tests.inventory.shop_model import ShopModel

SOURCES = ("a", "b", "c")
STOCKS = (2, 3)
SKUS = ("X", "Y")
EVENT = SalesEvent("shipment_created", "order", "1")


class Shop:
    """The shop and its model, to which the same things happen."""

    def __init__(self, ctx: Context, seed: int) -> None:
        self.ctx, self.chance, self.model = ctx, random.Random(seed), ShopModel()

    async def open(self) -> None:
        for code in SOURCES:
            await a_source(self.ctx, code)
            self.model.enabled[code] = True
        await a_stock(self.ctx, 2, "a", "b")
        await a_stock(self.ctx, 3, "b", "c")
        self.model.links = {(2, "a"), (2, "b"), (3, "b"), (3, "c")}
        for sku in SKUS:
            await a_product(self.ctx, sku)
            await self.edit_source()

    async def step(self) -> None:
        steps: list[Callable[[], Awaitable[None]]] = [
            self.edit_source,
            self.edit_source,
            self.delete_item,
            self.assign,
            self.unassign,
            self.transfer,
            self.transfer_part,
            self.reserve,
            self.reserve,
            self.reserve,
            self.compensate,
            self.deduct,
            self.deduct,
            self.give_back,
            self.clean_up,
            self.switch_source,
            self.link,
            self.configure,
        ]
        await self.chance.choice(steps)()

    async def check(self) -> None:
        for stock_id in STOCKS:
            for sku in SKUS:
                expected = self.model.salable_qty(stock_id, sku)
                assert await inventory.get_salable_qty(self.ctx, sku, stock_id) == expected
        assert await inventory.differences(self.ctx.db) == []

    # ------------------------------------------------------------ what may happen

    async def edit_source(self) -> None:
        code, sku, quantity = self.source(), self.sku(), self.qty() - 2
        status = self.chance.choice((0, 1, 1, 1))
        await put(self.ctx, code, sku, quantity, status)
        self.model.items[code, sku] = (quantity, status)

    async def delete_item(self) -> None:
        code, sku = self.source(), self.sku()
        await inventory.delete_source_items(self.ctx, [SourceItem(sku=sku, source_code=code)])
        self.model.items.pop((code, sku), None)

    async def assign(self) -> None:
        await assign_sources(self.ctx, list(SKUS), ["a", "c"])
        for pair in [(code, sku) for code in ("a", "c") for sku in SKUS]:
            self.model.items.setdefault(pair, (Decimal(0), 0))

    async def unassign(self) -> None:
        code, sku = self.source(), self.sku()
        await unassign_sources(self.ctx, [sku], [code])
        self.model.items.pop((code, sku), None)

    async def transfer(self) -> None:
        origin, destination = self.chance.sample(SOURCES, 2)
        unassign = self.chance.random() < 0.5
        await transfer(self.ctx, list(SKUS), origin, destination, unassign)
        for sku in SKUS:
            if (moved := self.model.items.get((origin, sku))) is None:
                continue
            there, _ = self.model.items.get((destination, sku), (Decimal(0), 0))
            self.model.items[destination, sku] = (there + moved[0], moved[1])
            self.model.items[origin, sku] = (Decimal(0), 0)
            if unassign:
                del self.model.items[origin, sku]

    async def transfer_part(self) -> None:
        origin, destination = self.chance.sample(SOURCES, 2)
        sku, qty = self.sku(), self.qty()
        ends = self.model.items.get((origin, sku)), self.model.items.get((destination, sku))
        moving = [PartialTransferItem(sku=sku, qty=qty)]
        if ends[0] is None or ends[1] is None or ends[0][0] < qty:
            with pytest.raises(TransferValidationFailed):
                await transfer_part(self.ctx, origin, destination, moving)
            return
        await transfer_part(self.ctx, origin, destination, moving)
        self.model.items[origin, sku] = (ends[0][0] - qty, ends[0][1])
        self.model.items[destination, sku] = (ends[1][0] + qty, 1)

    async def reserve(self) -> None:
        stock_id = self.stock()
        lines = {sku: self.qty() for sku in self.chance.sample(SKUS, self.chance.choice((1, 2)))}
        requests = [ReservationRequest(sku, qty) for sku, qty in lines.items()]
        if all(self.model.can_be_ordered(stock_id, sku, qty) for sku, qty in lines.items()):
            await inventory.reserve(self.ctx, stock_id, requests, PLACED)
            self.model.reservations.extend((stock_id, sku, -qty) for sku, qty in lines.items())
            return
        with pytest.raises(inventory.OutOfStock):
            await inventory.reserve(self.ctx, stock_id, requests, PLACED)

    async def compensate(self) -> None:
        stock_id, sku = self.stock(), self.sku()
        claimed = self.model.reserved(stock_id, sku)
        released = self.chance.choice((-claimed, min(-claimed, Decimal(1))))
        await inventory.append(self.ctx, [Reservation(stock_id, sku, released, EVENT)])
        if released:
            self.model.reservations.append((stock_id, sku, released))

    async def deduct(self) -> None:
        code, stock_id = self.source(), self.stock()
        lines = {sku: self.qty() for sku in self.chance.sample(SKUS, self.chance.choice((1, 2)))}
        have = {sku: self.model.items.get((code, sku)) for sku in lines}
        if any(item is None or item[0] < lines[sku] for sku, item in have.items()):
            with pytest.raises((NotEnoughInSource, SourceItemNotFound)):
                await inventory.deduct(self.ctx, code, lines, stock_id=stock_id, event=EVENT)
            return
        await inventory.deduct(self.ctx, code, lines, stock_id=stock_id, event=EVENT)
        for sku, item in have.items():
            assert item is not None
            self.model.items[code, sku] = (item[0] - lines[sku], item[1])
            self.model.reservations.append((stock_id, sku, lines[sku]))

    async def give_back(self) -> None:
        code, sku, qty = self.source(), self.sku(), self.qty()
        await inventory.give_back(self.ctx, [Deduction(code, sku, qty)])
        there, status = self.model.items.get((code, sku), (Decimal(0), 1))
        self.model.items[code, sku] = (there + qty, status)

    async def clean_up(self) -> None:
        await inventory.clean_up(self.ctx)
        self.model.reservations = [row for row in self.model.reservations if self.model.reserved(row[0], row[1])]
        assert await self.ctx.db.value("select count(*) from inventory_reservation") == len(self.model.reservations)

    async def switch_source(self) -> None:
        code = self.source()
        enabled = not self.model.enabled[code]
        source = Source(source_code=code, name=code, country_id="DE", postcode="1", enabled=enabled)
        await inventory.save_source(self.ctx, source)
        self.model.enabled[code] = enabled

    async def link(self) -> None:
        pair = self.stock(), self.source()
        link = StockSourceLink(stock_id=pair[0], source_code=pair[1], priority=1)
        if pair in self.model.links:
            await inventory.delete_links(self.ctx, [link])
        else:
            await inventory.save_links(self.ctx, [link])
        self.model.links ^= {pair}

    async def configure(self) -> None:
        sku = self.sku()
        self.model.min_qty[sku] = Decimal(self.chance.choice((-3, 0, 0, 2)))
        self.model.backorders[sku] = self.chance.choice((0, 0, 1, 2))
        item = StockItem(
            use_config_min_qty=False,
            min_qty=self.model.min_qty[sku],
            use_config_backorders=False,
            backorders=self.model.backorders[sku],
        )
        await inventory.update_stock_item(self.ctx, sku, item)

    # ------------------------------------------------------------ chance

    def source(self) -> str:
        return self.chance.choice(SOURCES)

    def stock(self) -> int:
        return self.chance.choice(STOCKS)

    def sku(self) -> str:
        return self.chance.choice(SKUS)

    def qty(self) -> Decimal:
        return Decimal(self.chance.randint(1, 80_000)) / 10_000


@pytest.mark.parametrize("seed", range(12))
async def test_answers_are_the_formula_and_sums_the_journal_after_any_sequence(ctx, seed):
    shop = Shop(ctx, seed)
    await shop.open()
    for _ in range(60):
        await shop.step()
        await shop.check()

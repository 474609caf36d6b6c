"""Prices as lists show them, with and without tax (spec 51, 3.2 and 5)."""

from __future__ import annotations

from decimal import Decimal as D

import pytest

from entrepot.catalog.render.taxation import PriceOfClass, Taxed
from entrepot.customers import Region
from entrepot.kit.context import Actor, ActorType, Context
from entrepot.stores import write_value
from entrepot.taxes.shown_prices import ShownPrices
from tests.customers.makers import a_customer, an_address
from tests.taxes.makers import GOODS, a_rule

PRICES = [PriceOfClass(D(10), GOODS), PriceOfClass(D(10), 0)]


async def shown(ctx: Context) -> list[Taxed]:
    return list(await ShownPrices().taxed(ctx, PRICES))


async def test_without_rules_prices_are_what_they_are(ctx: Context):
    before = ctx.db.statements
    assert await shown(ctx) == [Taxed(D(10), D(10)), Taxed(D(10), D(10))]
    assert ctx.db.statements == before


async def test_a_guest_is_taxed_at_the_default_destination(ctx: Context):
    await a_rule(ctx, rates=[1, 2])
    assert await shown(ctx) == [Taxed(D(10), D(10)), Taxed(D(10), D(10))]
    await write_value(ctx, "tax/defaults/region", "12")
    assert await shown(ctx) == [Taxed(D(10), D("10.83")), Taxed(D(10), D(10))]


@pytest.mark.parametrize(("based_on", "taxed"), [("shipping", "10.84"), ("billing", "10.83"), ("origin", "10.83")])
async def test_a_customer_is_taxed_at_the_default_address(ctx: Context, based_on: str, taxed: str):
    """In New York, but for the invoice, which goes to California, where the shop is."""
    await a_rule(ctx, rates=[1, 2])
    await write_value(ctx, "tax/calculation/based_on", based_on)
    customer = await a_customer(
        ctx,
        addresses=[
            an_address(region=Region(region_id=43), default_shipping=True, default_billing=False),
            an_address(region=Region(region_id=12), default_shipping=False, default_billing=True),
        ],
    )
    assert customer.id
    buying = ctx.in_store(ctx.store, actor=Actor(ActorType.CUSTOMER, customer.id))
    assert (await shown(buying))[0] == Taxed(D(10), D(taxed))


async def test_prices_that_are_entered_with_tax(ctx: Context):
    await a_rule(ctx, rates=[1, 2])
    await write_value(ctx, "tax/calculation/price_includes_tax", "1")
    assert (await shown(ctx))[0] == Taxed(D("9.24"), D("9.24"))
    await write_value(ctx, "tax/defaults/region", "12")
    assert await shown(ctx) == [Taxed(D("9.24"), D(10)), Taxed(D(10), D(10))]

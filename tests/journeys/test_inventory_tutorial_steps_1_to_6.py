"""Steps 1 to 6 of "Order processing with MSI" in both editions, against a running server with nothing in it.

What is step 6 in the second edition, a customer, is in `test_customer_on_its_own_website`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from entrepot.kit.context import Context
from tests.journeys.inventory_tutorial import environment, links, products, source_items, sources, stocks
from tests.journeys.inventory_tutorial.caller import Shop
from tests.journeys.inventory_tutorial.editions import FIRST, SECOND, Edition
from tests.running_server import running_server


async def test_what_later_steps_rely_on_is_set_without_being_touched(ctx: Context):
    assert {path: ctx.config_default(path) for path in environment.DEFAULTS} == environment.DEFAULTS
    assert ctx.config_default("payment/banktransfer/active") == "0"


@pytest.mark.parametrize("edition", [FIRST, SECOND], ids=str)
def test_goods_are_spread_over_the_sources_of_two_continents(committed_url: str, tmp_path: Path, edition: Edition):
    with running_server(committed_url, tmp_path) as server:
        shop = Shop(server)
        customer = shop.customer()

        environment.play(shop)
        environment.verify(shop)
        environment.refuse(shop)

        sources.play(shop, edition)
        sources.verify(shop, edition)
        sources.refuse(shop, customer)

        stocks.play(shop)
        stocks.verify(shop)
        stocks.refuse(shop, customer)

        links.play(shop)
        environment.make_current(shop)
        links.verify(shop)
        links.refuse(shop, customer)

        products.play(shop, edition)
        products.verify(shop, edition)
        products.refuse(shop, customer, edition)

        source_items.play(shop, edition)
        source_items.verify(shop, edition)
        source_items.refuse(shop, customer, edition)

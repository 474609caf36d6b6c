"""All steps of "Order processing with MSI" in both editions, against a running server with nothing in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from entrepot.kit.context import Context
from tests.journeys.caller import Caller, Shop
from tests.journeys.inventory_tutorial import (
    cart,
    checkout,
    customers,
    environment,
    invoice,
    links,
    order,
    products,
    rival,
    shipments,
    source_items,
    source_selection,
    sources,
    stocks,
    transfer,
)
from tests.journeys.inventory_tutorial.editions import FIRST, SECOND, Edition
from tests.running_server import running_server


async def test_what_later_steps_rely_on_is_set_without_being_touched(ctx: Context):
    assert {path: ctx.config_default(path) for path in environment.DEFAULTS} == environment.DEFAULTS
    assert ctx.config_default("payment/banktransfer/active") == "0"


@pytest.mark.parametrize("edition", [FIRST, SECOND], ids=str)
def test_an_order_is_served_from_the_sources_of_two_continents(committed_url: str, tmp_path: Path, edition: Edition):
    with running_server(committed_url, tmp_path) as server:
        shop = Shop(server)
        customer = shop.customer()
        spread_the_goods(shop, customer, edition)
        order_id = buy(shop, customer, edition)
        fulfil(shop, customer, order_id, edition)
        if edition is SECOND:
            transfer.play(shop)
            transfer.verify(shop)
            transfer.refuse(shop, customer)


def spread_the_goods(shop: Shop, customer: Caller, edition: Edition) -> None:
    """Steps 1 to 6."""
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


def buy(shop: Shop, customer: Caller, edition: Edition) -> str:
    """Steps 7 to 10; the id of the order."""
    jane = customers.play(shop, edition)
    customers.verify(shop, jane)
    customers.refuse(shop, jane)

    richard, richards_cart = rival.comes(shop, edition)
    cart_id = cart.play(shop, jane, edition)
    cart.verify(jane, cart_id, edition)
    cart.refuse(shop, customer, jane, cart_id, richards_cart, edition)
    rival.fills_the_cart(richard, richards_cart, edition)

    checkout.play(jane, edition)
    checkout.verify(jane, edition)
    checkout.refuse(shop, customer, jane, edition)

    order_id = order.play(jane)
    order.verify(shop, order_id, cart_id, edition)
    order.refuse(shop, customer, jane, order_id)
    rival.comes_too_late(shop, richard, richards_cart, edition)
    return order_id


def fulfil(shop: Shop, customer: Caller, order_id: str, edition: Edition) -> None:
    """Steps 11 to 13."""
    invoice_id = invoice.play(shop, order_id)
    invoice.verify(shop, order_id, invoice_id, edition)
    invoice.refuse(shop, customer, order_id, edition)

    source_selection.verify(shop, edition)
    source_selection.refuse(shop, customer, edition)

    refused = shipments.refuse(shop, customer, order_id, edition) if edition is SECOND else 0
    shipments.play(shop, order_id, edition, refused=refused)
    shipments.refuse_more(shop, order_id, edition)

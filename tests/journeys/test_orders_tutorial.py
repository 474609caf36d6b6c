"""Steps 1 to 7 and 11 of "Order processing" against a running server with nothing in it."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.caller import Shop
from tests.journeys.orders_tutorial import cart, checkout, customers, guest, listing, order, shop_setup
from tests.running_server import running_server


async def test_a_tee_and_a_download_are_ordered(committed_url: str, tmp_path: Path):
    await shop_setup.bring_rates(committed_url, tmp_path)
    with running_server(committed_url, tmp_path) as server:
        shop = Shop(server)
        shop_setup.play(shop)
        shop_setup.verify(shop)

        jane = customers.play(shop)
        customers.verify(shop, jane)

        cart_id = cart.play(shop, jane)
        cart.verify(shop, jane, cart_id)
        cart.refuse(jane, cart_id)

        checkout.play(jane)
        checkout.verify(jane)
        checkout.refuse(jane)

        order_id = order.play(jane)
        order.verify(shop, order_id, cart_id)
        order.refuse(shop, jane, order_id)

        guest.verify(shop, guest.play(shop))
        listing.verify(shop, jane)

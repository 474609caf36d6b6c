"""All steps of "Order processing" against a running server with nothing in it."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.caller import Shop
from tests.journeys.orders_tutorial import (
    cart,
    checkout,
    customers,
    guest,
    invoice,
    listing,
    order,
    refund,
    shipment,
    shop_setup,
)
from tests.running_server import running_server


async def test_a_tee_and_a_download_are_ordered_paid_shipped_and_the_tee_given_back(committed_url: str, tmp_path: Path):
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

        guests_id = guest.play(shop)
        guest.verify(shop, guests_id)
        listing.verify(shop, jane)

        invoice_id = invoice.play(shop, order_id)
        invoice.verify(shop, order_id, invoice_id)
        invoice.refuse(shop, order_id)
        shipment_id = shipment.play(shop, order_id)
        shipment.verify(shop, order_id, shipment_id)
        shipment.refuse(shop, order_id)
        refund.refuse_before(shop, order_id, invoice_id, guests_id)
        memo_id = refund.play(shop, order_id)
        refund.verify(shop, order_id, memo_id)
        refund.refuse(shop, order_id)

"""Bulk calls at the addresses that clients have from Magento, with the elements that they send there."""

from __future__ import annotations

import json

from entrepot.kit.jobs import run_due
from tests.quotes.makers import a_product
from tests.sales.imports.orders import JANE
from tests.sales.makers import an_order_of_mugs


async def done(ctx, admin, reply):
    """What became of the elements: their status and what they answered."""
    assert reply.status == 202, reply.body
    await run_due(ctx)
    bulk = (await admin.get(f"/rest/V1/bulk/{reply.body['bulk_uuid']}/detailed-status")).body
    return [
        (one["status"], json.loads(one["result_serialized_data"] or "null"), one["result_message"])
        for one in bulk["operations_list"]
    ]


async def test_lines_are_put_into_the_carts_that_they_name(ctx, admin):
    await a_product(ctx, "24-WB01", "32")
    carts = [(await admin.post("/rest/default/V1/carts")).body for _ in range(2)]
    lines = [{"sku": "24-WB01", "qty": qty, "quote_id": str(cart)} for qty, cart in enumerate(carts, start=1)]
    lines.append({"sku": "24-WB01", "qty": 1})

    reply = await admin.post(
        "/rest/default/async/bulk/V1/carts/byQuoteId/items",
        [{"cartItem": line} for line in lines] + [{"cartItem": lines[0], "cartId": carts[1]}],
    )

    first, second, nowhere, elsewhere = await done(ctx, admin, reply)
    assert (first[0], first[1]["qty"], second[0], second[1]["qty"]) == (1, 1, 1, 2)
    assert (nowhere[0], nowhere[2]) == (3, '"cartId" is required. Enter and try again.')
    assert elsewhere[0] == 3
    shown = [(await admin.get(f"/rest/default/V1/carts/{cart}/items")).body for cart in carts]
    assert [[line["qty"] for line in lines] for lines in shown] == [[1], [2]]


async def test_addresses_are_those_of_the_orders_that_they_name(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    address = JANE | {"address_type": "billing", "email": "jane@example.com", "lastname": "Roe"}
    path = f"/rest/V1/orders/{order_id}"
    address["entity_id"] = (await admin.get(path)).body["billing_address_id"]

    reply = await admin.put(
        "/rest/async/bulk/V1/orders/byParent_id", [{"entity": address | {"parent_id": order_id}}, {"entity": address}]
    )

    named, nowhere = await done(ctx, admin, reply)
    assert (named[0], nowhere[0], nowhere[2]) == (1, 3, "The order address couldn't be saved.")
    assert (await admin.get(path)).body["billing_address"]["lastname"] == "Roe"

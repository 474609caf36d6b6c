"""Orders as integrations bring them in."""

from __future__ import annotations

from typing import Any

JANE: dict[str, Any] = {
    "firstname": "Jane",
    "lastname": "Doe",
    "street": ["1 Main Street", "Flat 2"],
    "city": "Austin",
    "region": "Texas",
    "region_id": 57,
    "postcode": "78758",
    "country_id": "US",
    "telephone": "512-555-1111",
}

CHECK = {"method": "checkmo", "additional_information": ["Check / Money order"], "amount_ordered": 30}


def a_line(**fields: Any) -> dict[str, Any]:
    """Two mugs at 10."""
    return {
        "sku": "mug",
        "name": "Mug",
        "product_type": "simple",
        "qty_ordered": 2,
        "price": 10,
        "base_price": 10,
        "row_total": 20,
        "base_row_total": 20,
    } | fields


def an_entity(**fields: Any) -> dict[str, Any]:
    """What a client must send, and where it goes: two mugs, and 10 for shipping them. None leaves a field out."""
    sent = {
        "customer_email": "jane@example.com",
        "base_grand_total": 30,
        "grand_total": 30,
        "base_subtotal": 20,
        "subtotal": 20,
        "items": [a_line()],
        "billing_address": JANE,
        "payment": CHECK,
        "extension_attributes": {
            "shipping_assignments": [{"shipping": {"address": JANE, "method": "flatrate_flatrate"}}]
        },
    } | fields
    return {name: value for name, value in sent.items() if value is not None}


async def bring_in(admin: Any, **fields: Any) -> dict[str, Any]:
    """The order as it is answered."""
    reply = await admin.post("/rest/V1/orders", {"entity": an_entity(**fields)})
    assert reply.status == 200, reply.body
    return dict(reply.body)


async def change(admin: Any, order_id: int, **fields: Any) -> dict[str, Any]:
    reply = await admin.put("/rest/V1/orders/create", {"entity": {"entity_id": order_id, **fields}})
    assert reply.status == 200, reply.body
    return dict(reply.body)

"""One address of an order changed, or added (spec 60, 5.7)."""

from __future__ import annotations

import pytest

from tests.quotes.makers import configure
from tests.sales.imports.orders import JANE, bring_in
from tests.sales.makers import an_order_of_mugs

FULL = JANE | {"address_type": "billing", "email": "jane@example.com"}
REFUSAL = (400, {"message": "The order address couldn't be saved."})


async def read(admin, order_id):
    return (await admin.get(f"/rest/V1/orders/{order_id}")).body


async def put(admin, order_id, **fields):
    reply = await admin.put(f"/rest/V1/orders/{order_id}", {"entity": FULL | fields})
    return reply.status, reply.body


async def test_an_address_is_changed(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    before = await read(admin, order_id)
    address_id = before["billing_address_id"]
    await ctx.db.execute("update sales_order_address set company = 'Acme', vat_id = 'V1'")
    status, address = await put(
        admin, order_id, entity_id=address_id, lastname="Roe", street=["2 Oak Ave"], company="Roe Inc", parent_id=4711
    )
    assert (status, address) == (
        200,
        before["billing_address"] | {"lastname": "Roe", "street": ["2 Oak Ave"], "company": "Roe Inc", "vat_id": "V1"},
    )
    after = await read(admin, order_id)
    assert after["billing_address"] == address
    shipping = after["extension_attributes"]["shipping_assignments"][0]["shipping"]["address"]
    assert (shipping["lastname"], shipping["company"]) == ("Doe", "Acme")


async def test_an_address_without_an_id_is_added(ctx, admin):
    order = await bring_in(admin, billing_address=None, extension_attributes=None)
    status, address = await put(admin, order["entity_id"])
    assert (status, address["parent_id"]) == (200, order["entity_id"])
    after = await read(admin, order["entity_id"])
    assert after["billing_address"] == address
    assert after["billing_address_id"] == address["entity_id"]
    _, second = await put(admin, order["entity_id"], city="Dallas")
    assert second["entity_id"] > address["entity_id"]
    assert (await read(admin, order["entity_id"]))["billing_address"] == address


@pytest.mark.parametrize("field", [*(name for name in FULL if name not in ("region", "region_id"))])
async def test_an_address_must_have_what_all_have(ctx, rest, admin, field):
    order_id = await an_order_of_mugs(ctx, rest)
    before = await read(admin, order_id)
    assert await put(admin, order_id, entity_id=before["billing_address_id"], **{field: None}) == REFUSAL
    assert await read(admin, order_id) == before


@pytest.mark.parametrize("wrong", [{"email": "nobody"}, {"address_type": "home"}, {"region_id": 2**40}])
async def test_an_address_that_is_wrong_is_refused(ctx, rest, admin, wrong):
    order_id = await an_order_of_mugs(ctx, rest)
    assert await put(admin, order_id, **wrong) == REFUSAL
    assert await ctx.db.value("select count(*) from sales_order_address") == 2


async def test_the_shop_says_whether_telephone_company_and_fax_are_needed(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    await configure(
        ctx, customer__address__telephone_show="opt", customer__address__company_show="req",
        customer__address__fax_show="req",
    )  # fmt: skip
    assert await put(admin, order_id, telephone=None) == REFUSAL
    assert await put(admin, order_id, telephone=None, company="Acme") == REFUSAL
    status, _ = await put(admin, order_id, telephone=None, company="Acme", fax="1")
    assert status == 200


async def test_an_empty_text_was_given(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    status, address = await put(admin, order_id, postcode="", country_id="IE")
    assert (status, address["postcode"]) == (200, "")


async def test_an_order_that_there_is_not_and_another_orders_address_are_refused(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    other = await bring_in(admin)
    assert await put(admin, 4711) == REFUSAL
    assert await put(admin, 0) == REFUSAL
    assert await put(admin, order_id, entity_id=other["billing_address_id"], lastname="Roe") == REFUSAL
    assert (await read(admin, other["entity_id"]))["billing_address"] == other["billing_address"]

"""Fixed product taxes of orders that are brought in: this shop takes none (spec 51), but keeps them (60, 4.3)."""

from __future__ import annotations

from tests.sales.imports.orders import a_line, bring_in, change

RECYCLING = {
    "weee_tax_applied": '[{"title":"Recycling","amount":1.5,"row_amount":3}]',
    "weee_tax_applied_amount": 1.5,
    "weee_tax_applied_row_amount": 3,
    "weee_tax_disposition": 0,
    "weee_tax_row_disposition": 0,
    "base_weee_tax_applied_amount": 1.2,
    "base_weee_tax_applied_row_amnt": 2.4,
    "base_weee_tax_disposition": 0,
    "base_weee_tax_row_disposition": 0,
}


async def test_they_stay_and_are_in_the_totals_with_tax(admin):
    order = await bring_in(admin, items=[a_line(**RECYCLING), a_line(sku="cup")])
    mug, cup = order["items"]
    assert {name: mug[name] for name in RECYCLING} == RECYCLING
    # The row's amount, in both currencies: 20 + 3 and 20 + 2.4.
    assert (mug["row_total"], mug["row_total_incl_tax"], mug["base_row_total_incl_tax"]) == (20, 23, 22.4)
    assert [name for name in RECYCLING if name in cup] == []
    assert cup["row_total_incl_tax"] == 20

    changed = await change(admin, order["entity_id"], items=[mug])
    assert changed["items"][0] == mug | {"updated_at": changed["items"][0]["updated_at"]}


async def test_what_was_taxed_of_them_is_told_by_the_line_they_belong_to(admin):
    tax = {"code": "US-NY", "title": "US-NY", "percent": 8, "amount": 0.24, "base_amount": 0.2}
    of_line = {"type": "weee", "associated_item_id": 1, "applied_taxes": [tax]}
    order = await bring_in(
        admin,
        items=[a_line(item_id=1, **RECYCLING)],
        extension_attributes={"applied_taxes": [tax], "item_applied_taxes": [of_line]},
    )
    assert order["extension_attributes"]["item_applied_taxes"] == [
        of_line | {"associated_item_id": order["items"][0]["item_id"]}
    ]


async def with_tax(admin, **fields):
    """Three mugs at 10 with 10 to recycle them, which do not divide by three, and 10 for shipping: 50."""
    taxes = {"weee_tax_applied_row_amount": 10, "base_weee_tax_applied_row_amnt": 10}
    line = a_line(qty_ordered=3, row_total=30, base_row_total=30, **taxes)
    amounts = {
        "subtotal": 30, "base_subtotal": 30, "shipping_amount": 10, "base_shipping_amount": 10,
        "grand_total": 50, "base_grand_total": 50,
    }  # fmt: skip
    return await bring_in(admin, items=[line], **(amounts | fields))


async def invoiced(admin, order, qty):
    """What the invoice of so many pieces comes to."""
    line = {"order_item_id": order["items"][0]["item_id"], "qty": qty}
    reply = await admin.post(f"/rest/V1/order/{order['entity_id']}/invoice", {"items": [line]})
    assert reply.status == 200, reply.body
    invoice = (await admin.get(f"/rest/V1/invoices/{reply.body}")).body
    return invoice["grand_total"], invoice["base_grand_total"]


async def refunded(admin, order, qty):
    line = {"order_item_id": order["items"][0]["item_id"], "qty": qty}
    reply = await admin.post(f"/rest/V1/order/{order['entity_id']}/refund", {"items": [line]})
    assert reply.status == 200, reply.body
    return (await admin.get(f"/rest/V1/creditmemo/{reply.body}")).body["grand_total"]


async def test_invoices_and_memos_take_them_with_the_pieces(admin):
    order = await with_tax(admin)
    # 10, its share of the tax, 3.33, and all of the shipping; then 20 and 6.67.
    assert await invoiced(admin, order, 1) == (23.33, 23.33)
    assert await invoiced(admin, order, 2) == (26.67, 26.67)
    paid = (await admin.get(f"/rest/V1/orders/{order['entity_id']}")).body
    assert (paid["total_paid"], paid["total_due"]) == (50, 0)

    # Two pieces with 6.67 of the tax and the shipping, then the last one with 3.33.
    assert await refunded(admin, order, 2) == 36.67
    assert await refunded(admin, order, 1) == 13.33
    closed = (await admin.get(f"/rest/V1/orders/{order['entity_id']}")).body
    assert closed["total_refunded"] == 50


async def test_those_that_the_subtotal_has_are_not_taken_twice(admin):
    order = await with_tax(admin, subtotal=40, base_subtotal=40)
    assert await invoiced(admin, order, 3) == (50, 50)

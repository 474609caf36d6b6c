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

"""Orders as clients read them (spec 60, 4 and 5)."""

from __future__ import annotations

import json

import pytest

from tests.sales.makers import an_order_of_mugs

TOTAL = {
    "base_shipping_amount": 10,
    "base_shipping_discount_amount": 0,
    "base_shipping_discount_tax_compensation_amnt": 0,
    "base_shipping_incl_tax": 10,
    "base_shipping_tax_amount": 0,
    "shipping_amount": 10,
    "shipping_discount_amount": 0,
    "shipping_discount_tax_compensation_amount": 0,
    "shipping_incl_tax": 10,
    "shipping_tax_amount": 0,
}


def jane(kind, entity_id, order_id):
    return {
        "address_type": kind,
        "city": "Austin",
        "country_id": "US",
        "email": "jane@example.com",
        "entity_id": entity_id,
        "firstname": "Jane",
        "lastname": "Doe",
        "parent_id": order_id,
        "postcode": "78758",
        "region": "Texas",
        "region_code": "TX",
        "region_id": 57,
        "street": ["1 Main Street"],
        "telephone": "512-555-1111",
    }


async def test_the_worked_example_field_by_field(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    row = await ctx.db.one(
        dict,
        "select quote_id, protect_code, billing_address_id, shipping_address_id,"
        " to_char(created_at, 'YYYY-MM-DD HH24:MI:SS') as at, (select item_id from sales_order_item) as item_id,"
        " (select product_id from sales_order_item) as product_id, (select entity_id from sales_order_payment) as"
        " payment_id, (select quote_item_id from sales_order_item) as quote_item_id from sales_order",
    )
    assert row["billing_address_id"] == row["shipping_address_id"] + 1
    assert len(row["protect_code"]) == 32

    reply = await admin.get(f"/rest/V1/orders/{order_id}")

    item = {
        "amount_refunded": 0,
        "base_amount_refunded": 0,
        "base_discount_amount": 0,
        "base_discount_invoiced": 0,
        "base_discount_tax_compensation_amount": 0,
        "base_original_price": 10,
        "base_price": 10,
        "base_price_incl_tax": 10,
        "base_row_invoiced": 0,
        "base_row_total": 20,
        "base_row_total_incl_tax": 20,
        "base_tax_amount": 0,
        "base_tax_invoiced": 0,
        "created_at": row["at"],
        "discount_amount": 0,
        "discount_invoiced": 0,
        "discount_percent": 0,
        "free_shipping": 0,
        "discount_tax_compensation_amount": 0,
        "is_qty_decimal": 0,
        "is_virtual": 0,
        "item_id": row["item_id"],
        "name": "Mug",
        "no_discount": 0,
        "order_id": order_id,
        "original_price": 10,
        "price": 10,
        "price_incl_tax": 10,
        "product_id": row["product_id"],
        "product_type": "simple",
        "qty_canceled": 0,
        "qty_invoiced": 0,
        "qty_ordered": 2,
        "qty_refunded": 0,
        "qty_shipped": 0,
        "quote_item_id": row["quote_item_id"],
        "row_invoiced": 0,
        "row_total": 20,
        "row_total_incl_tax": 20,
        "row_weight": 2,
        "sku": "mug",
        "store_id": 1,
        "tax_amount": 0,
        "tax_invoiced": 0,
        "tax_percent": 0,
        "updated_at": row["at"],
        "weight": 1,
    }
    expected = {
        "base_currency_code": "USD",
        "base_discount_amount": 0,
        "base_grand_total": 30,
        "base_discount_tax_compensation_amount": 0,
        "base_shipping_amount": 10,
        "base_shipping_discount_amount": 0,
        "base_shipping_discount_tax_compensation_amnt": 0,
        "base_shipping_incl_tax": 10,
        "base_shipping_tax_amount": 0,
        "base_subtotal": 20,
        "base_subtotal_incl_tax": 20,
        "base_tax_amount": 0,
        "base_total_due": 30,
        "base_to_global_rate": 1,
        "base_to_order_rate": 1,
        "billing_address_id": row["billing_address_id"],
        "created_at": row["at"],
        "customer_email": "jane@example.com",
        "customer_firstname": "Jane",
        "customer_group_id": 0,
        "customer_is_guest": 1,
        "customer_lastname": "Doe",
        "customer_note_notify": 1,
        "discount_amount": 0,
        "entity_id": order_id,
        "global_currency_code": "USD",
        "grand_total": 30,
        "discount_tax_compensation_amount": 0,
        "increment_id": "000000001",
        "is_virtual": 0,
        "order_currency_code": "USD",
        "protect_code": row["protect_code"],
        "quote_id": row["quote_id"],
        "remote_ip": "127.0.0.1",
        "shipping_amount": 10,
        "shipping_description": "Flat Rate - Fixed",
        "shipping_discount_amount": 0,
        "shipping_discount_tax_compensation_amount": 0,
        "shipping_incl_tax": 10,
        "shipping_tax_amount": 0,
        "state": "new",
        "status": "pending",
        "store_currency_code": "USD",
        "store_id": 1,
        "store_name": "Main Website\nMain Website Store\nDefault Store View",
        "store_to_base_rate": 0,
        "store_to_order_rate": 0,
        "subtotal": 20,
        "subtotal_incl_tax": 20,
        "tax_amount": 0,
        "total_due": 30,
        "total_item_count": 1,
        "total_qty_ordered": 2,
        "updated_at": row["at"],
        "weight": 2,
        "items": [item],
        "billing_address": jane("billing", row["billing_address_id"], order_id),
        "payment": {
            "account_status": None,
            "additional_information": ["Check / Money order"],
            "amount_ordered": 30,
            "base_amount_ordered": 30,
            "base_shipping_amount": 10,
            "cc_exp_year": "0",
            "cc_last4": None,
            "cc_ss_start_month": "0",
            "cc_ss_start_year": "0",
            "entity_id": row["payment_id"],
            "method": "checkmo",
            "parent_id": order_id,
            "shipping_amount": 10,
        },
        "status_histories": [],
        "extension_attributes": {
            "shipping_assignments": [
                {
                    "shipping": {
                        "address": jane("shipping", row["shipping_address_id"], order_id),
                        "method": "flatrate_flatrate",
                        "total": TOTAL,
                    },
                    "items": [item],
                }
            ],
            "payment_additional_info": [{"key": "method_title", "value": "Check / Money order"}],
            "applied_taxes": [],
            "item_applied_taxes": [],
        },
    }
    assert reply.status == 200
    assert reply.body == expected
    # Clients that show an order as it comes rely on the order of the fields, too.
    assert json.dumps(reply.body) == json.dumps(expected)


@pytest.mark.parametrize(("id", "status", "message"), [
    (0, 400, "An ID is needed. Set the ID and try again."),
    (999, 404, "The entity that was requested doesn't exist. Verify the entity and try again."),
])  # fmt: skip
@pytest.mark.parametrize("path", ["orders/{}", "orders/{}/statuses", "orders/items/{}"])
async def test_what_is_not_there_is_not_found(admin, path, id, status, message):
    reply = await admin.get("/rest/V1/" + path.format(id))
    assert (reply.status, reply.body) == (status, {"message": message})


@pytest.mark.parametrize("path", ["orders/1", "orders", "orders/1/statuses", "orders/items/1", "orders/items"])
async def test_only_who_may_view_orders_reads_them(rest, path):
    reply = await rest.get("/rest/V1/" + path)
    assert (reply.status, reply.body["parameters"]) == (401, {"resources": "Magento_Sales::actions_view"})

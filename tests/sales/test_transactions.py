"""Payment transactions (spec 60, 9.2)."""

from __future__ import annotations

import json

from tests.sales.makers import an_order_of_mugs


async def a_transaction(ctx, order_id, txn_id, **fields):
    """Its id."""
    parent_id = fields.get("parent_id")
    return await ctx.db.value(
        """
        insert into sales_payment_transaction (
            parent_id, order_id, payment_id, txn_id, parent_txn_id, txn_type, is_closed, additional_information,
            created_at
        )
        select %(parent_id)s, %(order_id)s, entity_id, %(txn_id)s, %(parent_txn_id)s, %(txn_type)s, 0, %(notes)s::json,
            '2020-03-02 11:00:00+00'
        from sales_order_payment
        where parent_id = %(order_id)s
        returning transaction_id
        """,
        order_id=order_id,
        parent_id=parent_id,
        txn_id=txn_id,
        parent_txn_id=fields.get("parent_txn_id"),
        txn_type=fields["txn_type"],
        notes=json.dumps(fields.get("notes", {})),
    )


async def test_without_a_gateway_there_are_none(ctx, rest, admin):
    await an_order_of_mugs(ctx, rest)
    reply = await admin.get("/rest/V1/transactions?searchCriteria=")
    assert (reply.body["items"], reply.body["total_count"]) == ([], 0)


async def test_a_transaction_has_what_follows_from_it(ctx, rest, admin):
    order_id = await an_order_of_mugs(ctx, rest)
    first = await a_transaction(ctx, order_id, "A1", txn_type="authorization", notes={"risk": "low", "checks": [1]})
    second = await a_transaction(ctx, order_id, "C1", txn_type="capture", parent_id=first, parent_txn_id="A1")

    found = (await admin.get(f"/rest/V1/transactions/{first}")).body

    payment_id = await ctx.db.value("select entity_id from sales_order_payment")
    common = {"order_id": order_id, "payment_id": payment_id, "is_closed": 0, "created_at": "2020-03-02 11:00:00"}
    assert found == {
        **common,
        "transaction_id": first,
        "txn_id": "A1",
        "parent_txn_id": None,
        "txn_type": "authorization",
        "additional_information": ["low", "[1]"],
        "child_transactions": [
            {
                **common,
                "transaction_id": second,
                "parent_id": first,
                "txn_id": "C1",
                "parent_txn_id": "A1",
                "txn_type": "capture",
                "additional_information": [],
                "child_transactions": [],
            }
        ],
    }
    one = "searchCriteria[filter_groups][0][filters][0]"
    listed = await admin.get(f"/rest/V1/transactions?{one}[field]=txn_type&{one}[value]=capture")
    assert [each["transaction_id"] for each in listed.body["items"]] == [second]


async def test_only_who_may_sees_them(rest, admin):
    for path in ("transactions/1", "transactions"):
        reply = await rest.get(f"/rest/V1/{path}")
        assert reply.body["parameters"] == {"resources": "Magento_Sales::transactions_fetch"}
    assert (await admin.get("/rest/V1/transactions/9")).status == 404

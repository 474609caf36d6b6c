"""Orders and their lines, searched (spec 60, 5.1, 5.2 and 14)."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from entrepot.kit.search_criteria import SearchCriteria, SortOrder, where
from entrepot.sales.items import list_items
from entrepot.sales.orders import get_order, list_orders
from entrepot.sales.queries.items import ITEMS
from entrepot.sales.queries.orders import ORDERS
from tests.quotes.makers import a_product
from tests.sales.makers import an_order


def items(found):
    """What was found."""
    return found.items


@pytest.fixture
async def three(ctx, rest):
    """Orders of one, two and three lamps at 50, the last one of a cup at 10 too; their ids."""
    await a_product(ctx, "lamp", "50")
    await a_product(ctx, "cup", "10")
    return [
        await an_order(rest, ("lamp", 1), email="ann@example.com"),
        await an_order(rest, ("lamp", 2), email="bob@example.com"),
        await an_order(rest, ("lamp", 3), ("cup", 1), email="cid@example.com"),
    ]


async def test_without_criteria_all_orders_come_by_id(ctx, three):
    found = await list_orders(ctx, SearchCriteria())
    assert [order.entity_id for order in items(found)] == three
    assert found.total_count == 3


async def test_an_order_in_a_list_is_what_it_is_alone(ctx, admin, three):
    listed = (await admin.get("/rest/V1/orders?searchCriteria[pageSize]=10")).body["items"]
    assert listed == [(await admin.get(f"/rest/V1/orders/{id}")).body for id in three]


@pytest.mark.parametrize(
    ("field", "value", "condition", "found"),
    [
        ("entity_id", "2", "eq", [1]),
        ("increment_id", "000000003", "eq", [2]),
        ("status", "PENDING", "eq", [0, 1, 2]),
        ("state", "complete", "eq", []),
        ("grand_total", "100", "gt", [1, 2]),
        ("total_due", "110", "eq", [1]),
        ("shipping_method", "flatrate%", "like", [0, 1, 2]),
        ("total_qty_ordered", "1,4", "in", [0, 2]),
        ("store_id", "1", "neq", []),
        ("customer_id", "", "null", [0, 1, 2]),
        ("created_at", "2001-01-01 00:00:00", "lt", []),
        ("send_email", "1", "eq", [0, 1, 2]),
        ("email_sent", "", "notnull", []),
    ],
)
async def test_orders_are_found_by_their_columns(ctx, three, field, value, condition, found):
    answer = await list_orders(ctx, where(field, value, condition))
    assert [order.entity_id for order in items(answer)] == [three[number] for number in found]


@pytest.mark.parametrize("listing", [ORDERS, ITEMS])
async def test_every_column_can_be_filtered_and_sorted_by(ctx, three, listing):
    call = list_orders if listing is ORDERS else list_items
    for name in listing.fields.named:
        criteria = where(name, "1", "eq")
        criteria.sort_orders = [SortOrder(field=name, direction="ASC")]
        await call(ctx, criteria)


async def test_sorted_and_in_pages(ctx, three):
    criteria = SearchCriteria(
        sort_orders=[SortOrder(field="grand_total", direction="DESC")], page_size=2, current_page=2
    )
    found = await list_orders(ctx, criteria)
    assert [order.entity_id for order in items(found)] == three[:1]
    assert found.total_count == 3


async def test_the_answer_repeats_the_criteria(admin, three):
    query = urlencode({
        "searchCriteria[filter_groups][0][filters][0][field]": "status",
        "searchCriteria[filter_groups][0][filters][0][value]": "pending",
        "fields": "items[increment_id,entity_id],search_criteria,total_count",
    })  # fmt: skip
    reply = await admin.get(f"/rest/V1/orders?{query}")
    assert reply.body == {
        "items": [{"increment_id": f"{number:09}", "entity_id": id} for number, id in enumerate(three, start=1)],
        "search_criteria": {
            "filter_groups": [{"filters": [{"field": "status", "value": "pending", "condition_type": "eq"}]}]
        },
        "total_count": 3,
    }


async def test_an_unknown_column_is_refused(admin, three):
    query = urlencode({"searchCriteria[filter_groups][0][filters][0][field]": "nonsense"})
    assert (await admin.get(f"/rest/V1/orders?{query}")).status == 400


async def test_any_number_of_orders_takes_the_same_statements(ctx, three):
    counts = []
    for criteria in (where("entity_id", str(three[0])), SearchCriteria()):
        before = ctx.db.statements
        await list_orders(ctx, criteria)
        counts.append(ctx.db.statements - before)
    before = ctx.db.statements
    await get_order(ctx, three[2])
    assert counts == [6, 6]
    assert ctx.db.statements - before == 6


async def test_lines_are_listed_by_themselves(ctx, admin, three):
    found = await list_items(ctx, where("sku", "CUP"))
    assert [(item.order_id, item.sku, item.qty_ordered) for item in items(found)] == [(three[2], "cup", 1)]
    reply = await admin.get(f"/rest/V1/orders/items/{items(found)[0].item_id}")
    order = (await admin.get(f"/rest/V1/orders/{three[2]}")).body
    assert reply.body == order["items"][1]


async def test_lines_are_compared_by_what_is_stored(ctx, three):
    """Clients see totals after discount; filters and sort orders take them before it."""
    await ctx.db.execute("update sales_order_item set discount_amount = 120 where row_total = 150")
    found = await list_items(ctx, where("row_total", "150"))
    assert [(item.row_total, item.row_total_incl_tax) for item in items(found)] == [(30, 30)]
    by_total = SearchCriteria(sort_orders=[SortOrder(field="row_total", direction="DESC")])
    assert items(await list_items(ctx, by_total))[0].item_id == items(found)[0].item_id


async def test_a_part_comes_with_its_line(ctx, three):
    line, part = await ctx.db.values(
        "select item_id from sales_order_item where order_id = %(id)s order by item_id", id=three[2]
    )
    await ctx.db.execute(
        "update sales_order_item set parent_item_id = %(line)s where item_id = %(part)s", line=line, part=part
    )
    (found,) = items(await list_items(ctx, where("item_id", str(part))))
    assert found.parent_item is None
    _, found = items(await list_items(ctx, where("order_id", str(three[2]))))
    assert found.parent_item is not None
    assert found.parent_item.item_id == line


async def test_a_part_alone_comes_with_its_line_too(ctx, admin, three):
    line, part = await ctx.db.values(
        "select item_id from sales_order_item where order_id = %(id)s order by item_id", id=three[2]
    )
    await ctx.db.execute(
        "update sales_order_item set parent_item_id = %(line)s where item_id = %(part)s", line=line, part=part
    )
    reply = (await admin.get(f"/rest/V1/orders/items/{part}")).body
    assert reply["parent_item"] == (await admin.get(f"/rest/V1/orders/items/{line}")).body

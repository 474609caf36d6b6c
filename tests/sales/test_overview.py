"""Orders as people look over them."""

from __future__ import annotations

from decimal import Decimal

from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria, SortOrder
from entrepot.sales import overview
from tests.quotes.makers import NEW_YORK
from tests.sales.makers import AUSTIN, a_ready_cart, an_order_of_mugs, pay


def where(field: str, value: str, condition: str = "eq") -> SearchCriteria:
    return SearchCriteria(filter_groups=[FilterGroup(filters=[Filter(field, value, condition)])])


async def test_a_line_says_who_buys_what_it_costs_and_where_it_goes(ctx, rest):
    await an_order_of_mugs(ctx, rest)
    (line,), total = await overview.search_order_lines(ctx, SearchCriteria(page_size=20, current_page=1))
    assert total == 1
    assert (line.increment_id, line.status, line.billing_name, line.shipping_name) == (
        "000000001", "pending", "Jane Doe", "Jane Doe",
    )  # fmt: skip
    assert line.billing_address == line.shipping_address == "1 Main Street, Austin, Texas, 78758"
    assert line.store_name == "Main Website\nMain Website Store\nDefault Store View"
    assert (line.base_grand_total, line.base_subtotal, line.base_shipping_amount) == (30, 20, 10)
    assert (line.payment_method, line.customer_email) == ("checkmo", "jane@example.com")
    assert line.total_refunded is None


async def test_lines_are_found_by_what_people_remember_of_an_order(ctx, rest):
    await an_order_of_mugs(ctx, rest)
    mask = await a_ready_cart(rest, ("mug", 1), **{**NEW_YORK, "firstname": "Noor", "company": "Acme"})
    await pay(rest, mask, email="noor@example.com")
    for field, value, condition in (
        ("increment_id", "%0002%", "like"), ("billing_name", "%noor doe%", "like"),
        ("billing_address", "%Acme, 123 Oak%", "like"), ("customer_email", "noor@example.com", "eq"),
        ("base_grand_total", "20", "lteq"), ("shipping_name", "%NOOR%", "like"),
    ):  # fmt: skip
        lines, _ = await overview.search_order_lines(ctx, where(field, value, condition))
        assert [line.increment_id for line in lines] == ["000000002"], field


async def test_a_page_of_lines_takes_two_statements_however_many_there_are(ctx, rest):
    await an_order_of_mugs(ctx, rest)
    for _ in range(3):
        await pay(rest, await a_ready_cart(rest, ("mug", 1), **AUSTIN))
    newest = [SortOrder(field="created_at", direction="DESC")]
    before = ctx.db.statements
    lines, total = await overview.search_order_lines(
        ctx, SearchCriteria(sort_orders=newest, page_size=2, current_page=1)
    )
    assert ([line.increment_id for line in lines], total) == (["000000004", "000000003"], 4)
    assert ctx.db.statements - before == 2


async def test_the_newest_lines_are_read_off_the_index(ctx):
    await ctx.db.execute("set local enable_seqscan = off")
    plan = await ctx.db.values(
        """
        explain select o.entity_id
        from sales_order o
        order by (o.created_at) desc nulls last, o.entity_id desc
        limit 20
        """
    )
    assert any("using sales_order_created_at" in line for line in plan)


async def test_figures_leave_out_what_was_cancelled_or_refunded(ctx, rest):
    assert await overview.figures(ctx) == overview.Figures(Decimal(0), Decimal(0), 0, "USD")
    await an_order_of_mugs(ctx, rest)
    refunded = int((await pay(rest, await a_ready_cart(rest, ("mug", 1), **AUSTIN))).body)
    canceled = int((await pay(rest, await a_ready_cart(rest, ("mug", 3), **AUSTIN))).body)
    await ctx.db.execute("update sales_order set base_total_refunded = 5 where entity_id = %(id)s", id=refunded)
    await ctx.db.execute("update sales_order set state = 'canceled' where entity_id = %(id)s", id=canceled)
    assert await overview.figures(ctx) == overview.Figures(Decimal(40), Decimal(20), 2, "USD")

"""What the forms of new documents show of lines with parts: fields only for what goes by itself."""

from __future__ import annotations

import msgspec
import pytest

from tests.quotes.makers import a_product
from tests.sales.makers import an_order

INVOICE = "/admin/sales/order_invoice/new/order_id/"
SHIPMENT = "/admin/sales/order_shipment/new/order_id/"


async def a_kit(ctx, rest, **options):
    """An order of two kits with two cups each: the ids of the order, of the line and of its part."""
    await a_product(ctx, "kit", "10", name="Kit")
    await a_product(ctx, "cup", "5", name="Cup")
    order_id = await an_order(rest, ("kit", 2), ("cup", 4))
    kit, cup = await ctx.db.values(
        "select item_id from sales_order_item where order_id = %(id)s order by item_id", id=order_id
    )
    await ctx.db.execute(
        "update sales_order_item set product_type = 'bundle', product_options = %(options)s where item_id = %(kit)s",
        options=msgspec.json.encode(options).decode(),
        kit=kit,
    )
    await ctx.db.execute(
        "update sales_order_item set parent_item_id = %(kit)s where item_id = %(cup)s", kit=kit, cup=cup
    )
    return order_id, kit, cup


def fields(browser, prefix, *item_ids):
    return [browser.value(f"{prefix}[items][{item_id}]") for item_id in item_ids]


def products(browser):
    return [row[0].split(" SKU")[0] for row in browser.rows]


async def of_items(ctx, column, order_id):
    rows = await ctx.db.all(
        dict, "select * from sales_order_item where order_id = %(id)s order by item_id", id=order_id
    )
    return [row[column] for row in rows]


@pytest.mark.parametrize(
    ("calculations", "invoiced"),
    [
        # The parts have the prices: each is invoiced by itself.
        ("0", [None, "4"]),
        # The line has the price.
        ("1", ["2", None]),
    ],
)
async def test_an_invoice_asks_for_what_has_the_price(browser, ctx, rest, calculations, invoiced):
    order_id, kit, cup = await a_kit(ctx, rest, product_calculations=calculations, shipment_type="0")
    await browser.get(f"{INVOICE}{order_id}/")
    assert products(browser) == ["Kit", "Cup"]
    assert fields(browser, "invoice", kit, cup) == invoiced


@pytest.mark.parametrize(
    ("shipment_type", "asked"),
    [
        # Together: the parts go with the line.
        ("0", ["2", None]),
        # Each part by itself.
        ("1", [None, "4"]),
    ],
)
async def test_a_shipment_asks_for_what_is_shipped_by_itself(browser, ctx, rest, shipment_type, asked):
    order_id, kit, cup = await a_kit(ctx, rest, product_calculations="0", shipment_type=shipment_type)
    await browser.get(f"{SHIPMENT}{order_id}/")
    assert products(browser) == ["Kit", "Cup"]
    assert fields(browser, "shipment", kit, cup) == asked


async def test_goods_that_leave_with_the_invoice_of_their_parts_leave_by_their_line(browser, ctx, rest):
    order_id, _, cup = await a_kit(ctx, rest, product_calculations="0", shipment_type="0")
    await browser.get(f"{INVOICE}{order_id}/")
    chosen = {f"invoice[items][{cup}]": "2", "invoice[do_shipment]": "1"}
    await browser.make({**chosen, "do": "submit"})
    assert browser.messages == ["success: You created the invoice and shipment."]
    # Two cups are one whole kit.
    assert await of_items(ctx, "qty_invoiced", order_id) == [1, 2]
    assert await of_items(ctx, "qty_shipped", order_id) == [1, 2]


async def test_goods_that_leave_with_the_invoice_of_their_line_leave_by_their_parts(browser, ctx, rest):
    order_id, kit, _ = await a_kit(ctx, rest, product_calculations="1", shipment_type="1")
    await browser.get(f"{INVOICE}{order_id}/")
    chosen = {f"invoice[items][{kit}]": "1", "invoice[do_shipment]": "1"}
    await browser.make({**chosen, "do": "submit"})
    assert browser.messages == ["success: You created the invoice and shipment."]
    assert await of_items(ctx, "qty_shipped", order_id) == [1, 2]


async def test_a_shipment_of_what_several_parts_belong_to_takes_all_of_them(browser, ctx, rest):
    order_id, kit, _ = await a_kit(ctx, rest, product_calculations="0", shipment_type="0")
    await browser.get(f"{SHIPMENT}{order_id}/")
    await browser.make({f"shipment[items][{kit}]": "1", "do": "submit"})
    assert browser.messages == ["success: The shipment has been created."]
    assert await of_items(ctx, "qty_shipped", order_id) == [1, 2]
    await browser.get(f"{SHIPMENT}{order_id}/")
    assert [row[3:] for row in browser.rows] == [["1", ""], ["2", "2"]]


@pytest.mark.parametrize("path", [INVOICE, SHIPMENT])
async def test_a_form_takes_the_same_statements_for_any_number_of_lines(browser, ctx, rest, path):
    for sku in ("mug", "cup", "kit", "pot"):
        await a_product(ctx, sku, "10")
    one = await an_order(rest, ("mug", 1))
    four = await an_order(rest, ("mug", 1), ("cup", 1), ("kit", 1), ("pot", 1))

    async def statements(order_id):
        before = ctx.db.statements
        await browser.get(f"{path}{order_id}/")
        return ctx.db.statements - before

    await statements(one)
    assert await statements(one) == await statements(four)
    assert len(browser.rows) == 4

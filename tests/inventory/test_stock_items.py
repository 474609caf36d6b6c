"""Spec 40-inventory, 8 and 22: how a product is sold, and the mirror between its stock item and the default source."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from entrepot import inventory
from entrepot.catalog.contracts import Product, ProductExtension, StockItem
from entrepot.catalog.drafts import Draft
from entrepot.inventory import Deduction, SalesEvent
from entrepot.inventory.rules import settings as rules
from entrepot.inventory.rules.settings import StockItemRow
from tests.inventory.makers import a_product, a_source, a_stock, configure, item, put, reserve

SHIPPED = SalesEvent("shipment_created", "order", "8")


async def stock_item(ctx, sku):
    found = await inventory.get_stock_item(ctx, sku)
    return found.qty, found.is_in_stock


async def change(ctx, sku, **values):
    return await inventory.update_stock_item(ctx, sku, StockItem(**values))


# ---------------------------------------------------------------- settings

GROUPS = [
    ("1", 0, "1"),
    ("2.5", 3, "2.5"),
    ('{"32000": 4}', 7, "4"),
    ('{"1": 6, "32000": "4"}', 1, "6"),
    ('{"1": 6, "32000": "4"}', 2, "4"),
    ('{"1": 6}', 2, None),
    ("", 0, None),
    (None, 0, None),
    ("nonsense", 0, None),
    ("[]", 0, None),
]


@pytest.mark.parametrize(("value", "group", "expected"), GROUPS)
def test_the_minimum_is_read_for_the_customer_group(value, group, expected):
    found = rules.min_sale_qty(value, group)
    assert found == (None if expected is None else Decimal(expected))


DEFAULTS = {
    "manage_stock": "1",
    "backorders": "0",
    "min_qty": "0",
    "min_sale_qty": "1",
    "max_sale_qty": "10000",
    "notify_stock_qty": "1",
    "enable_qty_increments": "0",
    "qty_increments": "1",
}
THRESHOLDS = [("0", "5", 5), ("0", "-5", 0), ("1", "5", 0), ("1", "-5", -5), ("2", "-5", -5)]


@pytest.mark.parametrize(("backorders", "min_qty", "expected"), THRESHOLDS)
def test_a_threshold_counts_by_its_sign_and_backorders(backorders, min_qty, expected):
    config = rules.configured({**DEFAULTS, "backorders": backorders, "min_qty": min_qty}.get)
    assert rules.settings(StockItemRow(product_id=1), config).min_qty == expected


INCREMENTS = [
    ("0", "3", False, 0),
    ("1", "3", False, 3),
    ("1", "2.5", False, 2),
    ("1", "2.5", True, 2.5),
    ("1", "0", True, 0),
]


@pytest.mark.parametrize(("enabled", "value", "decimal", "expected"), INCREMENTS)
def test_increments_hold_when_enabled_and_whole_unless_decimals_are_sold(enabled, value, decimal, expected):
    config = rules.configured({**DEFAULTS, "enable_qty_increments": enabled, "qty_increments": value}.get)
    row = StockItemRow(product_id=1, is_qty_decimal=decimal)
    assert rules.settings(row, config).qty_increments == Decimal(str(expected))


def test_a_sku_without_product_is_managed_and_has_no_limits():
    found = rules.settings(None, rules.configured({**DEFAULTS, "manage_stock": "0", "backorders": "1"}.get))
    assert (found.manage_stock, found.backorders, found.min_qty) == (True, 0, Decimal(0))
    assert (found.min_sale_qty, found.max_sale_qty) == (None, None)


# ---------------------------------------------------------------- routes


async def test_a_stock_item_reads_as_what_holds_for_the_product(ctx, admin):
    product = await a_product(ctx, "sp1", is_qty_decimal=False)
    reply = await admin.get("/rest/V1/stockItems/SP1")
    item_id = reply.body["item_id"]
    assert (
        reply.text
        == (
            f'{{"item_id":{item_id},"product_id":{product.product_id},"stock_id":1,"qty":0,"is_in_stock":false,'
            '"is_qty_decimal":false,"show_default_notification_message":false,"use_config_min_qty":true,"min_qty":0,'
            '"use_config_min_sale_qty":1,"min_sale_qty":1,"use_config_max_sale_qty":true,"max_sale_qty":10000,'
            '"use_config_backorders":true,"backorders":0,"use_config_notify_stock_qty":true,"notify_stock_qty":1,'
            '"use_config_qty_increments":true,"qty_increments":0,"use_config_enable_qty_inc":true,'
            '"enable_qty_increments":false,"use_config_manage_stock":true,"manage_stock":true,"low_stock_date":'
            f'"{ctx.now:%Y-%m-%d}'
        )
        + reply.text.split(f"{ctx.now:%Y-%m-%d}", 1)[1]
    )
    assert reply.text.endswith(',"is_decimal_divided":false,"stock_status_changed_auto":1}')


@pytest.mark.parametrize(
    ("method", "url"),
    [
        ("GET", "/rest/V1/stockItems/nothing"),
        ("PUT", "/rest/V1/products/nothing/stockItems/1"),
        ("GET", "/rest/V1/stockStatuses/nothing"),
    ],
)
async def test_an_unknown_sku_is_not_found(admin, method, url):
    reply = await admin.call(method, url, {"stockItem": {"qty": 1}} if method == "PUT" else None)
    assert (reply.status, reply.body) == (
        404,
        {"message": 'The Product with the "%1" SKU doesn\'t exist.', "parameters": ["nothing"]},
    )


async def test_an_update_is_partial_and_the_id_in_the_path_says_nothing(ctx, admin):
    await a_product(ctx, "sp1")
    item_id = (await admin.get("/rest/V1/stockItems/sp1")).body["item_id"]
    first = {"qty": 100, "is_in_stock": True, "use_config_min_sale_qty": 0, "min_sale_qty": 2}
    reply = await admin.put("/rest/V1/products/sp1/stockItems/999", {"stockItem": first})
    assert reply.body == item_id
    await admin.put("/rest/V1/products/sp1/stockItems/1", {"stockItem": {"max_sale_qty": 5}})
    found = (await admin.get("/rest/V1/stockItems/sp1")).body
    assert {name: found[name] for name in first} == first
    assert (found["use_config_max_sale_qty"], found["max_sale_qty"]) == (True, 10000)
    assert (found["low_stock_date"], found["stock_status_changed_auto"]) == (None, 0)


async def test_a_value_that_cannot_be_stored_is_refused(ctx, admin):
    await a_product(ctx, "sp1")
    reply = await admin.put("/rest/V1/products/sp1/stockItems/1", {"stockItem": {"qty": 10**12}})
    assert (reply.status, reply.body) == (
        400,
        {"message": "The stock item was unable to be saved. Please try again."},
    )


async def test_low_stock_lists_whole_items_of_scope_zero(ctx, admin):
    for sku, qty in (("a", 5), ("b", 6), ("c", 1)):
        await a_product(ctx, sku, qty=Decimal(qty), is_in_stock=True)
    url = "/rest/V1/stockItems/lowStock/?qty=5"
    reply = await admin.get(f"{url}&scopeId=0")
    assert [found["qty"] for found in reply.body["items"]] == [5, 1]
    assert list(reply.body["search_criteria"]) == [
        "mapper_interface_name",
        "criteria_list",
        "filters",
        "orders",
        "limit",
    ]
    assert reply.body["total_count"] == 2
    paged = (await admin.get(f"{url}&scopeId=0&currentPage=2&pageSize=1")).body
    assert ([found["qty"] for found in paged["items"]], paged["total_count"]) == ([1], 2)
    assert (await admin.get(f"{url}&scopeId=1")).body["items"] == []
    missing = await admin.get("/rest/V1/stockItems/lowStock/?qty=5")
    assert (missing.status, missing.body["parameters"]) == (400, {"fieldName": "scopeId"})


async def test_a_stock_status_is_that_of_the_website_of_the_call(ctx, admin):
    product = await a_product(ctx, "x", qty=Decimal("7.5"), is_in_stock=True)
    await reserve(ctx, 1, "x", 1)
    reply = await admin.get("/rest/V1/stockStatuses/x")
    body = reply.body
    assert list(body) == ["product_id", "stock_id", "qty", "stock_status", "stock_item"]
    assert (body["product_id"], body["stock_id"], body["qty"], body["stock_status"]) == (product.product_id, 1, 6, 1)
    assert body["stock_item"]["qty"] == 7.5

    await a_product(ctx, "c", "configurable", is_in_stock=True)
    body = (await admin.get("/rest/V1/stockStatuses/c")).body
    assert (body["qty"], body["stock_status"], body["stock_item"]["is_in_stock"]) == (0, 0, True)


# ---------------------------------------------------------------- saving and the mirror


async def test_a_product_with_goods_gets_them_into_the_default_source(ctx):
    await a_product(ctx, "x", qty=Decimal(100), is_in_stock=True)
    assert await item(ctx, "default", "x") == (100, 1)
    assert await inventory.get_salable_qty(ctx, "x", 1) == 100


async def test_a_product_with_nothing_gets_no_source_item(ctx):
    await a_product(ctx, "x", qty=Decimal(0), is_in_stock=True)
    assert await item(ctx, "default", "x") is None
    assert await stock_item(ctx, "x") == (0, False)


async def test_a_product_not_managed_reads_in_stock_and_gets_an_item(ctx):
    await a_product(ctx, "x", use_config_manage_stock=False, manage_stock=False)
    assert await stock_item(ctx, "x") == (0, True)
    assert await item(ctx, "default", "x") == (0, 1)


SOLD_OUT = [
    ({"qty": Decimal(0)}, False),
    ({"qty": Decimal(3), "use_config_min_qty": False, "min_qty": Decimal(3)}, False),
    ({"qty": Decimal(4), "use_config_min_qty": False, "min_qty": Decimal(3)}, True),
    ({"qty": Decimal(0), "use_config_backorders": False, "backorders": 1}, True),
    (
        {
            "qty": Decimal(-3),
            "use_config_backorders": False,
            "backorders": 1,
            "use_config_min_qty": False,
            "min_qty": Decimal(-3),
        },
        True,
    ),
    (
        {
            "qty": Decimal(-4),
            "use_config_backorders": False,
            "backorders": 1,
            "use_config_min_qty": False,
            "min_qty": Decimal(-3),
        },
        False,
    ),
]


@pytest.mark.parametrize(("given", "is_in_stock"), SOLD_OUT)
async def test_a_quantity_that_is_too_small_takes_the_product_out_of_stock(ctx, given, is_in_stock):
    await a_product(ctx, "x", is_in_stock=True, **given)
    found = await inventory.get_stock_item(ctx, "x")
    assert (found.is_in_stock, found.stock_status_changed_auto) == (is_in_stock, int(not is_in_stock))


async def test_the_date_of_running_low_comes_and_goes(ctx):
    await a_product(ctx, "x", qty=Decimal("0.5"), is_in_stock=True)
    found = await inventory.get_stock_item(ctx, "x")
    assert datetime.strptime(found.low_stock_date or "", "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC) == ctx.now.replace(
        microsecond=0
    )
    await change(ctx, "x", qty=Decimal(1))
    assert (await inventory.get_stock_item(ctx, "x")).low_stock_date is None


async def test_a_composite_has_no_quantity_and_keeps_its_word(ctx):
    await a_product(ctx, "c", "configurable", qty=Decimal(5), is_in_stock=True)
    assert await stock_item(ctx, "c") == (0, True)
    assert await item(ctx, "default", "c") is None


async def test_the_stock_item_follows_the_default_source(ctx):
    await a_product(ctx, "x")
    await put(ctx, "default", "x", 12)
    assert await stock_item(ctx, "x") == (12, True)
    await put(ctx, "default", "x", 12, status=0)
    assert await stock_item(ctx, "x") == (12, False)


async def test_only_the_stock_item_goes_out_of_stock_when_nothing_is_left(ctx):
    await a_product(ctx, "x", qty=Decimal(2), is_in_stock=True)
    await put(ctx, "default", "x", 0)
    assert await stock_item(ctx, "x") == (0, False)
    assert await item(ctx, "default", "x") == (0, 1)


async def test_the_stock_item_is_emptied_with_its_source_item(ctx):
    await a_product(ctx, "x", qty=Decimal(2), is_in_stock=True)
    await inventory.delete_source_items(ctx, [inventory.SourceItem(sku="x", source_code="default")])
    assert await stock_item(ctx, "x") == (0, False)


async def test_other_sources_never_touch_the_stock_item(ctx):
    await a_source(ctx, "a")
    await a_product(ctx, "x", qty=Decimal(2), is_in_stock=True)
    await put(ctx, "a", "x", 50)
    assert await stock_item(ctx, "x") == (2, True)


async def test_shipments_refunds_and_transfers_on_the_default_source_show(ctx):
    from entrepot.inventory.transfers import transfer

    await a_source(ctx, "a")
    await a_product(ctx, "x", qty=Decimal(5), is_in_stock=True)
    await inventory.deduct(ctx, "default", {"x": Decimal(5)}, stock_id=1, event=SHIPPED)
    assert await stock_item(ctx, "x") == (0, False)
    await inventory.give_back(ctx, [Deduction("default", "x", Decimal(3))])
    assert await stock_item(ctx, "x") == (3, True)
    await transfer(ctx, ["x"], "default", "a", True)
    assert await stock_item(ctx, "x") == (0, False)
    await transfer(ctx, ["x"], "a", "default", False)
    assert await stock_item(ctx, "x") == (3, True)


async def test_goods_that_lay_there_before_the_product_are_kept(ctx):
    await put(ctx, "default", "x", 9)
    await a_product(ctx, "x")
    assert await item(ctx, "default", "x") == (9, 1)
    assert await stock_item(ctx, "x") == (9, True)


async def test_settings_act_on_all_stocks(ctx):
    await a_source(ctx, "a")
    await a_stock(ctx, 2, "a")
    await a_product(ctx, "x", qty=Decimal(9), is_in_stock=True)
    await put(ctx, "a", "x", 7)
    await change(ctx, "x", use_config_min_qty=False, min_qty=Decimal(2))
    assert await inventory.get_salable_qty(ctx, "x", 1) == 7
    assert await inventory.get_salable_qty(ctx, "x", 2) == 5
    await change(ctx, "x", use_config_min_qty=True)
    await configure(ctx, "min_qty", "3")
    assert await inventory.get_salable_qty(ctx, "x", 2) == 4


# ---------------------------------------------------------------- inside a product


def draft(product, given):
    extension = ProductExtension(stock_item=given)
    return Draft(Product(extension_attributes=extension), product_id=product.product_id, sku=product.sku)


async def test_what_is_wrong_with_a_stock_item_inside_a_product_is_told(ctx):
    product = await a_product(ctx, "x")
    own = (await inventory.get_stock_item(ctx, "x")).item_id or 0
    wrong = [StockItem(stock_id=2), StockItem(item_id=-1), StockItem(item_id=own + 1), StockItem(item_id=own)]
    drafts = [draft(product, given) for given in wrong]
    await inventory.StockItemExtension().check(ctx, drafts)
    assert [one.refusal and one.refusal.rendered() for one in drafts] == [
        'The "2" value is invalid for stock ID. Enter stock with a default value of 1 to try again.',
        'The "-1" value is invalid for stock item ID. Enter either zero or a number than zero to try again.',
        f'The "{own + 1}" value is invalid for stock item ID. '
        f'Use the stock item ID\'s assigned "{own}" value and try again.',
        None,
    ]


async def test_a_product_saved_again_without_stock_item_keeps_it(ctx):
    product = await a_product(ctx, "x", qty=Decimal(4), is_in_stock=True)
    await inventory.StockItemExtension().save(ctx, [draft(product, None)])
    assert await stock_item(ctx, "x") == (4, True)
    loaded = await inventory.load_stock_items(ctx, [product.product_id])
    assert loaded[product.product_id].qty == 4

"""Spec 40-inventory, 9 to 11: quantities, flags, and the two chains, with the worked examples' numbers."""

from decimal import Decimal

import pytest

from entrepot import inventory
from entrepot.catalog.contracts import StockItem
from entrepot.inventory.contracts import Source
from entrepot.inventory.errors import NoSourceItemsSupport, ProductNotFound
from tests.inventory.makers import a_product, a_source, a_stock, configure, put, reserve, the_shop_of_the_examples

BACKORDERS = {"code": "back_order-disabled", "message": "Backorders are disabled"}
MANAGED = {"code": "manage_stock-enabled", "message": "Manage stock is enabled"}
TOO_FEW = {"code": "is_salable_with_reservations-not_enough_qty", "message": "The requested qty is not available"}
NO_ROW = {
    "code": "is_salable_with_reservations-no_data",
    "message": "The requested sku is not assigned to given stock",
}
NO_ITEMS = {
    "code": "is_any_source_item_in_stock-no_source_items_in_stock",
    "message": "There are no source items with the in stock status",
}
NOT_ASSIGNED = {
    "code": "requested-sku-is-not-assigned-to-given-stock",
    "message": "The requested sku is not assigned to given stock.",
}


async def salable_qty(ctx, sku, stock_id):
    return await inventory.get_salable_qty(ctx, sku, stock_id)


async def errors(ctx, sku, stock_id, qty):
    result = await inventory.is_salable_for_qty(ctx, sku, stock_id, Decimal(str(qty)))
    assert result.salable is (not result.errors)
    return [{"code": error.code, "message": error.message} for error in result.errors or []]


async def set_item(ctx, sku, **values):
    await inventory.update_stock_item(ctx, sku, StockItem(**values))


async def test_only_items_in_stock_on_enabled_sources_count(ctx):
    await the_shop_of_the_examples(ctx)
    assert await salable_qty(ctx, "SKU-1", 10) == Decimal("8.5")
    assert await salable_qty(ctx, "SKU-1", 20) == 0
    assert await salable_qty(ctx, "SKU-1", 30) == Decimal("8.5")
    assert await salable_qty(ctx, "SKU-1", 99) == 0


async def test_the_threshold_and_the_reservations_are_taken_off(ctx):
    await the_shop_of_the_examples(ctx)
    await set_item(ctx, "SKU-1", use_config_min_qty=False, min_qty=Decimal(5))
    assert await salable_qty(ctx, "SKU-1", 10) == Decimal("3.5")
    await reserve(ctx, 10, "SKU-1", "3.5")
    assert await salable_qty(ctx, "SKU-1", 10) == 0
    assert await salable_qty(ctx, "SKU-1", 30) == Decimal("3.5")


async def test_a_negative_threshold_with_backorders_is_a_floor(ctx):
    await the_shop_of_the_examples(ctx)
    await a_product(
        ctx, "SKU-6", use_config_min_qty=False, min_qty=Decimal(-3), use_config_backorders=False, backorders=1
    )
    await put(ctx, "eu-1", "SKU-6", 0)
    assert await salable_qty(ctx, "SKU-6", 10) == 3

    await reserve(ctx, 10, "SKU-6", 2)
    assert await salable_qty(ctx, "SKU-6", 10) == 1
    with pytest.raises(inventory.OutOfStock):
        await reserve(ctx, 10, "SKU-6", "1.5")
    await reserve(ctx, 10, "SKU-6", 1)
    assert await salable_qty(ctx, "SKU-6", 10) == 0


async def test_backorders_without_floor_may_go_below_zero(ctx):
    await the_shop_of_the_examples(ctx)
    await set_item(ctx, "SKU-1", use_config_backorders=False, backorders=1)
    await reserve(ctx, 10, "SKU-1", 10)
    assert await salable_qty(ctx, "SKU-1", 10) == Decimal("-1.5")


async def test_negative_items_count_negative(ctx):
    await the_shop_of_the_examples(ctx)
    await put(ctx, "eu-2", "SKU-1", -2)
    assert await salable_qty(ctx, "SKU-1", 10) == Decimal("3.5")


async def test_quantities_of_what_has_none_are_refused(ctx):
    await a_product(ctx, "CONF", "configurable")
    with pytest.raises(ProductNotFound):
        await salable_qty(ctx, "nothing", 1)
    with pytest.raises(NoSourceItemsSupport):
        await salable_qty(ctx, "CONF", 1)
    with pytest.raises(ProductNotFound):
        await errors(ctx, "nothing", 1, 1)
    with pytest.raises(NoSourceItemsSupport):
        await errors(ctx, "CONF", 1, 1)


async def test_skus_compare_without_regard_to_case(ctx):
    await the_shop_of_the_examples(ctx)
    await reserve(ctx, 10, "sku-1", 1)
    assert await salable_qty(ctx, "Sku-1", 10) == Decimal("7.5")


T, F = True, False
TRUTH_TABLE = [
    ("as it is", {}, {"SKU-1": (T, F, T), "SKU-2": (F, T, T), "SKU-3": (F, F, F)}),
    ("min_qty 5", {"min_qty": "5"}, {"SKU-1": (T, F, T), "SKU-2": (F, F, F)}),
    ("not managed", {"manage_stock": "0"}, {"SKU-1": (T, F, T), "SKU-2": (F, T, T), "SKU-3": (T, F, T)}),
]


@pytest.mark.parametrize(("case", "configured", "expected"), TRUTH_TABLE, ids=[row[0] for row in TRUTH_TABLE])
async def test_is_salable_follows_the_truth_table(ctx, case, configured, expected):
    await the_shop_of_the_examples(ctx)
    for field, value in configured.items():
        await configure(ctx, field, value)
    found = {
        sku: tuple([await inventory.is_salable(ctx, sku, stock_id) for stock_id in (10, 20, 30)]) for sku in expected
    }
    assert found == expected


async def test_with_all_items_out_of_stock_backorders_do_not_help(ctx):
    await the_shop_of_the_examples(ctx)
    await configure(ctx, "backorders", "1")
    for code, sku, quantity in (("eu-1", "SKU-1", 5.5), ("eu-2", "SKU-1", 3), ("us-1", "SKU-2", 5)):
        await put(ctx, code, sku, quantity, status=0)
    for sku in ("SKU-1", "SKU-2", "SKU-3"):
        assert [await inventory.is_salable(ctx, sku, stock_id) for stock_id in (10, 20, 30)] == [False] * 3


async def test_is_salable_is_never_an_error(ctx):
    await a_product(ctx, "CONF", "configurable", is_in_stock=True)
    assert await inventory.is_salable(ctx, "nothing", 1) is False
    assert await inventory.is_salable(ctx, "CONF", 1) is False
    assert await inventory.is_salable(ctx, "CONF", 77) is False


async def test_reservations_of_everything_make_it_unsalable_at_once(ctx):
    await the_shop_of_the_examples(ctx)
    await reserve(ctx, 10, "SKU-1", "8.5")
    assert await inventory.is_salable(ctx, "SKU-1", 10) is False
    assert await inventory.is_salable(ctx, "SKU-1", 30) is True


async def test_what_is_not_assigned_is_unsalable_even_when_not_managed(ctx):
    await the_shop_of_the_examples(ctx)
    await configure(ctx, "manage_stock", "0")
    await configure(ctx, "backorders", "1")
    assert await inventory.is_salable(ctx, "SKU-1", 20) is False
    assert await errors(ctx, "SKU-1", 20, 1) == [NOT_ASSIGNED]
    assert await errors(ctx, "SKU-1", 999, 1) == [NOT_ASSIGNED]


async def test_a_shortage_names_all_three_reasons(ctx):
    await the_shop_of_the_examples(ctx)
    assert await errors(ctx, "SKU-1", 10, 9) == [BACKORDERS, MANAGED, TOO_FEW]
    assert await errors(ctx, "SKU-1", 10, "8.5") == []
    assert await errors(ctx, "SKU-1", 10, "8.50004") == []
    assert await errors(ctx, "SKU-1", 10, "8.5001") == [BACKORDERS, MANAGED, TOO_FEW]


async def test_a_product_of_the_default_stock_without_source_item_has_none_in_stock(ctx):
    await a_product(ctx, "NEW")
    assert await salable_qty(ctx, "NEW", 1) == 0
    assert await errors(ctx, "NEW", 1, 1) == [NO_ITEMS]


async def test_an_assigned_product_without_enabled_source_has_no_row_for_orders(ctx):
    await the_shop_of_the_examples(ctx)
    await inventory.save_source(
        ctx, Source(source_code="us-1", name="us", country_id="US", postcode="1", enabled=False)
    )
    assert await errors(ctx, "SKU-2", 20, 1) == [NO_ITEMS]
    from entrepot.inventory.contracts import SalableQtyRequest
    from entrepot.inventory.salability import are_salable_for_qty

    [answer] = await are_salable_for_qty(ctx, [SalableQtyRequest(sku="SKU-2", qty=Decimal(1))], 20)
    assert [error.code for error in answer.errors or []] == [e["code"] for e in (BACKORDERS, MANAGED, NO_ROW)]


LIMITS = [
    (
        {"use_config_min_sale_qty": 0, "min_sale_qty": Decimal(7)},
        "6",
        "min_sale_qty",
        "The fewest you may purchase is 7",
    ),
    (
        {"use_config_min_sale_qty": 0, "min_sale_qty": Decimal("2.5")},
        "2",
        "min_sale_qty",
        "The fewest you may purchase is 2.5",
    ),
    ({}, "0", "min_sale_qty", "The fewest you may purchase is 1"),
    ({}, "-3", "min_sale_qty", "The fewest you may purchase is 1"),
    (
        {"use_config_max_sale_qty": False, "max_sale_qty": Decimal(6)},
        "7",
        "max_sale_qty",
        "The requested qty exceeds the maximum qty allowed in shopping cart",
    ),
    ({}, "10001", "max_sale_qty", "The requested qty exceeds the maximum qty allowed in shopping cart"),
    (
        {
            "use_config_enable_qty_inc": False,
            "enable_qty_increments": True,
            "use_config_qty_increments": False,
            "qty_increments": Decimal(3),
        },
        "4",
        "qty_increment",
        "You can buy this product only in quantities of 3 at a time.",
    ),
    (
        {
            "use_config_enable_qty_inc": False,
            "enable_qty_increments": True,
            "use_config_qty_increments": False,
            "qty_increments": Decimal("1.5"),
            "is_qty_decimal": True,
        },
        "4",
        "qty_increment",
        "You can buy this product only in quantities of 1.5 at a time.",
    ),
    ({"is_qty_decimal": False}, "1.5", "is_qty_decimal", "You cannot use decimal quantity for this product."),
]


@pytest.mark.parametrize(("settings", "qty", "code", "message"), LIMITS)
async def test_the_limits_of_the_shop_refuse_a_quantity(ctx, settings, qty, code, message):
    await the_shop_of_the_examples(ctx)
    await set_item(ctx, "SKU-1", **settings)
    assert await errors(ctx, "SKU-1", 10, qty) == [{"code": f"is_correct_qty-{code}", "message": message}]


async def test_a_broken_limit_and_empty_shelves_are_both_told(ctx):
    await the_shop_of_the_examples(ctx)
    assert await errors(ctx, "SKU-3", 10, 0) == [
        {"code": "is_correct_qty-min_sale_qty", "message": "The fewest you may purchase is 1"},
        NO_ITEMS,
    ]


@pytest.mark.parametrize("qty", ["3", "6", "2.9998", "3.0002"])
async def test_nearly_a_multiple_is_a_multiple(ctx, qty):
    await the_shop_of_the_examples(ctx)
    await configure(ctx, "enable_qty_increments", "1")
    await configure(ctx, "qty_increments", "3")
    assert await errors(ctx, "SKU-1", 10, qty) == []


async def test_disabling_a_source_acts_at_once(ctx):
    await the_shop_of_the_examples(ctx)
    source = Source(source_code="eu-1", name="eu-1", country_id="DE", postcode="1", enabled=False)
    await inventory.save_source(ctx, source)
    assert await salable_qty(ctx, "SKU-1", 10) == 3


async def test_a_product_not_managed_needs_no_goods(ctx):
    await the_shop_of_the_examples(ctx)
    await set_item(ctx, "SKU-3", use_config_manage_stock=False, manage_stock=False)
    assert await errors(ctx, "SKU-3", 10, 500) == []
    assert await inventory.is_salable(ctx, "SKU-3", 10) is True


async def test_many_products_are_asked_about_in_as_many_statements_as_one(ctx):
    await the_shop_of_the_examples(ctx)
    ctx.db.statements = 0
    await inventory.are_salable(ctx, 10, ["SKU-1"])
    one = ctx.db.statements
    ctx.db.statements = 0
    found = await inventory.are_salable(ctx, 10, ["SKU-1", "SKU-2", "SKU-3", "nothing"])
    assert (ctx.db.statements, one) == (2, 2)
    assert found == {"sku-1": True, "sku-2": False, "sku-3": False, "nothing": False}


async def test_a_composite_asks_the_rule_of_its_type(ctx):
    await a_product(ctx, "CONF", "made-up", is_in_stock=True)
    await a_product(ctx, "OUT", "made-up", is_in_stock=False)
    await a_source(ctx, "eu-1")
    await a_stock(ctx, 10, "eu-1")
    asked = []

    async def rule(ctx, stock_id, products):
        asked.append((stock_id, [product.sku for product in products]))
        return {product.product_id for product in products} if stock_id == 10 else set()

    inventory.register_composite("made-up", rule)
    assert await inventory.are_salable(ctx, 10, ["CONF", "OUT"]) == {"conf": True, "out": False}
    assert await inventory.is_salable(ctx, "CONF", 1) is False
    assert asked == [(10, ["CONF"]), (1, ["CONF"])]


async def test_numbers_that_no_stock_can_have_are_only_unknown(ctx, admin):
    await a_product(ctx, "x")
    largest = 2**63 - 1
    assert (await admin.get(f"/rest/V1/inventory/is-product-salable/x/{largest}")).body is False
    assert (await admin.get(f"/rest/V1/inventory/get-product-salable-quantity/x/{largest}")).body == 0
    assert (await admin.get(f"/rest/V1/inventory/stocks/{largest}")).status == 404
    assert (await admin.delete(f"/rest/V1/inventory/stocks/{largest}")).status == 404
    url = f"/rest/V1/inventory/is-product-salable-for-requested-qty/x/1/{10**29}"
    assert [error["code"] for error in (await admin.get(url)).body["errors"]] == [
        "is_correct_qty-max_sale_qty",
        NO_ITEMS["code"],
    ]
    low = f"/rest/V1/stockItems/lowStock/?scopeId=0&qty={10**29}&currentPage={largest}&pageSize={largest}"
    assert (await admin.get(low)).body["items"] == []

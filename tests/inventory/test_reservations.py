"""Spec 40-inventory, 13 to 18: claims, what they may never exceed, and goods that leave and return."""

from decimal import Decimal

import pytest

from entrepot import inventory
from entrepot.catalog.contracts import StockItem
from entrepot.catalog.events import ProductsDeleted, ProductSkuChanged
from entrepot.inventory import Deduction, Reservation, ReservationRequest, SalesEvent
from entrepot.inventory.contracts import Source
from entrepot.inventory.errors import InvalidReservation, NotEnoughInSource, SourceItemNotFound
from tests.inventory.makers import (
    PLACED,
    a_product,
    a_source,
    a_stock,
    configure,
    item,
    journal,
    put,
    reserve,
)

CANCELED = SalesEvent("order_canceled", "order", "8", "000000008")
SHIPPED = SalesEvent("shipment_created", "order", "8", "000000008")
REFUNDED = SalesEvent("creditmemo_created", "order", "8", "000000008")


@pytest.fixture
async def shop(ctx):
    """A stock 10 of eu-1 and eu-2, with 20 X at eu-1 and 5 Y at eu-2."""
    await a_source(ctx, "eu-1")
    await a_source(ctx, "eu-2")
    await a_stock(ctx, 10, "eu-1", "eu-2")
    await a_product(ctx, "X")
    await a_product(ctx, "Y")
    await put(ctx, "eu-1", "X", 20)
    await put(ctx, "eu-2", "Y", 5)


async def salable(ctx, sku, stock_id=10):
    return await inventory.get_salable_qty(ctx, sku, stock_id)


def wanted(**quantities):
    return [ReservationRequest(sku, Decimal(str(qty))) for sku, qty in quantities.items()]


async def cancel(ctx, sku, qty):
    await inventory.append(ctx, [Reservation(10, sku, Decimal(qty), CANCELED)])


async def test_the_ledger_of_an_order_adds_up_to_zero(shop, ctx):
    await put(ctx, "eu-1", "X", 25)
    await reserve(ctx, 10, "X", 25)
    await cancel(ctx, "X", 5)
    await inventory.deduct(ctx, "eu-1", {"X": Decimal(20)}, stock_id=10, event=SHIPPED)
    assert await journal(ctx) == [(10, "X", -25), (10, "X", 5), (10, "X", 20)]
    assert await item(ctx, "eu-1", "X") == (5, 1)
    assert await salable(ctx, "X") == 5
    assert await inventory.differences(ctx.db) == []


async def test_a_reservation_says_why_it_was_written(shop, ctx):
    await reserve(ctx, 10, "X", 1)
    assert await ctx.db.values("select metadata from inventory_reservation") == [
        '{"event_type":"order_placed","object_type":"order","object_id":"8","object_increment_id":"000000008"}'
    ]


async def test_an_order_is_reserved_whole_or_not_at_all(shop, ctx):
    with pytest.raises(inventory.OutOfStock) as refused:
        await inventory.reserve(ctx, 10, wanted(X=2, Y=6), PLACED)
    assert refused.value.sku == "Y"
    assert refused.value.status == 400
    assert refused.value.rendered() == "The requested qty is not available"
    assert await journal(ctx) == []
    assert await salable(ctx, "X") == 20


async def test_lines_of_one_sku_add_up(shop, ctx):
    three = [ReservationRequest(sku, Decimal(2)) for sku in ("Y", "y", "Y")]
    with pytest.raises(inventory.OutOfStock):
        await inventory.reserve(ctx, 10, three, PLACED)
    await inventory.reserve(ctx, 10, three[:2], PLACED)
    assert await journal(ctx) == [(10, "Y", -4)]


async def test_the_last_one_can_be_had_and_nothing_more(shop, ctx):
    await reserve(ctx, 10, "Y", 5)
    with pytest.raises(inventory.OutOfStock):
        await reserve(ctx, 10, "Y", "0.0001")
    assert await salable(ctx, "Y") == 0


async def test_a_stock_that_does_not_have_the_sku_refuses_it_in_its_own_words(shop, ctx):
    with pytest.raises(inventory.OutOfStock) as refused:
        await reserve(ctx, 77, "X", 1)
    assert refused.value.rendered() == "The requested sku is not assigned to given stock."
    assert await journal(ctx) == []


async def test_the_place_order_chain_has_no_limits_of_the_shop(shop, ctx):
    await inventory.update_stock_item(
        ctx, "X", StockItem(use_config_min_sale_qty=0, min_sale_qty=Decimal(5), is_qty_decimal=False)
    )
    await reserve(ctx, 10, "X", "1.5")
    assert await salable(ctx, "X") == Decimal("18.5")


async def test_products_made_of_others_are_never_reserved(shop, ctx):
    await a_product(ctx, "C", "configurable")
    await inventory.reserve(ctx, 10, wanted(C=1, X=1), PLACED)
    await inventory.append(ctx, [Reservation(10, "C", Decimal(1), CANCELED)])
    assert await journal(ctx) == [(10, "X", -1)]


async def test_what_is_not_managed_is_never_reserved(shop, ctx):
    await inventory.update_stock_item(ctx, "X", StockItem(use_config_manage_stock=False, manage_stock=False))
    await reserve(ctx, 10, "X", 500)
    await cancel(ctx, "X", 500)
    assert await journal(ctx) == []


async def test_nothing_is_reserved_when_orders_do_not_decrease_the_stock(shop, ctx):
    await configure(ctx, "can_subtract", "0", group="options")
    await reserve(ctx, 10, "X", 5)
    await cancel(ctx, "X", 5)
    assert await journal(ctx) == []
    with pytest.raises(inventory.OutOfStock):
        await reserve(ctx, 10, "X", 21)


async def test_claims_on_skus_that_left_the_catalogue_can_still_be_released(shop, ctx):
    await reserve(ctx, 10, "X", 3)
    await ctx.db.execute("delete from product where sku = 'X'")
    await cancel(ctx, "X", 3)
    assert await journal(ctx) == [(10, "X", -3), (10, "X", 3)]
    assert await item(ctx, "eu-1", "X") == (20, 1)


async def test_a_row_without_sku_is_refused(shop, ctx):
    with pytest.raises(InvalidReservation) as refused:
        await inventory.append(ctx, [Reservation(10, " ", Decimal(1), CANCELED)])
    assert refused.value.message == "Validation error"
    assert [error.rendered() for error in refused.value.errors] == ['"sku" can not be empty.']


async def test_rows_of_nothing_are_left_out(shop, ctx):
    await inventory.append(ctx, [])
    await inventory.append(ctx, [Reservation(10, "X", Decimal(0), CANCELED)])
    assert await journal(ctx) == []


async def test_statements_do_not_grow_with_the_lines(shop, ctx):
    for number in range(30):
        await a_product(ctx, f"S{number}")
        await put(ctx, "eu-1", f"S{number}", 100)

    async def statements(do):
        ctx.db.statements = 0
        await do()
        return ctx.db.statements

    for count in (1, 30):
        quantities = {f"S{n}": Decimal(2) for n in range(count)}
        rows = [Reservation(10, sku, Decimal(1), CANCELED) for sku in quantities]
        lines = [Deduction("eu-1", sku, Decimal(1)) for sku in quantities]
        assert await statements(lambda q=quantities: inventory.reserve(ctx, 10, wanted(**q), PLACED)) == 4
        assert await statements(lambda r=rows: inventory.append(ctx, r)) == 4
        assert await statements(lambda d=lines: inventory.deduct_all(ctx, d, stock_id=10, event=SHIPPED)) == 8
        assert await statements(lambda d=lines: inventory.give_back(ctx, d)) == 6


# ---------------------------------------------------------------- deductions


async def test_shipping_does_not_change_what_can_be_sold(shop, ctx):
    await reserve(ctx, 10, "X", 10)
    assert await salable(ctx, "X") == 10
    await inventory.deduct(ctx, "eu-1", {"X": Decimal(4)}, stock_id=10, event=SHIPPED)
    assert await item(ctx, "eu-1", "X") == (16, 1)
    assert await salable(ctx, "X") == 10
    assert await journal(ctx) == [(10, "X", -10), (10, "X", 4)]


async def test_the_worked_refund_with_return(shop, ctx):
    await reserve(ctx, 10, "X", 10)
    await inventory.deduct(ctx, "eu-1", {"X": Decimal(4)}, stock_id=10, event=SHIPPED)
    await inventory.append(ctx, [Reservation(10, "X", Decimal(6), REFUNDED)])
    await inventory.give_back(ctx, [Deduction("eu-1", "X", Decimal(4))])
    assert await item(ctx, "eu-1", "X") == (20, 1)
    assert await salable(ctx, "X") == 20
    assert sum(quantity for _, _, quantity in await journal(ctx)) == 0


async def test_the_worked_refund_without_return(shop, ctx):
    await reserve(ctx, 10, "X", 10)
    await inventory.deduct(ctx, "eu-1", {"X": Decimal(4)}, stock_id=10, event=SHIPPED)
    await inventory.deduct(ctx, "eu-1", {"X": Decimal(6)}, stock_id=10, event=REFUNDED)
    assert await item(ctx, "eu-1", "X") == (10, 1)
    assert await salable(ctx, "X") == 10
    assert sum(quantity for _, _, quantity in await journal(ctx)) == 0


async def test_all_lines_leave_or_none(shop, ctx):
    await put(ctx, "eu-1", "Y", 1)
    with pytest.raises(NotEnoughInSource) as refused:
        await inventory.deduct(ctx, "eu-1", {"X": Decimal(20), "Y": Decimal(2)}, stock_id=10, event=SHIPPED)
    assert refused.value.rendered() == "Not all of your products are available in the requested quantity."
    assert await item(ctx, "eu-1", "X") == (20, 1)
    assert await journal(ctx) == []
    await inventory.deduct(ctx, "eu-1", {"X": Decimal(20), "Y": Decimal(1)}, stock_id=10, event=SHIPPED)
    assert await item(ctx, "eu-1", "X") == (0, 1)


@pytest.mark.parametrize("source_code", ["eu-2", "nowhere"])
async def test_a_source_without_the_item_gives_nothing(shop, ctx, source_code):
    with pytest.raises(SourceItemNotFound) as refused:
        await inventory.deduct(ctx, source_code, {"X": Decimal(1)}, stock_id=10, event=SHIPPED)
    assert refused.value.rendered() == f"Source item not found by source code: {source_code} and sku: X."


async def test_neither_status_nor_disabled_sources_nor_missing_links_hold_goods_back(ctx):
    await a_source(ctx, "shed")
    await a_product(ctx, "X")
    await put(ctx, "shed", "X", 3, status=0)
    await inventory.save_source(ctx, Source(source_code="shed", name="s", country_id="US", postcode="1", enabled=False))
    await inventory.deduct(ctx, "SHED", {"x": Decimal(3)}, stock_id=1, event=SHIPPED)
    assert await item(ctx, "shed", "X") == (0, 0)


async def test_lines_from_several_sources_have_a_row_each(shop, ctx):
    await put(ctx, "eu-2", "X", 1)
    lines = [Deduction("eu-1", "X", Decimal(2)), Deduction("eu-2", "X", Decimal(1))]
    await inventory.deduct_all(ctx, lines, stock_id=10, event=SHIPPED)
    assert await journal(ctx) == [(10, "X", 2), (10, "X", 1)]


async def test_what_is_not_managed_is_neither_deducted_nor_given_back(shop, ctx):
    await inventory.update_stock_item(ctx, "X", StockItem(use_config_manage_stock=False, manage_stock=False))
    await inventory.deduct(ctx, "eu-1", {"X": Decimal(50)}, stock_id=10, event=SHIPPED)
    await inventory.give_back(ctx, [Deduction("eu-1", "X", Decimal(50))])
    assert await item(ctx, "eu-1", "X") == (20, 1)
    assert await journal(ctx) == []


async def test_goods_return_to_a_source_that_forgot_them(shop, ctx):
    await inventory.give_back(ctx, [Deduction("eu-2", "X", Decimal(2))])
    assert await item(ctx, "eu-2", "X") == (2, 1)


# ---------------------------------------------------------------- the journal


async def test_cleaning_up_deletes_what_is_settled_and_changes_nothing_else(shop, ctx):
    await reserve(ctx, 10, "X", 3)
    await cancel(ctx, "x", 3)
    await reserve(ctx, 10, "Y", 3)
    await cancel(ctx, "Y", 1)
    assert await inventory.clean_up(ctx) == 2
    assert await journal(ctx) == [(10, "Y", -3), (10, "Y", 1)]
    assert (await salable(ctx, "X"), await salable(ctx, "Y")) == (20, 3)
    assert await inventory.clean_up(ctx) == 0
    assert await inventory.differences(ctx.db) == []


async def test_a_sum_that_is_not_the_journals_is_found(shop, ctx):
    await reserve(ctx, 10, "X", 3)
    await ctx.db.execute("update inventory_stock_sku set reserved = -2 where stock_id = 10 and sku_key = 'x'")
    [difference] = await inventory.differences(ctx.db)
    assert (difference.stock_id, difference.sku_key) == (10, "x")
    assert (difference.reserved, difference.journal) == (Decimal(-2), Decimal(-3))


async def test_goods_and_claims_follow_a_product_to_its_new_sku(shop, ctx):
    await reserve(ctx, 10, "X", 3)
    await put(ctx, "eu-1", "NEW", 7)
    await ctx.db.execute("update product set sku = 'NEW' where sku = 'X'")
    await inventory.follow_sku(ctx, ProductSkuChanged(1, "X", "NEW"))
    assert await item(ctx, "eu-1", "NEW") == (20, 1)
    assert await item(ctx, "eu-1", "X") is None
    assert await journal(ctx) == [(10, "NEW", -3)]
    assert await salable(ctx, "NEW") == 17
    assert await inventory.differences(ctx.db) == []


async def test_goods_of_a_deleted_product_stay_unless_the_shop_says_otherwise(shop, ctx):
    await reserve(ctx, 10, "X", 3)
    await inventory.follow_deletion(ctx, ProductsDeleted((1,), ("X",)))
    assert await item(ctx, "eu-1", "X") == (20, 1)

    await configure(ctx, "synchronize_with_catalog", "1", group="options")
    await inventory.follow_deletion(ctx, ProductsDeleted((1,), ("X",)))
    assert await item(ctx, "eu-1", "X") is None
    assert await journal(ctx) == []
    assert await inventory.differences(ctx.db) == []

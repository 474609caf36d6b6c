"""Valid things to test with: products, sources, stocks, and the shop of the spec's worked examples."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from entrepot import inventory
from entrepot.catalog.contracts import ProductRef, StockItem
from entrepot.inventory.contracts import SalesEvent, Source, SourceItem, Stock, StockSourceLink
from entrepot.kit.context import Context

PLACED = SalesEvent("order_placed", "order", "8", "000000008")

INSERT_PRODUCT = """
    insert into product (sku, attribute_set_id, type_id, created_at, updated_at)
    values (%(sku)s, 4, %(type_id)s, now(), now())
    returning product_id
"""

INSERT_WEBSITE = """
    insert into product_website (product_id, website_id)
    values (%(product_id)s, 1)
"""

SET_VALUE = """
    insert into core_config_data (scope, scope_id, path, value)
    values ('default', 0, %(path)s, %(value)s)
    on conflict (scope, scope_id, path) do update
    set value = excluded.value
"""


async def configure(ctx: Context, field: str, value: str | None, group: str = "item_options") -> None:
    await ctx.db.execute(SET_VALUE, path=f"cataloginventory/{group}/{field}", value=value)
    await ctx.changed()


async def a_product(ctx: Context, sku: str, type_id: str = "simple", **stock_item: object) -> ProductRef:
    """A product of the base website with its stock item; decimals may be sold unless said otherwise."""
    product_id = await ctx.db.value(INSERT_PRODUCT, sku=sku, type_id=type_id)
    await ctx.db.execute(INSERT_WEBSITE, product_id=product_id)
    product = ProductRef(product_id, sku, type_id)
    given = {"is_qty_decimal": True, **stock_item}
    await inventory.write_stock_items(ctx, [(product, StockItem(**given))])  # type: ignore[arg-type]
    return product


async def a_source(ctx: Context, code: str, *, enabled: bool = True) -> None:
    await inventory.save_source(
        ctx, Source(source_code=code, name=code, country_id="DE", postcode="10115", enabled=enabled)
    )


async def a_stock(ctx: Context, stock_id: int, *sources: str) -> None:
    """A stock of these sources, asked in this order."""
    await inventory.save_stock(ctx, Stock(stock_id=stock_id, name=f"Stock {stock_id}"))
    links = [
        StockSourceLink(stock_id=stock_id, source_code=code, priority=place)
        for place, code in enumerate(sources, start=1)
    ]
    if links:
        await inventory.save_links(ctx, links)


async def put(ctx: Context, source_code: str, sku: str, quantity: float | str | Decimal, status: int = 1) -> None:
    """Say how much of a sku lies in a source."""
    await inventory.save_source_items(
        ctx, [SourceItem(sku=sku, source_code=source_code, quantity=Decimal(str(quantity)), status=status)]
    )


async def item(ctx: Context, source_code: str, sku: str) -> Any:
    """Quantity and status of a source item; None when there is none."""
    found = await ctx.db.all(
        tuple,
        "select quantity, status from inventory_source_item where source_code = %(code)s and sku_key = lower(%(sku)s)",
        code=source_code,
        sku=sku,
    )
    return found[0] if found else None


async def reserve(ctx: Context, stock_id: int, sku: str, qty: float | str | Decimal) -> None:
    """Claim a quantity for an order, as placing it does."""
    await inventory.reserve(ctx, stock_id, [inventory.ReservationRequest(sku, Decimal(str(qty)))], PLACED)


async def journal(ctx: Context) -> list[Any]:
    """The reservations in the order in which they were written."""
    return await ctx.db.all(tuple, "select stock_id, sku, quantity from inventory_reservation order by reservation_id")


async def the_shop_of_the_examples(ctx: Context) -> None:
    """Spec 40-inventory, 10 and 11.1: five sources, three stocks, three products."""
    for code in ("eu-1", "eu-2", "eu-3", "us-1"):
        await a_source(ctx, code)
    await a_source(ctx, "eu-disabled", enabled=False)
    await a_stock(ctx, 10, "eu-1", "eu-2", "eu-3", "eu-disabled")
    await a_stock(ctx, 20, "us-1")
    await a_stock(ctx, 30, "eu-1", "eu-2", "eu-3", "eu-disabled", "us-1")
    for sku in ("SKU-1", "SKU-2", "SKU-3"):
        await a_product(ctx, sku)
    await put(ctx, "eu-1", "SKU-1", 5.5)
    await put(ctx, "eu-2", "SKU-1", 3)
    await put(ctx, "eu-3", "SKU-1", 10, status=0)
    await put(ctx, "eu-disabled", "SKU-1", 10)
    await put(ctx, "us-1", "SKU-2", 5)
    await put(ctx, "eu-2", "SKU-3", 6, status=0)

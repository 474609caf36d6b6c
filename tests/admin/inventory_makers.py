"""The warehouses of the inventory's tutorial, and goods in them."""

from __future__ import annotations

from decimal import Decimal

from entrepot import inventory
from entrepot.inventory import Source, SourceItem, Stock, StockSourceLink
from entrepot.inventory.contracts import SalesChannel, StockExtension
from entrepot.kit.context import Context

WAREHOUSES = {
    "baltimore_wh": ("Baltimore Warehouse", "US", "Baltimore", "21214", 31),
    "austin_wh": ("Austin Warehouse", "US", "Austin", "78758", 57),
    "reno_wh": ("Reno Warehouse", "US", "Reno", "89512", 39),
    "berlin_wh": ("Berlin Warehouse", "DE", "Berlin", "10115", 82),
}


async def warehouses(ctx: Context, *codes: str) -> None:
    for code in codes or WAREHOUSES:
        name, country_id, city, postcode, region_id = WAREHOUSES[code]
        await inventory.save_source(
            ctx,
            Source(
                source_code=code,
                name=name,
                enabled=True,
                country_id=country_id,
                city=city,
                postcode=postcode,
                region_id=region_id,
                contact_name="Ethan Carter",
                latitude=39.290882,
                longitude=-76.610759,
            ),
        )


async def a_stock(ctx: Context, name: str, websites: list[str], *codes: str) -> int:
    """Of these sources, asked in this order."""
    channels = [SalesChannel(type="website", code=code) for code in websites]
    stock_id = await inventory.save_stock(
        ctx, Stock(name=name, extension_attributes=StockExtension(sales_channels=channels))
    )
    links = [
        StockSourceLink(stock_id=stock_id, source_code=code, priority=place)
        for place, code in enumerate(codes, start=1)
    ]
    if links:
        await inventory.save_links(ctx, links)
    return stock_id


async def put(ctx: Context, sku: str, **quantities: float) -> None:
    """How much of it lies in which source, in stock."""
    await inventory.save_source_items(
        ctx,
        [
            SourceItem(sku=sku, source_code=code, quantity=Decimal(str(quantity)), status=1)
            for code, quantity in quantities.items()
        ],
    )


async def shelves(ctx: Context, sku: str) -> dict[str, tuple[Decimal, int]]:
    """Quantity and status by source."""
    found = await inventory.shelves_of(ctx, [sku])
    return {shelf.source_code: (shelf.quantity, shelf.status) for shelf in found.get(sku.lower(), ())}

"""A shop with a catalog that a real browser can look through: every kind of card, filter and option, and long names."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path

from entrepot.app import create_app, new_services
from entrepot.catalog import products
from entrepot.catalog.contracts import (
    CategoryLink,
    CustomOption,
    CustomOptionValue,
    Product,
    ProductExtension,
    ProductLink,
    StockItem,
    TierPrice,
)
from entrepot.kit.context import Context, Services
from entrepot.kit.db import Database
from entrepot.settings import Settings
from tests.browser.live_shop import served
from tests.catalog.browsing.makers import a_colour
from tests.catalog.categories.makers import a_category
from tests.catalog.products.makers import a_draft, custom
from tests.storefront.makers import configure

LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch Weekend Travel Bag With Two Wheels And A Handle"
DESCRIPTION = (
    "<p>Everything you need for a day on the mat, in one bag.</p>"
    "<ul><li>Slip pocket with key fob.</li><li>Removable strap.</li></ul>"
)

# Front page details are shown for attributes that say so.
SHOW_ON_FRONT = "update eav_attribute set is_visible_on_front = true where attribute_code in ('color', 'weight')"
FILTER_BY_MAKER = "update eav_attribute set is_filterable = 2, is_filterable_in_search = true where attribute_id = 93"


@asynccontextmanager
async def catalog_shop(database_url: str, home: Path) -> AsyncIterator[str]:
    """The address of the shop."""
    database = Database(database_url, max_size=4)
    await database.open()
    services = new_services(Settings(home=home, database_url=database_url), database)
    await fill(services)
    async with served(create_app(services)) as address:
        yield address
    await database.close()


async def fill(services: Services) -> None:
    async with services.work() as ctx:
        await ctx.db.execute(SHOW_ON_FRONT)
        await ctx.db.execute(FILTER_BY_MAKER)
        await configure(ctx, "cataloginventory/options/stock_threshold_qty", "5")
    async with services.work() as ctx:
        await _fill(ctx)


async def _fill(ctx: Context) -> None:
    colours = [await a_colour(ctx, label) for label in ("Black", "Blue", "Green", "A Very Long Colour Name Indeed")]
    gear = await a_category(
        ctx, "Gear", is_anchor="1", description="<p>Bags, watches and what else goes along with you.</p>"
    )
    bags = await a_category(ctx, "Bags", gear.id, is_anchor="1")
    watches = await a_category(ctx, "Watches", gear.id, is_anchor="1")
    await a_category(ctx, "Women", description="")
    await a_category(ctx, "Training and Everything Else Around It", is_anchor="1", display_mode="PAGE")
    await a_category(ctx, "Empty Shelves", is_anchor="1")
    names = [
        "Voyage Yoga Bag",
        "Crown Summit Backpack",
        "Driven Backpack",
        "Endeavor Daytrip Backpack",
        "Impulse Duffle",
    ]
    drafts = [
        _draft(
            f"24-MB{number:02}",
            f"{names[number % 5]} {number}" if number else names[0],
            Decimal(12 + number * 7),
            (bags if number % 3 else watches).id,
            number,
            color=str(colours[number % 3]),
        )
        for number in range(24)
    ]
    drafts.append(
        _draft("LONG", LONG, Decimal("123462.5"), bags.id, 30, color=str(colours[3]), special_price="99999.99")
    )
    drafts[0].tier_prices = [
        TierPrice(customer_group_id=32000, qty=Decimal(5), value=Decimal(10)),
        TierPrice(customer_group_id=32000, qty=Decimal(10), value=Decimal(8)),
    ]
    drafts[0].product_links = [
        ProductLink(sku="24-MB00", link_type=kind, linked_product_sku=sku, linked_product_type="simple", position=1)
        for kind, sku in (("related", "24-MB01"), ("related", "24-MB02"), ("upsell", "LONG"))
    ]
    drafts[0].options = _options()
    saved = await products.save_many(ctx, [draft for draft in drafts if not draft.product_links])
    saved += await products.save_many(ctx, [draft for draft in drafts if draft.product_links])
    assert [draft.refusal for draft in saved if draft.refusal] == []


def _draft(sku: str, name: str, price: Decimal, category_id: int, position: int, **values: str) -> Product:
    return a_draft(
        sku,
        name=name,
        price=price,
        weight=Decimal("1.5"),
        extension_attributes=ProductExtension(
            stock_item=StockItem(qty=Decimal(3 if position == 0 else 100), is_in_stock=True),
            category_links=[CategoryLink(position=position, category_id=str(category_id))],
        ),
        custom_attributes=custom(
            description=DESCRIPTION, short_description="<p>Roomy, and light enough to forget.</p>", **values
        ),
    )


def _options() -> list[CustomOption]:
    choices = [
        CustomOptionValue(title=title, price=Decimal(price), price_type=kind, sort_order=1)
        for title, price, kind in (("Small", "0", "fixed"), ("Large", "4.50", "fixed"), ("Huge", "10", "percent"))
    ]
    kinds = ["drop_down", "radio", "checkbox", "multiple"]
    chosen = [
        CustomOption(
            product_sku="24-MB00", title=f"Choose by {kind}", type=kind, is_require=kind == "drop_down", values=choices
        )
        for kind in kinds
    ]
    typed = [
        CustomOption(
            product_sku="24-MB00",
            title=f"Your {kind}",
            type=kind,
            is_require=False,
            price=Decimal("2.00"),
            price_type="fixed",
            file_extension="png, jpg",
            max_characters=40,
        )
        for kind in ("field", "area", "file", "date", "date_time", "time")
    ]
    return [*chosen, *typed]

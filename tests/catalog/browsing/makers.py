"""A shop to look through: products that are in stock, in categories, with choices."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from entrepot import directory
from entrepot.catalog import browsing, products
from entrepot.catalog.attributes import ATTRIBUTES
from entrepot.catalog.browsing import Found, Selection
from entrepot.catalog.categories import CategoryDocument, documents
from entrepot.catalog.contracts import CategoryLink, ProductExtension, StockItem
from entrepot.kit.context import Context
from tests.catalog.products.makers import a_draft, custom


async def on_sale(
    ctx: Context,
    sku: str,
    *,
    price: int | str = 34,
    qty: int | None = 10,
    categories: list[int] | dict[int, int] = [],  # noqa: B006 -- it is only read
    values: dict[str, Any] | None = None,
    **fields: Any,
) -> int:
    """A product with some pieces in the default source, in categories (by id, or with its positions); its id."""
    placed = categories if isinstance(categories, dict) else dict.fromkeys(categories, 0)
    links = [CategoryLink(position=position, category_id=str(id)) for id, position in placed.items()]
    stock = StockItem(qty=Decimal(qty or 0), is_in_stock=bool(qty))
    saved = await products.save(
        ctx,
        a_draft(
            sku,
            price=Decimal(str(price)),
            extension_attributes=ProductExtension(stock_item=stock, category_links=links or None),
            custom_attributes=custom(**(values or {})),
            **fields,
        ),
    )
    assert saved.id
    return saved.id


async def the_category(shop: Context, category_id: int) -> CategoryDocument:
    return (await documents.read(shop, [category_id]))[0]


async def a_colour(ctx: Context, label: str) -> int:
    """An option of the attribute `color`, which the default set gets too; its id."""
    await ctx.db.execute(
        """
        insert into eav_entity_attribute (attribute_set_id, attribute_group_id, attribute_id, sort_order)
        values (4, 7, 93, 99)
        on conflict do nothing
        """
    )
    option_id = await ctx.db.value(
        "insert into eav_attribute_option (attribute_id, sort_order) values (93, 0) returning option_id"
    )
    await ctx.db.execute(
        "insert into eav_attribute_option_label (option_id, store_id, label) values (%(id)s, 0, %(label)s)",
        id=option_id,
        label=label,
    )
    await ctx.changed()
    assert ctx.shared(ATTRIBUTES).option(option_id)
    return int(option_id)


async def look(shop: Context, **wanted: Any) -> Found:
    """What a guest finds in the store view of the context."""
    return await browsing.find(shop, Selection(**wanted), 0, directory.current_currency(shop))


async def skus(shop: Context, found: Found) -> list[str]:
    refs = await products.products_by_id(shop, found.product_ids)
    return [refs[id].sku for id in found.product_ids]

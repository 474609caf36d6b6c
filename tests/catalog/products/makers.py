"""Products, categories, views and attributes for the tests."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from psycopg.types.json import Jsonb

from entrepot import stores
from entrepot.catalog import products
from entrepot.catalog.contracts import AttributeValue, Product, ProductExtension
from entrepot.kit.context import Context
from entrepot.kit.db import Db
from entrepot.kit.scope import StoreView
from entrepot.kit.search_criteria import Filter, FilterGroup, SearchCriteria


def a_draft(sku: str = "24-MB01", **fields: Any) -> Product:
    """A simple product that can be saved."""
    values: dict[str, Any] = {"sku": sku, "name": sku, "attribute_set_id": 4, "price": Decimal(34)}
    return Product(**(values | fields))


async def a_product(ctx: Context, sku: str = "24-MB01", **fields: Any) -> Product:
    return await products.save(ctx, a_draft(sku, **fields))


def custom(**values: Any) -> list[AttributeValue]:
    """Custom attributes by code."""
    return [AttributeValue(code, value) for code, value in values.items()]


def shown(product: Product) -> dict[str, Any]:
    """The custom attributes of an answer by code."""
    return {one.attribute_code or "": one.value for one in product.custom_attributes or ()}


def beside(product: Product) -> ProductExtension:
    """The extension attributes of an answer, which are always there."""
    assert product.extension_attributes is not None
    return product.extension_attributes


def id_of(product: Product) -> int:
    assert product.id is not None
    return product.id


def positions(product: Product) -> dict[str, int]:
    """The positions of an answer in its categories, by the category's id."""
    return {link.category_id or "": link.position or 0 for link in beside(product).category_links or ()}


async def listed(ctx: Context, criteria: SearchCriteria) -> list[Product]:
    """The items of a list."""
    return list((await products.get_list(ctx, criteria)).items or ())


async def a_category(db: Db, category_id: int, *, parent: str = "1/2", **attributes: str) -> int:
    """A category below the default one, with its url_path."""
    values = {"name": f"Category {category_id}", "url_path": f"category-{category_id}", "is_anchor": "1"} | attributes
    await db.execute(
        """
        insert into category (category_id, parent_id, path, level, position, attributes)
        values (%(id)s, %(parent_id)s, %(path)s, %(level)s, 1, %(attributes)s)
        """,
        id=category_id,
        parent_id=int(parent.split("/")[-1]),
        path=f"{parent}/{category_id}",
        level=parent.count("/") + 1,
        attributes=Jsonb(values),
    )
    return category_id


async def a_view(ctx: Context, code: str, website: str | None = None) -> StoreView:
    """A further view of the main website, or the only one of a new website."""
    group_id = 1
    if website:
        made = await stores.create_website(ctx, stores.ManagedWebsite(code=website, name=website))
        group = await stores.create_group(
            ctx, stores.ManagedGroup(website_id=made.id, name=website, code=website, root_category_id=2)
        )
        assert group.id is not None
        group_id = group.id
    await stores.create_view(ctx, stores.ManagedStore(store_group_id=group_id, code=code, name=code, is_active=1))
    view = ctx.stores.by_code(code)
    assert view is not None
    return view


def criteria(*filters: tuple[str, str, str], **more: Any) -> SearchCriteria:
    """Filters that must all hold: field, condition, value."""
    groups = [FilterGroup([Filter(field, value, condition)]) for field, condition, value in filters]
    return SearchCriteria(filter_groups=groups, **more)


async def found(ctx: Context, *filters: tuple[str, str, str], **more: Any) -> list[str | None]:
    """The SKUs of a list."""
    return [one.sku for one in await listed(ctx, criteria(*filters, **more))]

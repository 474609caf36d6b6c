"""Products as carts see them, any number of them with one statement."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, LiteralString

from msgspec import Struct

from entrepot.catalog.buying import queries
from entrepot.catalog.contracts import CustomOption, ProductRef
from entrepot.catalog.downloadable.links import Downloads, downloads_of
from entrepot.catalog.options.rules import shown
from entrepot.catalog.prices import rule_prices
from entrepot.catalog.prices.loading import FactsRow, base_rate, facts_of_row
from entrepot.catalog.prices.rules import PriceFacts
from entrepot.catalog.products.types import DOWNLOADABLE
from entrepot.kit.context import Context
from entrepot.kit.scope import StoreView


class Goods(Struct, frozen=True):
    """A product in a store view, for a customer group."""

    product_id: int
    sku: str
    type_id: str
    name: str
    weight: Decimal | None
    """Of one."""
    tax_class_id: int
    """0 where it is not taxed."""
    is_enabled: bool
    is_in_website: bool
    options: tuple[CustomOption, ...]
    """The custom options as the store view sees them, in their order."""
    cost: Decimal | None
    gift_message_available: str | None
    """`0` and `1`; anything else is as configured."""
    prices: PriceFacts
    """In the website's base currency."""
    downloads: Downloads | None = None
    """The links of a downloadable product."""

    @property
    def ref(self) -> ProductRef:
        return ProductRef(self.product_id, self.sku, self.type_id)


class GoodsRow(FactsRow, frozen=True):
    sku: str
    has_options: bool
    name: str | None
    weight: Decimal | None
    tax_class_id: int
    is_enabled: bool
    is_in_website: bool
    cost: Decimal | None
    gift_message_available: str | None


class Choices(Struct, frozen=True):
    """What is chosen when the product is bought, as it is stored."""

    product_id: int
    options: list[dict[str, Any]] | None
    downloads: dict[str, Any] | None


async def goods_by_id(
    ctx: Context, product_ids: Iterable[int], store: StoreView, customer_group_id: int
) -> dict[int, Goods]:
    """By product id; products that are gone are absent.

    One statement; one more where something is chosen of a product, and one where catalog rules are in use.
    """
    return await _read(ctx, queries.BY_ID, store, customer_group_id, product_ids=list(product_ids))


async def goods_by_sku(ctx: Context, skus: Iterable[str], store: StoreView, customer_group_id: int) -> dict[str, Goods]:
    """As `goods_by_id`, by lower-case sku."""
    wanted = [sku.strip().lower() for sku in skus]
    found = await _read(ctx, queries.BY_SKU, store, customer_group_id, skus=wanted)
    return {goods.sku.lower(): goods for goods in found.values()}


async def _read(
    ctx: Context, query: LiteralString, store: StoreView, customer_group_id: int, **which: object
) -> dict[int, Goods]:
    website_id = store.website_id
    rows = await ctx.db.all(
        GoodsRow, query, store_id=store.id, website_id=website_id, customer_group_id=customer_group_id, **which
    )
    source = rule_prices.registered()
    ids = [row.product_id for row in rows]
    by_rules = await source.prices(ctx, ids, website_id, customer_group_id) if source else {}
    rate = base_rate(ctx, website_id)
    choices = await _choices(ctx, store, rows)
    return {
        row.product_id: _goods(ctx, store, row, rate, choices.get(row.product_id), by_rules.get(row.product_id))
        for row in rows
    }


async def _choices(ctx: Context, store: StoreView, rows: Iterable[GoodsRow]) -> dict[int, Choices]:
    asking = [row.product_id for row in rows if row.has_options or row.type_id == DOWNLOADABLE]
    if not asking:
        return {}
    found = await ctx.db.all(
        Choices, queries.CHOICES, product_ids=asking, store_id=store.id, website_id=store.website_id
    )
    return {one.product_id: one for one in found}


def _goods(
    ctx: Context, store: StoreView, row: GoodsRow, rate: Decimal, choices: Choices | None, by_rule: Decimal | None
) -> Goods:
    downloads = choices.downloads if choices else None
    return Goods(
        product_id=row.product_id,
        sku=row.sku,
        type_id=row.type_id,
        name=row.name or row.sku,
        weight=row.weight,
        tax_class_id=row.tax_class_id,
        is_enabled=row.is_enabled,
        is_in_website=row.is_in_website,
        options=tuple(shown(row.sku, option) for option in (choices and choices.options) or ()),
        cost=row.cost,
        gift_message_available=row.gift_message_available,
        prices=facts_of_row(row, rate, by_rule),
        downloads=downloads_of(ctx, downloads, store, rate) if downloads else None,
    )

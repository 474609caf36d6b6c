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
    options: list[dict[str, Any]] | None
    downloads: dict[str, Any] | None
    name: str | None
    weight: Decimal | None
    tax_class_id: int
    is_enabled: bool
    is_in_website: bool
    cost: Decimal | None
    gift_message_available: str | None


async def goods_by_id(
    ctx: Context, product_ids: Iterable[int], store: StoreView, customer_group_id: int
) -> dict[int, Goods]:
    """By product id; products that are gone are absent. One statement, and one more where catalog rules are in use."""
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
    return {row.product_id: _goods(ctx, store, row, rate, by_rules.get(row.product_id)) for row in rows}


def _goods(ctx: Context, store: StoreView, row: GoodsRow, rate: Decimal, by_rule: Decimal | None) -> Goods:
    return Goods(
        product_id=row.product_id,
        sku=row.sku,
        type_id=row.type_id,
        name=row.name or row.sku,
        weight=row.weight,
        tax_class_id=row.tax_class_id,
        is_enabled=row.is_enabled,
        is_in_website=row.is_in_website,
        options=tuple(shown(row.sku, option) for option in row.options or ()),
        cost=row.cost,
        gift_message_available=row.gift_message_available,
        prices=facts_of_row(row, rate, by_rule),
        downloads=downloads_of(ctx, row.downloads, store, rate) if row.downloads else None,
    )

"""The tier prices of a product, as a field of the product itself (spec 30-catalog, 4.2)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from entrepot import customers
from entrepot.catalog.attributes import ATTRIBUTES
from entrepot.catalog.contracts import TierPrice, TierPriceExtension
from entrepot.catalog.drafts import Document, Draft
from entrepot.catalog.prices import queries
from entrepot.catalog.prices.errors import DuplicateTierPrice, PercentageOutOfRange, TierPriceNegative
from entrepot.catalog.prices.rules import Tier
from entrepot.catalog.prices.tiers import ALL_GROUPS, TierRow, columns, default_website, is_positive, tier_row
from entrepot.catalog.products.errors import ProductNotSaved
from entrepot.catalog.products.types import BUNDLE
from entrepot.kit.context import Context
from entrepot.kit.errors import Refused
from entrepot.stores import levels

NOTHING = Decimal(0)
HUNDRED = Decimal(100)


class TierPrices:
    """A row without a group, or without a quantity above 0, says nothing and is left out."""

    field = "tier_prices"
    rows = queries.TIER_ROWS

    def read(self, ctx: Context, document: Document, rows: Sequence[dict[str, Any]]) -> list[TierPrice]:
        if not _applies(ctx, document.type_id):
            return []
        regular = Decimal(document.attributes.get("price") or 0)
        return [_shown(row, regular, document.type_id == BUNDLE) for row in rows]

    async def check(self, ctx: Context, drafts: Sequence[Draft]) -> None:
        concerned = _concerned(ctx, drafts)
        if not any(draft.product.tier_prices for draft in concerned):
            return
        groups = {group.id for group in await customers.list_groups(ctx)} | {ALL_GROUPS}
        for draft in concerned:
            try:
                self._check_one(ctx, draft, groups)
            except Refused as refusal:
                draft.refuse(refusal)

    def _check_one(self, ctx: Context, draft: Draft, groups: set[int | None]) -> None:
        seen: set[object] = set()
        for price in draft.product.tier_prices or ():
            if not _says_something(price):
                continue
            row = _stored(ctx, draft, price)
            if row.key in seen:
                raise DuplicateTierPrice
            seen.add(row.key)
            if row.percentage is not None and not NOTHING <= row.percentage <= HUNDRED:
                raise PercentageOutOfRange
            if row.percentage is None and (price.value is None or row.value < 0):
                raise TierPriceNegative
            if row.group_id not in groups or levels(ctx).website(row.website_id) is None:
                raise ProductNotSaved

    async def save(self, ctx: Context, drafts: Sequence[Draft]) -> None:
        concerned = _concerned(ctx, drafts)
        if not concerned:
            return
        rows = json.dumps(
            columns(
                _stored(ctx, draft, price)
                for draft in concerned
                for price in draft.product.tier_prices or ()
                if _says_something(price)
            )
        )
        await ctx.db.execute(
            queries.KEEP_TIERS,
            product_ids=[draft.product_id for draft in concerned],
            website_id=ctx.store.website_id,
            rows=rows,
        )
        if any(draft.product.tier_prices for draft in concerned):
            await ctx.db.execute(queries.PUT_TIERS, rows=rows)


def _applies(ctx: Context, type_id: str) -> bool:
    attribute = ctx.shared(ATTRIBUTES).products.get("tier_price")
    return attribute is not None and attribute.applies_to(type_id)


def _concerned(ctx: Context, drafts: Sequence[Draft]) -> list[Draft]:
    return [one for one in drafts if one.product.tier_prices is not None and _applies(ctx, one.type_id)]


def _says_something(price: TierPrice) -> bool:
    return price.customer_group_id is not None and price.qty is not None and is_positive(price.qty)


def _shown(row: dict[str, Any], regular: Decimal, is_bundle: bool) -> TierPrice:
    """A discount shows what it comes to as its value; that of a bundle, whose price is not known here, itself."""
    percentage = None if row["percentage"] is None else Decimal(row["percentage"])
    value = Decimal(row["value"])
    if percentage is not None:
        value = percentage if is_bundle else Tier(Decimal(1), value, percentage).price(regular)
    return TierPrice(
        customer_group_id=row["group_id"],
        qty=Decimal(row["qty"]),
        value=value,
        extension_attributes=TierPriceExtension(percentage_value=percentage, website_id=row["website_id"]),
    )


def _stored(ctx: Context, draft: Draft, price: TierPrice) -> TierRow:
    """A percentage of 0 is none. Raises ProductNotSaved for what the table cannot hold."""
    extension = price.extension_attributes or TierPriceExtension()
    percentage = extension.percentage_value or (price.value if draft.type_id == BUNDLE else None)
    website_id = default_website(ctx) if extension.website_id is None else extension.website_id
    value = NOTHING if percentage is not None else price.value or NOTHING
    try:
        return tier_row(
            draft.product_id, price.customer_group_id or 0, website_id, price.qty or NOTHING, value, percentage
        )
    except OverflowError:
        raise ProductNotSaved from None

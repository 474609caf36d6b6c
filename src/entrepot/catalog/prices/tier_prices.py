"""Tier prices of many products at once (spec 30-catalog, 4.4)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, LiteralString

from msgspec import Struct

from entrepot import customers
from entrepot.catalog.prices import bulk, queries
from entrepot.catalog.prices.bulk import ACCESS, Failure, Parameter, Priced
from entrepot.catalog.prices.contracts import BulkTierPrice, PriceUpdateResult
from entrepot.catalog.prices.errors import TierPricesNotReplaced, TierPricesNotSaved
from entrepot.catalog.prices.tiers import ALL_GROUPS, TierRow, columns, tier_row
from entrepot.catalog.products import documents
from entrepot.catalog.products.changes import refresh
from entrepot.catalog.products.types import BUNDLE, DOWNLOADABLE, SIMPLE, VIRTUAL
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import operation
from entrepot.stores import levels

TYPES = frozenset({SIMPLE, VIRTUAL, DOWNLOADABLE, BUNDLE})
FIXED, DISCOUNT = "fixed", "discount"
ALL = "all groups"
NOTHING = Decimal(0)
HUNDRED = Decimal(100)

TAIL: LiteralString = "Row ID: SKU = %SKU, Website ID: %websiteId, Customer Group: %customerGroup, Quantity: %qty."
DUPLICATE: LiteralString = (
    "We found a duplicate website, tier price, customer group and quantity: Customer Group = %customerGroup, "
    "Website ID = %websiteId, Quantity = %qty. "
)
NO_GROUP: LiteralString = "No such entity with Customer Group = %customerGroup. "

Other = tuple[int | None, Sequence[Parameter]]
"""A row of the same product, group and quantity: its website, and the parameters that tell of it."""


class Existing(Struct, frozen=True):
    """A stored tier price, as rows name it."""

    row: TierRow
    sku: str
    group_code: str


class Known(Struct, frozen=True):
    """What rows are compared with."""

    products: Mapping[str, Priced]
    groups: Mapping[str, int]
    """Ids by the code in lower case."""
    stored: Sequence[Existing]
    """In the order of the SKUs asked for, then by quantity."""


@operation("POST /V1/products/tier-prices", access=ACCESS, service="Magento.Catalog.Api.TierPriceStorage.update")
async def set_tier_prices(ctx: Context, prices: list[BulkTierPrice]) -> list[PriceUpdateResult]:
    """Add tier prices, or change those of the same website, group and quantity.

    The answer says why rows were left out; `[]` if none was.

    Raises:
        TierPricesNotSaved: an amount is too large; nothing is saved.
    """
    known = await _known(ctx, [row.sku for row in prices])
    valid, failures = _checked(ctx, prices, known, known.stored)
    try:
        rows = _rows(valid, known)
    except OverflowError:
        raise TierPricesNotSaved from None
    await _put(ctx, rows)
    return failures


@operation("PUT /V1/products/tier-prices", access=ACCESS, service="Magento.Catalog.Api.TierPriceStorage.replace")
async def replace_tier_prices(ctx: Context, prices: list[BulkTierPrice]) -> list[PriceUpdateResult]:
    """Give the products of the rows exactly these tier prices. A product of which every row fails keeps its own.

    Raises:
        TierPricesNotReplaced: an amount is too large; nothing is saved.
    """
    known = await _known(ctx, [row.sku for row in prices])
    valid, failures = _checked(ctx, prices, known, ())
    try:
        rows = _rows(valid, known)
    except OverflowError:
        raise TierPricesNotReplaced from None
    await _put(ctx, rows, replace=True)
    return failures


@operation("POST /V1/products/tier-prices-delete", access=ACCESS, service="Magento.Catalog.Api.TierPriceStorage.delete")
async def delete_tier_prices(ctx: Context, prices: list[BulkTierPrice]) -> list[PriceUpdateResult]:
    """Delete the tier prices that are equal to the rows; nothing happens for a row without an equal one.

    The answer says why rows were left out; `[]` if none was.
    """
    known = await _known(ctx, [row.sku for row in prices])
    valid, failures = _checked(ctx, prices, known, ())
    rows = []
    for one in valid:
        try:
            rows += _rows([one], known)
        except OverflowError:
            continue
    product_ids = sorted({row.product_id for row in rows})
    if product_ids:
        await documents.lock(ctx, product_ids)
        deleted = await ctx.db.values(queries.DELETE_TIERS, rows=json.dumps(columns(rows)))
        await refresh(ctx, sorted(set(deleted)))
    return failures


@operation(
    "POST /V1/products/tier-prices-information", access=ACCESS, service="Magento.Catalog.Api.TierPriceStorage.get"
)
async def get_tier_prices(ctx: Context, skus: list[str]) -> list[BulkTierPrice]:
    """All tier prices of these products, in all websites. SKUs that cannot have any are ignored."""
    known = await _known(ctx, skus)
    return [
        BulkTierPrice(
            price=one.row.value if one.row.percentage is None else one.row.percentage,
            price_type=FIXED if one.row.percentage is None else DISCOUNT,
            website_id=one.row.website_id,
            sku=one.sku,
            customer_group=one.group_code,
            quantity=one.row.qty,
        )
        for one in known.stored
    ]


async def _put(ctx: Context, rows: Sequence[TierRow], *, replace: bool = False) -> None:
    product_ids = sorted({row.product_id for row in rows})
    if not product_ids:
        return
    await documents.lock(ctx, product_ids)
    stored = json.dumps(columns(rows))
    if replace:
        await ctx.db.execute(queries.KEEP_TIERS, product_ids=product_ids, website_id=0, rows=stored)
    await ctx.db.execute(queries.PUT_TIERS, rows=stored)
    await refresh(ctx, product_ids)


# ---------------------------------------------------------------- what is known


async def _known(ctx: Context, skus: Sequence[str | None]) -> Known:
    found = await bulk.products(ctx, skus)
    groups = {group.id or 0: group.code or "" for group in await customers.list_groups(ctx)}
    able = [one for one in found.values() if one.type_id in TYPES]
    listed = await ctx.db.all(Listed, queries.LIST_TIERS, product_ids=[one.product_id for one in able], website_id=0)
    by_id = {one.product_id: one for one in listed}
    stored = [
        _existing(by_id[one.product_id], row, groups) for one in able for row in by_id[one.product_id].tiers or ()
    ]
    return Known(found, {ALL: ALL_GROUPS} | {code.lower(): id for id, code in groups.items()}, stored)


class Listed(Struct, frozen=True):
    product_id: int
    sku: str
    type_id: str
    tiers: list[dict[str, Any]] | None


def _existing(listed: Listed, row: dict[str, Any], groups: Mapping[int, str]) -> Existing:
    percentage = None if row["percentage"] is None else Decimal(row["percentage"])
    qty, value = Decimal(row["qty"]), Decimal(row["value"])
    stored = TierRow(listed.product_id, row["group_id"], row["website_id"], qty, value, percentage)
    code = ALL if stored.group_id == ALL_GROUPS else groups.get(stored.group_id, "")
    return Existing(stored, listed.sku, code)


# ---------------------------------------------------------------- what is wrong


def _checked(
    ctx: Context, prices: Sequence[BulkTierPrice], known: Known, stored: Sequence[Existing]
) -> tuple[list[BulkTierPrice], list[PriceUpdateResult]]:
    """The rows that can be saved, and what is wrong with the others; `stored` are the prices that will stay."""
    others: dict[tuple[str, str, Decimal | None], list[Other]] = {}
    for row in prices:
        others.setdefault(_place(row.sku, row.customer_group, row.quantity), []).append(
            (row.website_id, (row.sku, row.website_id, row.customer_group, row.quantity))
        )
    for one in stored:
        # The quantity of a stored row is told as it is stored.
        said = (one.sku, one.row.website_id, one.group_code, f"{one.row.qty:.4f}")
        others.setdefault(_place(one.sku, one.group_code, one.row.qty), []).append((one.row.website_id, said))
    valid, failures = [], []
    for row in prices:
        wrong = list(_wrong(ctx, row, known, others[_place(row.sku, row.customer_group, row.quantity)]))
        failures += [bulk.result(*one) for one in wrong]
        if not wrong:
            valid.append(row)
    return valid, failures


def _place(sku: str | None, group: str | None, qty: Decimal | None) -> tuple[str, str, Decimal | None]:
    return bulk.key(sku), (group or "").lower(), qty


def _clashes(row: BulkTierPrice, others: Sequence[Other]) -> Iterator[Failure]:
    """One for all websites beside one for a single website, of the same product, group and quantity."""
    for website_id, said in others:
        if website_id != row.website_id and 0 in (website_id, row.website_id):
            yield DUPLICATE + TAIL, said


def _wrong(ctx: Context, row: BulkTierPrice, known: Known, same: Sequence[Other]) -> Iterator[Failure]:
    place: tuple[Parameter, ...] = (row.sku, row.website_id, row.customer_group, row.quantity)
    product = known.products.get(bulk.key(row.sku))
    is_bundle = product is not None and product.type_id == BUNDLE
    if product is None or product.type_id not in TYPES:
        yield "Invalid attribute SKU = %SKU. " + TAIL, place
    if row.price is None or row.price < 0 or (row.price_type == DISCOUNT and row.price > HUNDRED):
        yield "Invalid attribute Price = %price. " + TAIL, (row.price, *place)
    if row.price_type not in (FIXED, DISCOUNT) or (is_bundle and row.price_type == FIXED):
        yield "Invalid attribute Price Type = %priceType. " + TAIL, (row.price_type, *place)
    if row.quantity is None or row.quantity < 1:
        yield "Invalid attribute Quantity = %qty. " + TAIL, place
    if row.website_id is None or levels(ctx).website(row.website_id) is None:
        yield "Invalid attribute Website ID = %websiteId. " + TAIL, place
    yield from _clashes(row, same)
    if (row.customer_group or "").lower() not in known.groups:
        yield NO_GROUP + TAIL, place


def _rows(prices: Sequence[BulkTierPrice], known: Known) -> list[TierRow]:
    """Raises OverflowError."""
    return [
        tier_row(
            known.products[bulk.key(row.sku)].product_id,
            known.groups[(row.customer_group or "").lower()],
            row.website_id or 0,
            row.quantity or NOTHING,
            NOTHING if row.price_type == DISCOUNT else row.price or NOTHING,
            row.price if row.price_type == DISCOUNT else None,
        )
        for row in prices
    ]

"""What the price of products depends on, for any number of them with the same statements.

one    the values of the products in the view, with the tier prices of the group and the website
one    the prices by catalog rules, if there are such rules at all
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from msgspec import Struct

from entrepot import directory
from entrepot.catalog.prices import queries, rule_prices
from entrepot.catalog.prices.rules import Price, PriceFacts, Tier, price_of
from entrepot.catalog.prices.shop_time import shop_now
from entrepot.catalog.products.types import BUNDLE, has_own_price
from entrepot.kit.context import Context
from entrepot.kit.scope import StoreView

ONE = Decimal(1)
NOTHING = Decimal(0)


async def prices_for(
    ctx: Context,
    product_ids: Sequence[int],
    website_id: int,
    customer_group_id: int,
    qty: Decimal | Mapping[int, Decimal] = ONE,
) -> dict[int, Price]:
    """What the products cost in a website for a customer group, by product id; unknown ids are missing.

    `qty` holds for all of them, or by product id (without an entry 1). Amounts are in the website's base currency, not
    rounded. The product's own price counts: what a configurable or grouped product or a bundle costs by its parts is
    for their types to say; their own `regular` is 0.
    """
    now = shop_now(ctx)
    facts = await facts_for(ctx, product_ids, website_id, customer_group_id)
    if isinstance(qty, Decimal):
        return {id: price_of(of_product, qty, now) for id, of_product in facts.items()}
    return {id: price_of(of_product, qty.get(id, ONE), now) for id, of_product in facts.items()}


async def facts_for(
    ctx: Context, product_ids: Sequence[int], website_id: int, customer_group_id: int
) -> dict[int, PriceFacts]:
    """As `prices_for`, before a quantity is known: one product may be bought at several."""
    view = _view(ctx, website_id)
    found = await ctx.db.all(
        FactsRow,
        queries.LIST_FACTS,
        product_ids=list(product_ids),
        store_id=view.id,
        website_id=website_id,
        customer_group_id=customer_group_id,
    )
    source = rule_prices.registered()
    by_rules = await source.prices(ctx, product_ids, website_id, customer_group_id) if source else {}
    rate = base_rate(ctx, website_id)
    return {one.product_id: facts_of_row(one, rate, by_rules.get(one.product_id)) for one in found}


class FactsRow(Struct, frozen=True):
    product_id: int
    type_id: str
    price_type: str | None
    price: Decimal | None
    is_own_price: bool
    """Whether the price is the view's own, and so in the website's currency."""
    special_price: Decimal | None
    is_own_special_price: bool
    special_from: datetime | None
    special_to: datetime | None
    tiers: list[dict[str, object]] | None


def _view(ctx: Context, website_id: int) -> StoreView:
    """The view that is asked from, or the website's default one: prices differ by website at most."""
    if ctx.store.website_id == website_id:
        return ctx.store
    return ctx.stores.default_of_website(website_id) or ctx.stores.admin


def base_rate(ctx: Context, website_id: int) -> Decimal:
    """What a price of the default scope is multiplied by in a website; 1 where no rate is known."""
    of_shop, of_website = directory.global_currency(ctx), directory.base_currency(ctx, website_id=website_id)
    return directory.find_rate(ctx, of_shop, of_website) or ONE


def facts_of_row(row: FactsRow, rate: Decimal, by_rule: Decimal | None) -> PriceFacts:
    """What a row read by `LIST_FACTS`, or one that has its columns, says about the price."""
    in_percent = row.type_id == BUNDLE
    own = has_own_price(row.type_id, {"price_type": row.price_type})
    regular = row.price if own and row.price is not None else NOTHING
    special = row.special_price
    if special is not None and not row.is_own_special_price and not in_percent:
        special *= rate
    return PriceFacts(
        regular=regular if row.is_own_price else regular * rate,
        special=special,
        special_from=row.special_from,
        special_to=row.special_to,
        tiers=tuple(_tier(tier, rate) for tier in row.tiers or ()),
        rule=by_rule,
        in_percent=in_percent,
    )


def _tier(row: Mapping[str, object], rate: Decimal) -> Tier:
    value = Decimal(str(row["value"]))
    percentage = row["percentage"]
    return Tier(
        qty=Decimal(str(row["qty"])),
        value=value if row["website_id"] else value * rate,
        percentage=None if percentage is None else Decimal(str(percentage)),
        all_groups=bool(row["all_groups"]),
    )

"""May it be sold? The questions that clients ask (spec 40-inventory, 10 and 11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from entrepot.inventory.composites import salable_composites
from entrepot.inventory.contracts import (
    IsSalableForQtyResult,
    IsSalableResult,
    SalabilityError,
    SalableQtyRequest,
    SalableResult,
)
from entrepot.inventory.errors import NoSourceItemsSupport, ProductNotFound
from entrepot.inventory.products import sku_key
from entrepot.inventory.quantities import facts_of
from entrepot.inventory.rules import salability as rules
from entrepot.inventory.rules.salability import StockFacts
from entrepot.inventory.rules.settings import NOT_LOGGED_IN
from entrepot.inventory.stocks import MAY_SELL_STOCK
from entrepot.kit.context import Context
from entrepot.kit.rest.operation import operation


@operation(
    "GET /V1/inventory/get-product-salable-quantity/{sku}/{stock_id}",
    access=MAY_SELL_STOCK,
    service="Magento.InventorySalesApi.Api.GetProductSalableQty.execute",
)
async def get_salable_qty(ctx: Context, sku: str, stock_id: int) -> Decimal:
    """How much may still be sold; 0 where the stock does not offer it, negative when more was promised than there is.

    Raises ProductNotFound, NoSourceItemsSupport.
    """
    return (await _countable(ctx, stock_id, sku)).salable_qty


@operation(
    "GET /V1/inventory/is-product-salable/{sku}/{stock_id}",
    access=MAY_SELL_STOCK,
    service="Magento.InventorySalesApi.Api.IsProductSalable.execute",
)
async def is_salable(ctx: Context, sku: str, stock_id: int) -> bool:
    """False for an unknown sku or stock."""
    return (await are_salable(ctx, stock_id, [sku]))[sku_key(sku)]


@operation(
    "GET /V1/inventory/is-product-salable-for-requested-qty/{sku}/{stock_id}/{requested_qty}",
    access=MAY_SELL_STOCK,
    service="Magento.InventorySalesApi.Api.IsProductSalableForRequestedQty.execute",
)
async def is_salable_for_qty(ctx: Context, sku: str, stock_id: int, requested_qty: Decimal) -> SalableResult:
    """Whether this quantity could go into a cart, and why not.

    Raises ProductNotFound, NoSourceItemsSupport.
    """
    errors = rules.cart_errors(await _countable(ctx, stock_id, sku), requested_qty)
    return SalableResult(salable=not errors, errors=errors)


@operation(
    "GET /V1/inventory/are-products-salable",
    access=MAY_SELL_STOCK,
    service="Magento.InventorySalesApi.Api.AreProductsSalable.execute",
)
async def are_products_salable(ctx: Context, skus: list[str], stock_id: int) -> list[IsSalableResult]:
    """`is_salable` of many, in the order asked."""
    salable = await are_salable(ctx, stock_id, skus)
    return [IsSalableResult(sku=sku, stock_id=stock_id, salable=salable[sku_key(sku)]) for sku in skus]


@operation(
    "GET /V1/inventory/are-product-salable-for-requested-qty",
    access=MAY_SELL_STOCK,
    service="Magento.InventorySalesApi.Api.AreProductsSalableForRequestedQty.execute",
)
async def are_salable_for_qty(
    ctx: Context, sku_requests: list[SalableQtyRequest], stock_id: int
) -> list[IsSalableForQtyResult]:
    """Whether each of these quantities could be ordered, and why not, in the order asked.

    Raises ProductNotFound, NoSourceItemsSupport for the first sku that has no answer.
    """
    found = await facts_of(ctx, stock_id, [request.sku or "" for request in sku_requests])
    answers = []
    for request in sku_requests:
        facts = _check_countable(found[sku_key(request.sku or "")])
        errors = rules.order_errors(facts, request.qty or Decimal(0))
        answers.append(IsSalableForQtyResult(sku=request.sku, stock_id=stock_id, salable=not errors, errors=errors))
    return answers


async def are_salable(ctx: Context, stock_id: int, skus: Iterable[str]) -> Mapping[str, bool]:
    """Whether some quantity could be sold, by lower-case sku. A constant number of statements."""
    return await decide_salable(ctx, stock_id, list((await facts_of(ctx, stock_id, skus)).values()))


async def decide_salable(ctx: Context, stock_id: int, found: Sequence[StockFacts]) -> Mapping[str, bool]:
    """As `are_salable`, for who has the facts."""
    salable = {sku_key(facts.sku): rules.is_salable(facts) for facts in found}
    composites = [f.product for f in found if f.product and f.is_composite and salable[sku_key(f.sku)]]
    if composites:
        with_children = await salable_composites(ctx, stock_id, composites)
        for facts in found:
            if facts.product and facts.is_composite and facts.product.product_id not in with_children:
                salable[sku_key(facts.sku)] = False
    return salable


async def check_quantities(
    ctx: Context, stock_id: int, quantities: Mapping[str, Decimal], customer_group_id: int = NOT_LOGGED_IN
) -> Mapping[str, list[SalabilityError]]:
    """What speaks against having these quantities in a cart, by lower-case sku: empty lists when nothing does.

    For carts: products made of others are not asked for; their children are.
    """
    found = await facts_of(ctx, stock_id, quantities, customer_group_id)
    wanted = {sku_key(sku): qty for sku, qty in quantities.items()}
    return {key: rules.cart_errors(facts, wanted[key]) for key, facts in found.items()}


async def _countable(ctx: Context, stock_id: int, sku: str) -> StockFacts:
    return _check_countable((await facts_of(ctx, stock_id, [sku]))[sku_key(sku)])


def _check_countable(facts: StockFacts) -> StockFacts:
    if facts.product is None:
        raise ProductNotFound
    if facts.is_composite:
        raise NoSourceItemsSupport
    return facts

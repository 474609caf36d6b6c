"""Prices of render info: converted, rounded, with and without tax, and as HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from html import escape

from msgspec import Struct

from entrepot import directory
from entrepot.catalog.drafts import Document
from entrepot.catalog.prices import Price, prices_for
from entrepot.catalog.products.types import has_own_price
from entrepot.catalog.render.contracts import FormattedPrices, MsrpInfo, PriceInfo, PriceInfoExtension
from entrepot.catalog.render.errors import NoRate
from entrepot.catalog.render.taxation import PriceOfClass, Taxed, shows_tax, taxed
from entrepot.kit.context import Context
from entrepot.kit.pages import formats

CENT = Decimal("0.01")

MSRP_ENABLED = "sales/msrp/enabled"
MSRP_DISPLAY = "sales/msrp/display_price_type"
MSRP_EXPLANATION = "sales/msrp/explanation_message"
AS_CONFIGURED = "0"
ON_GESTURE = "1"
MSRP_MESSAGES = {
    "2": "To see product price, add this item to your cart. You can always remove it later.",
    "3": "See price before order confirmation.",
}


class Currency(Struct, frozen=True):
    """How amounts of the base currency are told in the currency that was asked for."""

    code: str
    rate: Decimal
    locale: str

    def amount(self, base_amount: Decimal) -> Decimal:
        return (base_amount * self.rate).quantize(CENT, rounding=ROUND_HALF_UP)

    def html(self, amount: Decimal | None) -> str:
        """Empty for no amount."""
        if amount is None:
            return ""
        return f'<span class="price">{escape(formats.money(amount, self.code, self.locale))}</span>'


def currency_of(ctx: Context, code: str) -> Currency:
    """Raises NoRate."""
    base = directory.base_currency(ctx)
    rate = directory.find_rate(ctx, base, code)
    if rate is None:
        raise NoRate(base, code)
    return Currency(code, rate, directory.locale_of(ctx))


async def price_infos(
    ctx: Context, products: Sequence[Document], customer_group_id: int, currency: Currency
) -> list[PriceInfo]:
    """In the same order. Without numbers for a product whose price is what its parts cost."""
    ids = [product.product_id for product in products]
    prices = await prices_for(ctx, ids, ctx.store.website_id, customer_group_id)
    asked = [
        PriceOfClass(amount, int(product.attributes.get("tax_class_id") or 0))
        for product in products
        for amount in _amounts(product, prices).values()
    ]
    answers = iter(await taxed(ctx, asked))
    with_tax = shows_tax(ctx)
    infos = []
    for product in products:
        known = {name: next(answers) for name in _amounts(product, prices)}
        info = _info(known, currency, lambda one: one.including if with_tax else one.excluding)
        info.extension_attributes = PriceInfoExtension(
            msrp=_msrp(ctx, product, currency),
            tax_adjustments=_info(known, currency, lambda one: one.excluding),
            weee_attributes=[],
            weee_adjustment=currency.html(info.final_price),
        )
        infos.append(info)
    return infos


def _amounts(product: Document, prices: Mapping[int, Price]) -> dict[str, Decimal]:
    """The different amounts of a product by name; none where the price is not its own."""
    if not has_own_price(product.type_id, product.attributes):
        return {}
    price = prices[product.product_id]
    amounts = {"final": price.final, "minimal": price.minimal, "regular": price.regular}
    return amounts if price.special is None else amounts | {"special": price.special}


def _info(known: Mapping[str, Taxed], currency: Currency, chosen: Callable[[Taxed], Decimal]) -> PriceInfo:
    def amount(name: str) -> Decimal | None:
        return currency.amount(chosen(known[name])) if name in known else None

    final, minimal, regular, special = (amount(name) for name in ("final", "minimal", "regular", "special"))
    return PriceInfo(
        final_price=final,
        max_price=final,
        max_regular_price=regular,
        minimal_regular_price=regular,
        special_price=special,
        minimal_price=minimal,
        regular_price=regular,
        formatted_prices=FormattedPrices(
            final_price=currency.html(final),
            max_price=currency.html(final),
            minimal_price=currency.html(minimal),
            max_regular_price=currency.html(regular),
            minimal_regular_price=currency.html(regular),
            special_price=currency.html(special),
            regular_price=currency.html(regular),
        ),
    )


def _msrp(ctx: Context, product: Document, currency: Currency) -> MsrpInfo:
    """What the manufacturer suggests. It applies where the shop says so, and the product has one."""
    suggested = Decimal(product.attributes.get("msrp") or 0)
    applies = ctx.flag(MSRP_ENABLED) and suggested > 0
    own = product.attributes.get("msrp_display_actual_price_type") or AS_CONFIGURED
    shown = (ctx.config(MSRP_DISPLAY) or "") if own == AS_CONFIGURED else own
    return MsrpInfo(
        msrp_price=currency.html(currency.amount(suggested)),
        is_applicable="1" if applies else "",
        is_shown_price_on_gesture="1" if applies and shown == ON_GESTURE else "",
        msrp_message=MSRP_MESSAGES.get(shown, ""),
        explanation_message=ctx.config(MSRP_EXPLANATION) or "",
    )

"""What a cart comes to, row by row, as the shop's settings for taxes want it told (spec 51, 6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from entrepot.quotes import OpenCart
from entrepot.quotes.totals.collect import collectors
from entrepot.storefront import tax_display
from entrepot.storefront.tax_display import TwoPrices

if TYPE_CHECKING:
    from entrepot.storefront.shop_page import ShopPage

LOST_COUPON = 'The coupon code "%1" is not valid any more, and the total is without it.'
OWN = frozenset({"subtotal", "discount", "shipping", "tax", "grand_total"})
"""The rows that are made here; what collectors of other packages add is shown as they tell it."""
SUBTOTAL, SHIPPING = "tax/cart_display/subtotal", "tax/cart_display/shipping"
GRAND_TOTAL, FULL_SUMMARY, ZERO_TAX = (
    "tax/cart_display/grandtotal",
    "tax/cart_display/full_summary",
    "tax/cart_display/zero_tax",
)


class TaxDetail(Struct, frozen=True):
    title: str
    percent: Decimal
    amount: Decimal | None
    """Of the rates of one tax only the first has it."""


class TotalRow(Struct, frozen=True):
    code: str
    label: str
    amount: Decimal | None
    """None where it is not known yet."""
    note: str = ""
    """The name of the way to ship."""
    details: Sequence[TaxDetail] = ()


def tell_lost_coupon(page: ShopPage, cart: OpenCart) -> None:
    """The totals are no longer what the shopper has seen."""
    if cart.lost_coupon is not None:
        page.error(LOST_COUPON, cart.lost_coupon, fields=["coupon_code"])


def total_rows(page: ShopPage, cart: OpenCart, subtotal: str = "Subtotal") -> list[TotalRow]:
    return [*_rows(page, cart, subtotal)]


def subtotal_of(page: ShopPage, cart: OpenCart) -> TwoPrices:
    amounts = cart.quote.owner.amounts
    return TwoPrices(tax_display.of(page, SUBTOTAL), amounts.subtotal, amounts.subtotal_incl_tax)


def _rows(page: ShopPage, cart: OpenCart, subtotal: str) -> Iterator[TotalRow]:
    owner, amounts = cart.quote.owner, cart.quote.owner.amounts
    yield from _two(page, "subtotal", subtotal, subtotal_of(page, cart))
    if amounts.discount_amount:
        name = owner.discount_description
        yield TotalRow(
            "discount", page.text("Discount (%1)", name) if name else page.text("Discount"), amounts.discount_amount
        )
    if not cart.content.is_virtual:
        if owner.shipping_description:
            prices = TwoPrices(tax_display.of(page, SHIPPING), amounts.shipping_amount, amounts.shipping_incl_tax)
            yield from _two(page, "shipping", "Shipping", prices, owner.shipping_description)
        else:
            yield TotalRow("shipping", page.text("Shipping"), None)
    for collector in collectors():
        segment = collector.segment(page.ctx, cart, owner) if collector.code not in OWN else None
        if segment is not None and segment.title and segment.value is not None and collector.code in amounts.extra:
            yield TotalRow(collector.code, page.text(segment.title), segment.value)
    total = amounts.grand_total
    shows_both = page.ctx.flag(GRAND_TOTAL) and total > 0
    if shows_both:
        yield TotalRow("grand", page.text("Order Total Excl. Tax"), max(total - amounts.tax_amount, Decimal(0)))
    if amounts.tax_amount or page.ctx.flag(ZERO_TAX):
        yield TotalRow("tax", page.text("Tax"), amounts.tax_amount, details=_tax_details(page, cart))
    yield TotalRow("grand", page.text("Order Total Incl. Tax") if shows_both else page.text("Order Total"), total)


def _two(page: ShopPage, code: str, label: str, prices: TwoPrices, note: str = "") -> Iterator[TotalRow]:
    if prices.shows_both:
        yield TotalRow(code, page.text(f"{label} (Excl. Tax)"), prices.excluding, note)
        yield TotalRow(code, page.text(f"{label} (Incl. Tax)"), prices.including, note)
    else:
        yield TotalRow(code, page.text(label), prices.shown, note)


def _tax_details(page: ShopPage, cart: OpenCart) -> list[TaxDetail]:
    if not page.ctx.flag(FULL_SUMMARY):
        return []
    return [
        TaxDetail(rate.title, rate.percent, tax.amount if number == 0 else None)
        for tax in cart.quote.owner.applied_taxes
        if tax.amount or page.ctx.flag(ZERO_TAX)
        for number, rate in enumerate(tax.rates)
    ]

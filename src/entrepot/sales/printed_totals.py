"""The totals of an order, or of a document of it, as they are printed: in the order that is configured, with or without
taxes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Protocol

from entrepot.kit.context import Context

NOTHING = Decimal(0)
WITH_TAX, BOTH = "2", "3"
LAST = 1000


class Totalled(Protocol):
    """What has totals to print."""

    @property
    def is_virtual(self) -> int | None: ...
    @property
    def coupon_code(self) -> str | None: ...
    @property
    def subtotal(self) -> Decimal | None: ...
    @property
    def subtotal_incl_tax(self) -> Decimal | None: ...
    @property
    def discount_amount(self) -> Decimal | None: ...
    @property
    def discount_description(self) -> str | None: ...
    @property
    def shipping_amount(self) -> Decimal | None: ...
    @property
    def shipping_incl_tax(self) -> Decimal | None: ...
    @property
    def tax_amount(self) -> Decimal | None: ...
    @property
    def grand_total(self) -> Decimal | None: ...


def printed_totals(ctx: Context, order: Totalled) -> list[tuple[str, Decimal]]:
    """Titles and amounts in the currency of the order. A discount or a tax of nothing has no line."""
    found: dict[str, list[tuple[str, Decimal | None]]] = {
        "subtotal": list(_taxed(ctx, "subtotal", "Subtotal", order.subtotal, order.subtotal_incl_tax)),
        "discount": list(_discount(order)),
        "shipping": list(_shipping(ctx, order)),
        "tax": [("Tax", order.tax_amount)] if order.tax_amount else [],
        "grand_total": [("Grand Total", order.grand_total)],
    }
    return [(title, amount or NOTHING) for code in _sorted(ctx, found) for title, amount in found[code]]


def _sorted(ctx: Context, codes: Iterable[str]) -> list[str]:
    places = {code: ctx.config(f"sales/totals_sort/{code}") or "" for code in codes}
    return sorted(places, key=lambda code: int(places[code]) if places[code].isdecimal() else LAST)


def _discount(order: Totalled) -> Iterator[tuple[str, Decimal | None]]:
    if order.discount_amount:
        what_for = order.discount_description or order.coupon_code
        yield f"Discount ({what_for})" if what_for else "Discount", order.discount_amount


def _shipping(ctx: Context, order: Totalled) -> Iterator[tuple[str, Decimal | None]]:
    if not order.is_virtual:
        yield from _taxed(ctx, "shipping", "Shipping & Handling", order.shipping_amount, order.shipping_incl_tax)


def _taxed(
    ctx: Context, what: str, title: str, without: Decimal | None, with_tax: Decimal | None
) -> Iterator[tuple[str, Decimal | None]]:
    """An amount as `tax/sales_display` wants it shown."""
    how = ctx.config(f"tax/sales_display/{what}")
    if how == BOTH:
        yield f"{title} (Excl. Tax)", without
        yield f"{title} (Incl. Tax)", with_tax
    else:
        yield title, with_tax if how == WITH_TAX else without

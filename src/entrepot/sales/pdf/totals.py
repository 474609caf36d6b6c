"""What a document comes to: Magento's totals, in its order. What is nothing is left out, but for the grand total."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from entrepot.sales.contracts import Order
from entrepot.sales.creditmemos.contracts import Creditmemo
from entrepot.sales.invoices.contracts import Invoice
from entrepot.sales.pdf.lines import BOTH, WITH_TAX
from entrepot.sales.pdf.printed import Total
from entrepot.sales.pdf.shop import Shop
from entrepot.taxes import round_price

NOTHING = Decimal(0)


def totals(shop: Shop, order: Order, document: Invoice | Creditmemo) -> tuple[Total, ...]:
    listed = [
        *_taxed(shop, "subtotal", "Subtotal", document.subtotal, document.subtotal_incl_tax),
        (_discount(shop, order, document), document.discount_amount),
        ("FPT", _fixed_taxes(order, document)),
        ("Tax", document.tax_amount),
        *_taxed(shop, "shipping", "Shipping & Handling", document.shipping_amount, document.shipping_incl_tax),
        *_adjustments(document),
    ]
    shown = [Total(shop.text(label), shop.money(amount)) for label, amount in listed if amount]
    return (*shown, Total(shop.text("Grand Total"), shop.money(document.grand_total), is_grand=True))


def _discount(shop: Shop, order: Order, document: Invoice | Creditmemo) -> str:
    what_for = document.discount_description or order.discount_description or order.coupon_code
    return shop.text("Discount (%1)", what_for) if what_for else "Discount"


def _taxed(
    shop: Shop, what: str, title: str, without: Decimal | None, with_tax: Decimal | None
) -> Iterator[tuple[str, Decimal | None]]:
    """An amount as `tax/sales_display` wants it shown."""
    how = shop.ctx.config(f"tax/sales_display/{what}")
    # Absent where nothing of it is taxed.
    including = with_tax or without
    if how == BOTH:
        yield f"{title} (Excl. Tax)", without
        yield f"{title} (Incl. Tax)", including
    else:
        yield title, including if how == WITH_TAX else without


def _fixed_taxes(order: Order, document: Invoice | Creditmemo) -> Decimal:
    """Of one piece, by the order, times how many the document has."""
    each = {item.item_id: item.weee_tax_applied_amount or NOTHING for item in order.items or ()}
    return round_price(
        sum(
            (each.get(item.order_item_id, NOTHING) * (item.qty or NOTHING) for item in document.items or ()), NOTHING
        )
    )  # fmt: skip


def _adjustments(document: Invoice | Creditmemo) -> Iterator[tuple[str, Decimal | None]]:
    if isinstance(document, Creditmemo):
        yield "Adjustment Refund", document.adjustment_positive
        yield "Adjustment Fee", document.adjustment_negative

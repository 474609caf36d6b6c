"""Orders made by hand, as they are once they were invoiced."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from entrepot.sales.creditmemos import totals
from entrepot.sales.creditmemos.draft import Asked, Draft, InvoiceToRefund, draft_of
from entrepot.sales.open_order import OpenItem, OpenOrder


def amounts(**values: str | None) -> dict[str, Any]:
    """Each amount in both currencies, which are the same here."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        found[name] = found[f"base_{name}"] = None if value is None else Decimal(value)
    return found


def an_item(item_id: int = 1, qty: str = "1", **values: Any) -> OpenItem:
    return OpenItem(
        item_id=item_id,
        product_type=values.pop("product_type", "simple"),
        sku=values.pop("sku", f"sku-{item_id}"),
        name=values.pop("name", f"Thing {item_id}"),
        qty_ordered=Decimal(qty),
        **values,
    )


def a_paid_item(item_id: int = 1, qty: str = "1", row: str = "10", **values: Any) -> OpenItem:
    """A line that is invoiced, without taxes and discounts unless they are given."""
    money = amounts(
        row_total=row,
        row_total_incl_tax=values.pop("incl_tax", row),
        tax_amount=values.pop("tax", "0"),
        discount_amount=values.pop("discount", "0"),
    )
    money |= {
        f"{side}{name}_invoiced": money[f"{side}{of}"]
        for side in ("", "base_")
        for name, of in (("row", "row_total"), ("tax", "tax_amount"), ("discount", "discount_amount"))
    }
    return an_item(item_id, qty, qty_invoiced=Decimal(qty), **money, **values)


def an_order(*items: OpenItem, paid: str = "0", **values: Any) -> OpenOrder:
    """An order that is paid, and has what is given of amounts."""
    given = {name: values.pop(name) for name in list(values) if isinstance(values[name], str) and name not in TEXTS}
    return OpenOrder(
        entity_id=7,
        increment_id="000000007",
        store_id=1,
        state=values.pop("state", "processing"),
        status=values.pop("status", "processing"),
        base_currency_code="USD",
        base_to_order_rate=Decimal(1),
        items=list(items),
        **amounts(**({"grand_total": paid, "total_paid": paid} | given)),
        **values,
    )


TEXTS = ("state", "status")


def a_draft(
    order: OpenOrder,
    quantities: dict[int, str] | None = None,
    *,
    invoice: InvoiceToRefund | None = None,
    has_tax: bool = False,
    **given: str,
) -> Draft:
    asked = Asked(
        quantities={item_id: Decimal(qty) for item_id, qty in (quantities or {}).items()},
        **{name: Decimal(value) for name, value in given.items()},
    )
    draft = draft_of(order, asked, invoice)
    totals.collect(order, draft, shipping_has_tax=has_tax)
    return draft

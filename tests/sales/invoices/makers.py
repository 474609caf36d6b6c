"""Orders to invoice in memory, and calls that do it over REST."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from entrepot.sales.invoices import totals
from entrepot.sales.invoices.draft import Draft, draft_of
from entrepot.sales.invoices.registering import register
from entrepot.sales.open_order import OpenItem, OpenOrder
from tests.rest_client import Reply, RestClient

INVALID = "Invoice Document Validation Error(s):\n"
NO_PRODUCTS = "The invoice can't be created without products. Add products and try again."
NOTHING_LEFT = "The order does not allow an invoice to be created."


def both(**amounts: str) -> dict[str, Decimal]:
    """Amounts that are the same in both currencies."""
    return {prefix + name: Decimal(amount) for name, amount in amounts.items() for prefix in ("", "base_")}


def a_line(item_id: int, qty: str = "1", **fields: Any) -> OpenItem:
    return OpenItem(item_id=item_id, name=f"Line {item_id}", sku=f"sku-{item_id}", qty_ordered=Decimal(qty), **fields)


def an_open_order(items: list[OpenItem], **fields: Any) -> OpenOrder:
    return OpenOrder(entity_id=7, increment_id="000000007", state="new", status="pending", items=items, **fields)


def invoiced(order: OpenOrder, quantities: dict[int, str] | None = None) -> Draft:
    """The next invoice of these quantities by line, registered."""
    draft = draft_of(order, {item_id: Decimal(qty) for item_id, qty in (quantities or {}).items()})
    totals.collect(order, draft)
    register(order, draft)
    return draft


async def invoice_order(admin: RestClient, order_id: int | str, *lines: tuple[int, float], **body: Any) -> Reply:
    """Invoice quantities by line, or all that is left."""
    if lines:
        body["items"] = [{"order_item_id": item_id, "qty": qty} for item_id, qty in lines]
    return await admin.post(f"/rest/V1/order/{order_id}/invoice", body)


async def read_invoice(admin: RestClient, invoice_id: int | str) -> Any:
    reply = await admin.get(f"/rest/V1/invoices/{invoice_id}")
    assert reply.status == 200, reply.body
    return reply.body


async def read_order(admin: RestClient, order_id: int) -> Any:
    return (await admin.get(f"/rest/V1/orders/{order_id}")).body

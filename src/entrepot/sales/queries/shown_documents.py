"""The SQL of invoices, shipments and credit memos as those see them who placed the order."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import LiteralString

from msgspec import Struct

from entrepot.sales.queries.columns import select


class DocumentRow(Struct, kw_only=True):
    """A document of any kind; a shipment has no amounts."""

    entity_id: int
    increment_id: str
    created_at: datetime
    subtotal: Decimal | None = None
    subtotal_incl_tax: Decimal | None = None
    discount_amount: Decimal | None = None
    discount_description: str | None = None
    shipping_amount: Decimal | None = None
    shipping_incl_tax: Decimal | None = None
    tax_amount: Decimal | None = None
    adjustment_positive: Decimal | None = None
    adjustment_negative: Decimal | None = None
    grand_total: Decimal | None = None

    @property
    def is_virtual(self) -> int:
        """Whether it says nothing of shipping."""
        return int(not self.shipping_amount)

    @property
    def coupon_code(self) -> None:
        """Only the order has it."""
        return None


class DocumentLine(Struct, kw_only=True):
    """A line; one of a shipment has no amounts."""

    parent_id: int
    order_item_id: int | None
    name: str | None
    sku: str | None
    qty: Decimal | None
    price: Decimal | None = None
    price_incl_tax: Decimal | None = None
    row_total: Decimal | None = None
    row_total_incl_tax: Decimal | None = None
    discount_amount: Decimal | None = None


class DocumentComment(Struct, frozen=True):
    parent_id: int
    comment: str
    created_at: datetime


class TrackRow(Struct, frozen=True):
    """A parcel on its way."""

    entity_id: int
    parent_id: int
    title: str | None
    carrier_code: str | None
    track_number: str | None


KINDS = """
    select
        exists (select from sales_invoice d where d.order_id = o.entity_id) as has_invoices,
        exists (select from sales_shipment d where d.order_id = o.entity_id) as has_shipments,
        exists (select from sales_creditmemo d where d.order_id = o.entity_id) as has_creditmemos,
        exists (select from sales_shipment_track t where t.order_id = o.entity_id) as has_tracks
    from sales_order o
    where o.entity_id = %(order_id)s
"""

_OF_ORDER: LiteralString = """
    where d.order_id = %(order_id)s
    order by d.entity_id
"""
_AMOUNTS: LiteralString = """
    d.entity_id, d.increment_id, d.created_at, d.subtotal, d.subtotal_incl_tax, d.discount_amount,
    d.discount_description, d.shipping_amount, d.shipping_incl_tax, d.tax_amount, d.grand_total
"""

INVOICES: LiteralString = select(_AMOUNTS, "from sales_invoice d" + _OF_ORDER)
SHIPMENTS: LiteralString = select("d.entity_id, d.increment_id, d.created_at", "from sales_shipment d" + _OF_ORDER)
CREDITMEMOS: LiteralString = select(
    _AMOUNTS + ", d.adjustment_positive, d.adjustment_negative", "from sales_creditmemo d" + _OF_ORDER
)

_OF_DOCUMENTS: LiteralString = """
    where l.parent_id = any(%(ids)s)
    order by l.entity_id
"""
_LINE: LiteralString = "l.parent_id, l.order_item_id, l.name, l.sku, l.qty"
_LINE_AMOUNTS: LiteralString = (
    _LINE + ", l.price, l.price_incl_tax, l.row_total, l.row_total_incl_tax, l.discount_amount"
)

INVOICE_LINES: LiteralString = select(_LINE_AMOUNTS, "from sales_invoice_item l" + _OF_DOCUMENTS)
SHIPMENT_LINES: LiteralString = select(_LINE, "from sales_shipment_item l" + _OF_DOCUMENTS)
CREDITMEMO_LINES: LiteralString = select(_LINE_AMOUNTS, "from sales_creditmemo_item l" + _OF_DOCUMENTS)

_VISIBLE: LiteralString = """
    where c.parent_id = any(%(ids)s)
    and c.is_visible_on_front = 1
    and c.comment <> ''
    order by c.entity_id
"""
_COMMENT: LiteralString = "c.parent_id, c.comment, c.created_at"

INVOICE_COMMENTS: LiteralString = select(_COMMENT, "from sales_invoice_comment c" + _VISIBLE)
SHIPMENT_COMMENTS: LiteralString = select(_COMMENT, "from sales_shipment_comment c" + _VISIBLE)
CREDITMEMO_COMMENTS: LiteralString = select(_COMMENT, "from sales_creditmemo_comment c" + _VISIBLE)

TRACKS = """
    select t.entity_id, t.parent_id, t.title, t.carrier_code, t.track_number
    from sales_shipment_track t
    where t.order_id = %(order_id)s
    order by t.entity_id
"""

ORDER_OF_INVOICE = """
    select order_id
    from sales_invoice
    where entity_id = %(id)s
"""

ORDER_OF_SHIPMENT = """
    select order_id
    from sales_shipment
    where entity_id = %(id)s
"""

ORDER_OF_CREDITMEMO = """
    select order_id
    from sales_creditmemo
    where entity_id = %(id)s
"""

ORDER_OF_TRACK = """
    select order_id
    from sales_shipment_track
    where entity_id = %(id)s
"""

"""The SQL of lines of orders, read."""

from __future__ import annotations

from typing import Any

from entrepot.kit.search_conditions import Field
from entrepot.kit.search_sql import Fields, Listing
from entrepot.sales.contracts import OrderItem
from entrepot.sales.queries.columns import searched, select, selected

NEVER = (
    "event_id",
    "gw_base_price",
    "gw_base_price_invoiced",
    "gw_base_price_refunded",
    "gw_base_tax_amount",
    "gw_base_tax_amount_invoiced",
    "gw_base_tax_amount_refunded",
    "gw_id",
    "gw_price",
    "gw_price_invoiced",
    "gw_price_refunded",
    "gw_tax_amount",
    "gw_tax_amount_invoiced",
    "gw_tax_amount_refunded",
    "qty_returned",
)
"""What the contract has for another edition."""

NET = ("row_total", "base_row_total", "row_total_incl_tax", "base_row_total_incl_tax")
"""What clients see after discount, and what is stored, filtered and sorted by before it."""


class ItemRow(OrderItem):
    """A line with what clients do not see of it."""

    product_options: Any = None
    gift_message_id: int | None = None
    gift_message_available: str | None = None


COLUMNS = selected(
    OrderItem,
    "i",
    but=(*NEVER, *NET, "original_price", "base_original_price"),
    more=(
        "coalesce(i.original_price, i.price) as original_price",
        "coalesce(i.base_original_price, i.base_price) as base_original_price",
        "i.row_total - i.discount_amount as row_total",
        "i.base_row_total - i.base_discount_amount as base_row_total",
        """i.row_total + i.tax_amount + coalesce(i.discount_tax_compensation_amount, 0)
            + coalesce(i.weee_tax_applied_row_amount, 0) - i.discount_amount as row_total_incl_tax""",
        """i.base_row_total + i.base_tax_amount + coalesce(i.base_discount_tax_compensation_amount, 0)
            + coalesce(i.base_weee_tax_applied_row_amnt, 0) - i.base_discount_amount as base_row_total_incl_tax""",
        "i.product_options::text as product_options",
        "i.gift_message_id",
        "i.gift_message_available",
    ),
)

ITEMS = Listing(
    row=ItemRow,
    columns=COLUMNS,
    source="sales_order_item i",
    fields=Fields(
        {**searched(OrderItem, "i", but=NEVER), "gift_message_id": Field("i.gift_message_id", "number")},
    ),
    default_order="i.item_id",
)

OF_ORDERS = select(
    COLUMNS,
    """
    from sales_order_item i
    where i.order_id = any(%(order_ids)s)
    order by i.item_id
    """,
)

WITH_PARENT = select(
    COLUMNS,
    """
    from sales_order_item i
    where i.item_id = %(item_id)s
    or i.item_id = (select part.parent_item_id from sales_order_item part where part.item_id = %(item_id)s)
    """,
)

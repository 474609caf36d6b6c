"""Which columns a client can set, read off the contracts: a field that a contract has cannot be forgotten."""

from __future__ import annotations

from entrepot.kit.rest.contract import Contract, wire_fields
from entrepot.sales.contracts import Order, OrderAddress, OrderItem, OrderPayment, OrderStatusHistory
from entrepot.sales.queries.columns import KINDS
from entrepot.sales.queries.items import NEVER


def _columns(contract: type[Contract], *but: str) -> tuple[str, ...]:
    """The plain fields; left out is what is drawn, computed, or kept by the program."""
    left_out = ("entity_id", "parent_id", "updated_at", *but)
    plain = (field.name for field in wire_fields(contract) if field.type.name in KINDS)
    return tuple(name for name in plain if name not in left_out)


ORDER = (
    *_columns(Order, "total_due", "base_total_due", "billing_address_id", "protect_code"),
    "shipping_method",
)
ITEM = (
    *_columns(OrderItem, *NEVER, "item_id", "order_id", "parent_item_id"),
    "product_options",
    "qty_refunded_unshipped",
)
ADDRESS = (*_columns(OrderAddress, "region_code"), "street")
PAYMENT = (*_columns(OrderPayment), "additional_information")
HISTORY = _columns(OrderStatusHistory)
TAX = ("code", "title", "percent", "amount", "base_amount", "base_real_amount")
TAX_ITEM = (
    "item_id", "associated_item_id", "taxable_item_type", "tax_percent",
    "amount", "base_amount", "real_amount", "real_base_amount",
)  # fmt: skip

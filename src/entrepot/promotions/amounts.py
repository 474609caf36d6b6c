"""What cart price rules look at, and what they give."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct, field

NOTHING = Decimal(0)
ALL = Decimal(-1)
"""Every piece of a line."""


class RuleLine(Struct):
    """A line of a cart as rules see it. Unit prices are what discounts are computed on."""

    key: int
    product_id: int
    qty: Decimal
    """All pieces of the line."""
    price: Decimal
    """Of one, in the cart's currency; so is `row_limit`, what the whole line costs with tax."""
    base_price: Decimal
    row_limit: Decimal
    base_row_limit: Decimal
    base_unit_price: Decimal
    """What conditions on the price compare: of one, without tax, in the base currency."""
    base_row_total: Decimal
    facts: Mapping[str, Any] = field(default_factory=dict)
    """Values of attributes by their codes."""
    no_discount: bool = False
    children: list[RuleLine] = field(default_factory=list)
    is_bundle: bool = False
    spread: bool = False
    """Whether the discount is spread over the children, whose prices make up the line's."""


class RuleAddress(Struct):
    """What conditions on the cart compare."""

    base_subtotal: Decimal = NOTHING
    base_subtotal_with_discount: Decimal = NOTHING
    total_qty: Decimal = NOTHING
    weight: Decimal = NOTHING
    payment_method: str | None = None
    shipping_method: str | None = None
    postcode: str | None = None
    region: str | None = None
    region_id: int | None = None
    country_id: str | None = None


class LineDiscount(Struct):
    """What rules take off a line, as positive amounts."""

    discount: Decimal = NOTHING
    base_discount: Decimal = NOTHING
    percent: Decimal = NOTHING
    rule_ids: list[int] = field(default_factory=list)


class Discounts(Struct):
    by_line: dict[int, LineDiscount] = field(default_factory=dict)
    """By the key of a line or of a part of one; a line that no rule was applied to is absent.

    What is taken off a line whose discount is spread stands at its parts.
    """
    description: str | None = None
    rule_ids: list[int] = field(default_factory=list)


class ShippingDiscount(Struct):
    discount: Decimal = NOTHING
    base_discount: Decimal = NOTHING
    rule_ids: list[int] = field(default_factory=list)


class FreeShipping(Struct):
    by_line: dict[int, Decimal] = field(default_factory=dict)
    """How many pieces of a line travel for free; `ALL` of them."""
    whole: bool = False
    """Whether the shipment as a whole does."""

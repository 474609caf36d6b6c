"""A cart price rule, as carts meet it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct, field

from entrepot.promotions.conditions import Node

NO_COUPON, SPECIFIC_COUPON, AUTO = "NO_COUPON", "SPECIFIC_COUPON", "AUTO"
COUPON_TYPES = (NO_COUPON, SPECIFIC_COUPON, AUTO)

BY_PERCENT, BY_FIXED, CART_FIXED, BUY_X_GET_Y = "by_percent", "by_fixed", "cart_fixed", "buy_x_get_y"
TO_PERCENT, TO_FIXED = "to_percent", "to_fixed"
ACTIONS = (BY_PERCENT, BY_FIXED, CART_FIXED, BUY_X_GET_Y, TO_PERCENT, TO_FIXED)

NOT_FREE, FREE_LINES, FREE_SHIPMENT = "0", "1", "2"
"""What a rule lets travel for free."""

TYPED, GENERATED = 0, 1
"""How a coupon came about."""


class Rule(Struct, frozen=True, kw_only=True):
    rule_id: int
    name: str = ""
    """What the shop calls it; its labels are for customers."""
    conditions: Node
    actions: Node
    website_ids: frozenset[int] = frozenset()
    customer_group_ids: frozenset[int] = frozenset()
    from_date: date | None = None
    to_date: date | None = None
    """Both days included."""
    uses_per_customer: int = 0
    """0 for no limit."""
    stops: bool = False
    """Whether no later rule is tried on what this one was applied to."""
    action: str | None = None
    amount: Decimal = Decimal(0)
    """Percent, an amount in the base currency, or the Y of buy-X-get-Y."""
    discount_qty: Decimal | None = None
    """How many pieces of a line it discounts at most; None for all."""
    step: int = 0
    """Pieces that are discounted together; the X of buy-X-get-Y."""
    applies_to_shipping: bool = False
    coupon_type: str = NO_COUPON
    use_auto_generation: bool = False
    free_shipping: str = NOT_FREE
    labels: Mapping[int, str] = field(default_factory=dict)
    """By store view; 0 is the default."""
    attributes: frozenset[str] = frozenset()
    """Of products, that its conditions ask for."""

    @property
    def needs_coupon(self) -> bool:
        return self.coupon_type != NO_COUPON

    def is_for(self, website_id: int, customer_group_id: int, today: date) -> bool:
        return (
            website_id in self.website_ids
            and customer_group_id in self.customer_group_ids
            and (self.from_date is None or self.from_date <= today)
            and (self.to_date is None or today <= self.to_date)
        )

    def takes_coupon(self, type: int) -> bool:
        """Whether it takes coupons that were typed, or generated."""
        if self.coupon_type == AUTO:
            return type == GENERATED
        return self.coupon_type == SPECIFIC_COUPON and type == (GENERATED if self.use_auto_generation else TYPED)

    def label(self, store_id: int) -> str | None:
        return self.labels.get(store_id) or self.labels.get(0) or None

"""Cart price rules and their coupons: what they are, when they apply, what they take off."""

from entrepot.promotions.amounts import (
    ALL,
    Discounts,
    FreeShipping,
    LineDiscount,
    RuleAddress,
    RuleLine,
    ShippingDiscount,
)
from entrepot.promotions.candidates import (
    Candidates,
    candidates,
    coupon_label,
    discount,
    facts_for,
    free_shipping,
    shipping_discount,
    use,
)

__all__ = [
    "ALL",
    "Candidates",
    "Discounts",
    "FreeShipping",
    "LineDiscount",
    "RuleAddress",
    "RuleLine",
    "ShippingDiscount",
    "candidates",
    "coupon_label",
    "discount",
    "facts_for",
    "free_shipping",
    "shipping_discount",
    "use",
]

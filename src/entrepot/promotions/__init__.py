"""Cart price rules and their coupons: what they are, when they apply, what they take off."""

from entrepot.promotions import coupons, generation, rules
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
    GivenBack,
    candidates,
    coupon_label,
    coupon_rule_name,
    discount,
    facts_for,
    free_shipping,
    shipping_discount,
)
from entrepot.promotions.errors import CouponNotValid
from entrepot.promotions.following import follow_attribute, forget_attribute
from entrepot.promotions.usage import give_back, use

OPERATION_MODULES = (rules, coupons, generation)
"""The modules whose operations the REST API serves."""

__all__ = [
    "ALL",
    "OPERATION_MODULES",
    "Candidates",
    "CouponNotValid",
    "Discounts",
    "FreeShipping",
    "GivenBack",
    "LineDiscount",
    "RuleAddress",
    "RuleLine",
    "ShippingDiscount",
    "candidates",
    "coupon_label",
    "coupon_rule_name",
    "discount",
    "facts_for",
    "follow_attribute",
    "forget_attribute",
    "free_shipping",
    "give_back",
    "shipping_discount",
    "use",
]

"""The types that travel."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from entrepot.kit.rest.contract import Always, Contract, contract
from entrepot.kit.search_criteria import SearchCriteria


@contract("Magento.SalesRule.Api.Data.RuleLabelExtensionInterface")
class RuleLabelExtension(Contract):
    """Nothing extends it."""


@contract("Magento.SalesRule.Api.Data.RuleLabelInterface")
class RuleLabel(Contract):
    """What a rule is called in a store view; store 0 is the default."""

    store_id: Always[int] = None
    store_label: Always[str] = None
    extension_attributes: RuleLabelExtension | None = None


@contract("Magento.SalesRule.Api.Data.ConditionExtensionInterface")
class ConditionExtension(Contract):
    """Nothing extends it."""


@contract("Magento.SalesRule.Api.Data.ConditionInterface")
class Condition(Contract):
    """A condition, or several of them."""

    condition_type: Always[str] = None
    """One of the names in `conditions.TYPES`."""
    conditions: list[Condition] | None = None
    aggregator_type: str | None = None
    """`all` or `any` of the conditions below."""
    operator: Always[str] = None
    attribute_name: str | None = None
    value: Always[Any] = None
    """Of conditions that have others below: `"1"` if those must be true; nothing, or `"0"`, if they must be false."""
    extension_attributes: ConditionExtension | None = None


@contract("Magento.SalesRule.Api.Data.RuleExtensionInterface")
class RuleExtension(Contract):
    """Nothing extends it."""


@contract("Magento.SalesRule.Api.Data.RuleInterface")
class RuleData(Contract):
    """A cart price rule."""

    rule_id: int | None = None
    name: str | None = None
    store_labels: list[RuleLabel] | None = None
    description: str | None = None
    website_ids: Always[list[int]] = None
    customer_group_ids: Always[list[int]] = None
    """0 for visitors who are not signed in."""
    from_date: str | None = None
    to_date: str | None = None
    """Both days included; an empty text takes a date away."""
    uses_per_customer: Always[int] = None
    """0 for no limit; of registered customers only."""
    is_active: Always[bool] = None
    condition: Condition | None = None
    """When the rule applies to a cart."""
    action_condition: Condition | None = None
    """Which goods it discounts."""
    stop_rules_processing: Always[bool] = None
    """Whether no later rule touches the same goods; so it is unless it is said."""
    is_advanced: Always[bool] = None
    product_ids: list[int] | None = None
    """Of no effect."""
    sort_order: Always[int] = None
    """Lower ones first."""
    simple_action: str | None = None
    """`by_percent`, `by_fixed`, `cart_fixed`, `buy_x_get_y`, `to_percent` or `to_fixed`."""
    discount_amount: Always[Decimal] = None
    discount_qty: Decimal | None = None
    """The most pieces of a line that are discounted; 0 for all."""
    discount_step: Always[int] = None
    apply_to_shipping: Always[bool] = None
    times_used: Always[int] = None
    is_rss: Always[bool] = None
    coupon_type: Always[str] = None
    """`NO_COUPON`, `SPECIFIC_COUPON` or `AUTO`."""
    use_auto_generation: Always[bool] = None
    uses_per_coupon: Always[int] = None
    """0 for no limit."""
    simple_free_shipping: str | None = None
    """`0` no, `1` what the actions name, `2` the whole shipment."""
    extension_attributes: RuleExtension | None = None


@contract("Magento.SalesRule.Api.Data.RuleSearchResultInterface")
class RuleSearchResults(Contract):
    items: Always[list[RuleData]] = None
    search_criteria: Always[SearchCriteria] = None
    total_count: Always[int] = None


@contract("Magento.SalesRule.Api.Data.CouponExtensionInterface")
class CouponExtension(Contract):
    """Nothing extends it."""


@contract("Magento.SalesRule.Api.Data.CouponInterface")
class Coupon(Contract):
    """A code that lets a rule apply."""

    coupon_id: int | None = None
    rule_id: Always[int] = None
    code: str | None = None
    """Unique without regard to case."""
    usage_limit: int | None = None
    usage_per_customer: int | None = None
    """Both are the rule's, whatever is sent; 0 for no limit."""
    times_used: Always[int] = None
    expiration_date: str | None = None
    """The last day on which it is taken."""
    is_primary: Always[bool] = None
    """Whether it is the one that the rule's form shows; null for no."""
    created_at: str | None = None
    type: int | None = None
    """0 typed, 1 generated."""
    extension_attributes: CouponExtension | None = None


@contract("Magento.SalesRule.Api.Data.CouponSearchResultInterface")
class CouponSearchResults(Contract):
    items: Always[list[Coupon]] = None
    search_criteria: Always[SearchCriteria] = None
    total_count: Always[int] = None


@contract("Magento.SalesRule.Api.Data.CouponGenerationSpecExtensionInterface")
class CouponGenerationSpecExtension(Contract):
    """Nothing extends it."""


@contract("Magento.SalesRule.Api.Data.CouponGenerationSpecInterface")
class CouponGenerationSpec(Contract):
    """How many codes to make, and what they look like."""

    rule_id: Always[int] = None
    format: Always[str] = None
    """`alphanum`, which is the default, `alpha` or `num`."""
    quantity: Always[int] = None
    length: Always[int] = None
    """Of the part that chance makes; it grows where too few codes would fit."""
    prefix: str | None = None
    suffix: str | None = None
    delimiter_at_every: int | None = None
    delimiter: str | None = None
    """A dash unless it is said."""
    extension_attributes: CouponGenerationSpecExtension | None = None


@contract("Magento.SalesRule.Api.Data.CouponMassDeleteResultInterface")
class CouponMassDeleteResult(Contract):
    """What was not deleted."""

    failed_items: Always[list[str]] = None
    missing_items: Always[list[str]] = None

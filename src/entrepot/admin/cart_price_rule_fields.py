"""The fields of a cart price rule, and how they are read."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from entrepot.admin.form import Field, Form, Numbers, Section, as_int
from entrepot.admin.option_sources import all_customer_groups, websites
from entrepot.admin.options import YES_NO, Option
from entrepot.kit.context import Context
from entrepot.kit.pages import Form as Posted
from entrepot.kit.pages import formats
from entrepot.kit.pages.typed import decimal, integer, percent, quantity, whole
from entrepot.kit.scope import ADMIN_STORE_ID
from entrepot.promotions.contracts import RuleData, RuleLabel
from entrepot.promotions.errors import AmountInvalid, CouponExists, CouponNotSaved
from entrepot.promotions.rule import (
    AUTO,
    BUY_X_GET_Y,
    BY_FIXED,
    BY_PERCENT,
    CART_FIXED,
    FREE_LINES,
    FREE_SHIPMENT,
    NO_COUPON,
    NOT_FREE,
    SPECIFIC_COUPON,
    TO_FIXED,
    TO_PERCENT,
)
from entrepot.promotions.trees import to_show

APPLY = (
    Option(BY_PERCENT, "Percent of product price discount"),
    Option(BY_FIXED, "Fixed amount discount"),
    Option(CART_FIXED, "Fixed amount discount for whole cart"),
    Option(BUY_X_GET_Y, "Buy X get Y free (discount amount is Y)"),
)
ALSO_KNOWN = (Option(TO_PERCENT, "To a percentage of the product price"), Option(TO_FIXED, "To a fixed product price"))
"""Rules made by other programs may have these."""
FREE = (
    Option(NOT_FREE, "No"),
    Option(FREE_LINES, "For matching items only"),
    Option(FREE_SHIPMENT, "For shipment with matching items"),
)
COUPONS = (Option(NO_COUPON, "No Coupon"), Option(SPECIFIC_COUPON, "Specific Coupon"))
GENERATED = Option(AUTO, "Auto")
IS_SPECIFIC = ("coupon_type", SPECIFIC_COUPON)
GENERATED_NOTE = "Codes are generated once the rule is saved, with Manage Coupon Codes."


def form_for(ctx: Context, rule: RuleData | None) -> Form:
    return Form(
        Section("general_information", "Rule Information", _information(rule)),
        Section(
            "conditions",
            "Conditions",
            template="rule_conditions.html",
            note="The rule applies to carts of which these conditions are true; without any, to all.",
        ),
        Section("actions", "Actions", (*_actions(rule),), template="rule_actions.html"),
        Section("labels", "Labels", _labels(ctx), is_open=False),
    )


def _information(rule: RuleData | None) -> tuple[Field, ...]:
    coupons = (*COUPONS, GENERATED) if rule and rule.coupon_type == AUTO else COUPONS
    return (
        Field("name", "Rule Name", required=True, max_length=255),
        Field("description", "Description", "textarea"),
        Field("is_active", "Active", "checkbox"),
        Field("website_ids", "Websites", "multiselect", options=websites, required=True),
        Field("customer_group_ids", "Customer Groups", "multiselect", options=all_customer_groups, required=True),
        Field("coupon_type", "Coupon", "select", options=coupons, errors=(CouponNotSaved,)),
        Field(
            "coupon_code",
            "Coupon Code",
            max_length=255,
            errors=(CouponExists,),
            depends=(IS_SPECIFIC, ("use_auto_generation", "0")),
        ),
        Field(
            "use_auto_generation",
            "Use Auto Generation",
            "select",
            options=tuple(reversed(YES_NO)),
            depends=(IS_SPECIFIC,),
            note=GENERATED_NOTE,
        ),
        Field("uses_per_coupon", "Uses per Coupon", "number", note="0 for no limit."),
        Field(
            "uses_per_customer",
            "Uses per Customer",
            "number",
            note="0 for no limit; of registered customers only.",
        ),
        Field("from_date", "From", "day"),
        Field("to_date", "To", "day"),
        Field("sort_order", "Priority", "number", note="Rules with lower numbers apply first."),
        Field("is_rss", "Public In RSS Feed", "checkbox"),
    )


def _actions(rule: RuleData | None) -> tuple[Field, ...]:
    known = rule is not None and rule.simple_action in (TO_PERCENT, TO_FIXED)
    return (
        Field("simple_action", "Apply", "select", options=(*APPLY, *ALSO_KNOWN) if known else APPLY),
        Field("discount_amount", "Discount Amount", "decimal", required=True, errors=(AmountInvalid,)),
        Field(
            "discount_qty",
            "Maximum Qty Discount is Applied To",
            "decimal",
            note="Pieces of one line; 0 for all of them.",
        ),
        Field("discount_step", "Discount Qty Step (Buy X)", "number"),
        Field("apply_to_shipping", "Apply to Shipping Amount", "checkbox"),
        Field("stop_rules_processing", "Discard subsequent rules", "checkbox"),
        Field("simple_free_shipping", "Free Shipping", "select", options=FREE),
    )


def _labels(ctx: Context) -> tuple[Field, ...]:
    views = [view for view in ctx.stores.views if not view.is_admin]
    return (
        Field(_label(ADMIN_STORE_ID), "Default Rule Label for All Store Views", max_length=255),
        *(Field(_label(view.id), f"{view.name} ({view.code})", max_length=255) for view in views),
    )


def _label(store_id: int) -> str:
    return f"store_labels[{store_id}]"


def values_of(rule: RuleData, code: str | None) -> dict[str, Any]:
    labels = {_label(one.store_id or 0): one.store_label for one in rule.store_labels or []}
    plain = {
        name: getattr(rule, name)
        for name in (
            "name", "description", "is_active", "website_ids", "customer_group_ids", "coupon_type", "uses_per_coupon",
            "uses_per_customer", "from_date", "to_date", "sort_order", "is_rss", "simple_action", "discount_step",
            "apply_to_shipping", "stop_rules_processing", "simple_free_shipping",
        )
    }  # fmt: skip
    return {
        **plain,
        **labels,
        "coupon_code": code,
        "use_auto_generation": str(int(bool(rule.use_auto_generation))),
        "discount_amount": formats.plain(rule.discount_amount or Decimal(0)),
        "discount_qty": formats.plain(rule.discount_qty or Decimal(0)),
    }


def read_rule(
    ctx: Context,
    form: Posted,
    numbers: Numbers,
    known: RuleData | None,
    conditions: Mapping[str, Any],
    actions: Mapping[str, Any],
) -> RuleData:
    """What was sent; `numbers` are those of the form."""
    amount = percent if form.get("simple_action") in (BY_PERCENT, TO_PERCENT) else decimal
    labels = [RuleLabel(view.id, form.get(_label(view.id))) for view in ctx.stores.views]
    return RuleData(
        rule_id=known.rule_id if known else None,
        name=form.get("name").strip(),
        store_labels=labels,
        description=form.get("description"),
        website_ids=_ids(form, "website_ids"),
        customer_group_ids=_ids(form, "customer_group_ids"),
        from_date=form.get("from_date"),
        to_date=form.get("to_date"),
        uses_per_customer=numbers.read("uses_per_customer", whole, empty=0),
        is_active=form.is_ticked("is_active"),
        condition=to_show(conditions),
        action_condition=to_show(actions),
        stop_rules_processing=form.is_ticked("stop_rules_processing"),
        sort_order=numbers.read("sort_order", integer, empty=0),
        simple_action=form.get("simple_action"),
        discount_amount=numbers.read("discount_amount", amount, empty=Decimal(0)),
        discount_qty=numbers.read("discount_qty", quantity, empty=Decimal(0)),
        discount_step=numbers.read("discount_step", whole, empty=0),
        apply_to_shipping=form.is_ticked("apply_to_shipping"),
        is_rss=form.is_ticked("is_rss"),
        coupon_type=form.get("coupon_type"),
        use_auto_generation=form.get("coupon_type") == SPECIFIC_COUPON and form.get("use_auto_generation") == "1",
        uses_per_coupon=numbers.read("uses_per_coupon", whole, empty=0),
        simple_free_shipping=form.get("simple_free_shipping"),
    )


def _ids(form: Posted, name: str) -> list[int]:
    return [id for text in form.all(name) if (id := as_int(text)) is not None]

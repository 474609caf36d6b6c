"""Cart price rules (spec 51, 7.1 and 7.2)."""

from __future__ import annotations

from collections.abc import Sequence

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import MayUse, operation
from entrepot.kit.search_criteria import SearchCriteria, where
from entrepot.kit.search_sql import results, search
from entrepot.promotions.contracts import RuleData, RuleLabel, RuleSearchResults
from entrepot.promotions.errors import NoSuchRule
from entrepot.promotions.queries import rules as queries
from entrepot.promotions.queries.rules import RuleRow
from entrepot.promotions.rule import SPECIFIC_COUPON
from entrepot.promotions.saving import check, columns, merged
from entrepot.promotions.trees import to_show

MANAGE = MayUse("Magento_SalesRule::quote")
SERVICE = "Magento.SalesRule.Api.RuleRepository"


@operation("POST /V1/salesRules", access=MANAGE, service=f"{SERVICE}.save")
@operation("PUT /V1/salesRules/{rule_id}", access=MANAGE, service=f"{SERVICE}.save")
async def save_rule(ctx: Context, rule: RuleData) -> RuleData:
    """Make a rule, or change the one whose id is given: what is not given stays as it was.

    Labels that are given replace all others. The limits of uses also hold for the coupons that the rule has already.
    A rule that does not take one typed code any more loses the code that it had.

    Raises:
        NoSuchRule: no rule has the id.
        InvalidFieldValue: a value, or a part of a condition, that is not known.
        RuleInvalid: all that is wrong with dates, websites and customer groups.
        AmountInvalid: the discount is less than nothing.
    """
    known = None
    if rule.rule_id is not None:
        if await ctx.db.value(queries.LOCK, rule_id=_storable(rule.rule_id)) is None:
            raise NoSuchRule
        known = await get_rule(ctx, rule.rule_id)
    whole = merged(known, rule)
    await check(ctx, whole)
    rule_id = await _write(ctx, known, whole)
    await ctx.changed()
    return await get_rule(ctx, rule_id)


async def _write(ctx: Context, known: RuleData | None, rule: RuleData) -> int:
    db = ctx.db
    if known is None:
        rule_id = int(await db.value(queries.INSERT, **columns(rule)))
    else:
        rule_id = rule.rule_id or 0
        await db.execute(queries.UPDATE, rule_id=rule_id, **columns(rule))
        await db.execute(
            queries.LIMIT_COUPONS,
            rule_id=rule_id,
            uses_per_coupon=rule.uses_per_coupon,
            uses_per_customer=rule.uses_per_customer,
        )
        if rule.coupon_type != SPECIFIC_COUPON or rule.use_auto_generation:
            await db.execute(queries.DELETE_PRIMARY_COUPON, rule_id=rule_id)
    if rule.times_used != (known.times_used if known else 0):
        await db.execute(queries.SET_TIMES_USED, rule_id=rule_id, times_used=rule.times_used)
    await db.execute(queries.REPLACE_WEBSITES, rule_id=rule_id, website_ids=rule.website_ids)
    await db.execute(queries.REPLACE_GROUPS, rule_id=rule_id, customer_group_ids=rule.customer_group_ids)
    labels = {one.store_id or 0: (one.store_label or "").strip()[:255] for one in rule.store_labels or []}
    labels = {store_id: label for store_id, label in labels.items() if label}
    await db.execute(queries.REPLACE_LABELS, rule_id=rule_id, store_ids=list(labels), labels=list(labels.values()))
    return rule_id


@operation("GET /V1/salesRules/{rule_id}", access=MANAGE, service=f"{SERVICE}.getById")
async def get_rule(ctx: Context, rule_id: int) -> RuleData:
    """Raises NoSuchRule."""
    rows, _ = await search(ctx.db, queries.RULES, where("rule_id", str(rule_id)))
    if not rows:
        raise NoSuchRule
    return _shown(rows[0])


@operation("DELETE /V1/salesRules/{rule_id}", access=MANAGE, service=f"{SERVICE}.deleteById")
async def delete_rule(ctx: Context, rule_id: int) -> bool:
    """Delete a rule with its coupons. Raises NoSuchRule."""
    if not await delete_rules(ctx, [rule_id]):
        raise NoSuchRule
    return True


async def delete_rules(ctx: Context, rule_ids: Sequence[int]) -> int:
    """Delete those of these rules that there are, with their coupons; answers how many."""
    deleted = await ctx.db.execute(queries.DELETE, rule_ids=[_storable(one) for one in rule_ids])
    if deleted:
        await ctx.changed()
    return deleted


@operation("GET /V1/salesRules/search", access=MANAGE, service=f"{SERVICE}.getList")
async def search_rules(ctx: Context, search_criteria: SearchCriteria) -> RuleSearchResults:
    """By id unless the criteria say otherwise."""
    rows, total = await search(ctx.db, queries.RULES, search_criteria)
    page = results([_shown(row) for row in rows], search_criteria, total)
    return RuleSearchResults(items=page.items, search_criteria=page.search_criteria, total_count=page.total_count)


def _storable(rule_id: int) -> int:
    """An id that the column holds; no rule has 0."""
    return rule_id if 0 < rule_id < 2**31 else 0


def _shown(row: RuleRow) -> RuleData:
    return RuleData(
        rule_id=row.rule_id,
        name=row.name,
        store_labels=[RuleLabel(int(store_id), label) for store_id, label in row.labels.items()],
        description=row.description,
        website_ids=row.website_ids,
        customer_group_ids=row.customer_group_ids,
        from_date=row.from_date,
        to_date=row.to_date,
        uses_per_customer=row.uses_per_customer,
        is_active=row.is_active,
        condition=to_show(row.conditions),
        action_condition=to_show(row.actions),
        stop_rules_processing=row.stop_rules_processing,
        is_advanced=row.is_advanced,
        sort_order=row.sort_order,
        simple_action=row.simple_action,
        discount_amount=row.discount_amount,
        discount_qty=row.discount_qty,
        discount_step=row.discount_step,
        apply_to_shipping=row.apply_to_shipping,
        times_used=row.times_used,
        is_rss=row.is_rss,
        coupon_type=row.coupon_type,
        use_auto_generation=row.use_auto_generation,
        uses_per_coupon=row.uses_per_coupon,
        simple_free_shipping=row.simple_free_shipping,
    )

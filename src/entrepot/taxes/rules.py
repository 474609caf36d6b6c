"""Tax rules (spec 51, 6.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psycopg.errors import UniqueViolation

from entrepot.kit.context import Context
from entrepot.kit.rest.operation import operation
from entrepot.kit.search_criteria import SearchCriteria, where
from entrepot.kit.search_sql import results, search
from entrepot.taxes.classes import CUSTOMER, MANAGE_TAX, PRODUCT
from entrepot.taxes.contracts import TaxRule, TaxRuleSearchResults
from entrepot.taxes.errors import CodeExists, NoSuchTaxRule, RuleInvalid
from entrepot.taxes.queries import rules as queries
from entrepot.taxes.queries.rules import KnownClass, RuleRow

LARGEST = 2**31 - 1


@operation("POST /V1/taxRules", access=MANAGE_TAX, service="Magento.Tax.Api.TaxRuleRepository.save")
@operation("PUT /V1/taxRules", access=MANAGE_TAX, service="Magento.Tax.Api.TaxRuleRepository.save")
async def save_rule(ctx: Context, rule: TaxRule) -> TaxRule:
    """Make a rule, or change the one whose id is given. Without a position it is 0.

    Raises:
        NoSuchTaxRule: no rule has the id.
        RuleInvalid: all that is missing, negative or unknown, one a line.
        CodeExists: another rule has the code.
    """
    on_subtotal = rule.calculate_subtotal
    if rule.id:
        known = await ctx.db.value(queries.LOCK, id=rule.id)
        if known is None:
            raise NoSuchTaxRule(rule.id)
        on_subtotal = known if on_subtotal is None else on_subtotal
    if lines := await _errors(ctx, rule):
        raise RuleInvalid(lines)
    rule_id = await _write(ctx, rule, bool(on_subtotal))
    await _write_members(ctx, rule_id, rule)
    await ctx.changed()
    return await get_rule(ctx, rule_id)


async def _errors(ctx: Context, rule: TaxRule) -> list[str]:
    """Classes and rates that there are cannot be deleted any more before the transaction ends."""
    lines = _errors_of_number("position", rule.position or 0) + _errors_of_number("priority", rule.priority)
    if not (rule.code or "").strip():
        lines.append(_required("code"))
    class_ids = _storable([*(rule.customer_tax_class_ids or []), *(rule.product_tax_class_ids or [])])
    known = await ctx.db.all(KnownClass, queries.HOLD_CLASSES, ids=class_ids)
    types = {one.class_id: one.class_type for one in known}
    lines += _errors_of_classes("customer_tax_class_ids", rule.customer_tax_class_ids, types, CUSTOMER)
    lines += _errors_of_classes("product_tax_class_ids", rule.product_tax_class_ids, types, PRODUCT)
    if not rule.tax_rate_ids:
        return [*lines, _required("tax_rate_ids")]
    rates = set(await ctx.db.values(queries.HOLD_RATES, ids=_storable(rule.tax_rate_ids)))
    return lines + [_unknown("tax_rate_ids", id) for id in dict.fromkeys(rule.tax_rate_ids) if id not in rates]


def _errors_of_number(field: str, value: int | None) -> list[str]:
    if value is None:
        return [_required(field)]
    if value < 0:
        return [f'The {field} value of "{value}" must be greater than or equal to 0.']
    return []


def _errors_of_classes(field: str, ids: Sequence[int] | None, types: Mapping[int, str], type: str) -> list[str]:
    if not ids:
        return [_required(field)]
    lines = []
    for class_id in dict.fromkeys(ids):
        if class_id not in types:
            lines.append(_unknown("class_id", class_id))
        elif types[class_id] != type:
            lines.append(_unknown(field, class_id))
    return lines


def _required(field: str) -> str:
    return f'"{field}" is required. Enter and try again.'


def _unknown(field: str, id: int) -> str:
    return f"No such entity with {field} = {id}"


def _storable(ids: Sequence[int]) -> list[int]:
    """Those that could be ids at all."""
    return [id for id in ids if 0 <= id <= LARGEST]


async def _write(ctx: Context, rule: TaxRule, on_subtotal: bool) -> int:
    values = {
        "code": (rule.code or "").strip()[:255],
        "priority": min(rule.priority or 0, LARGEST),
        "position": min(rule.position or 0, LARGEST),
        "calculate_subtotal": on_subtotal,
    }
    if not rule.id:
        rule_id = await ctx.db.value(queries.INSERT, **values)
        if rule_id is None:
            raise CodeExists
        return int(rule_id)
    try:
        async with ctx.savepoint():
            await ctx.db.execute(queries.UPDATE, id=rule.id, **values)
    except UniqueViolation as error:
        raise CodeExists from error
    return rule.id


async def _write_members(ctx: Context, rule_id: int, rule: TaxRule) -> None:
    class_ids = [*(rule.customer_tax_class_ids or []), *(rule.product_tax_class_ids or [])]
    rate_ids = rule.tax_rate_ids or []
    if rule.id:
        await ctx.db.execute(queries.DELETE_CLASSES, id=rule_id, class_ids=class_ids)
        await ctx.db.execute(queries.DELETE_RATES, id=rule_id, rate_ids=rate_ids)
    await ctx.db.execute(queries.INSERT_CLASSES, id=rule_id, class_ids=class_ids)
    await ctx.db.execute(queries.INSERT_RATES, id=rule_id, rate_ids=rate_ids)


@operation("GET /V1/taxRules/{rule_id}", access=MANAGE_TAX, service="Magento.Tax.Api.TaxRuleRepository.get")
async def get_rule(ctx: Context, rule_id: int) -> TaxRule:
    """Raises NoSuchTaxRule."""
    rows, _ = await search(ctx.db, queries.RULES, where("id", str(rule_id)))
    if not rows:
        raise NoSuchTaxRule(rule_id)
    return _rule(rows[0])


@operation("DELETE /V1/taxRules/{rule_id}", access=MANAGE_TAX, service="Magento.Tax.Api.TaxRuleRepository.deleteById")
async def delete_rule(ctx: Context, rule_id: int) -> bool:
    """Delete a rule; its classes and rates stay. Raises NoSuchTaxRule."""
    if not await ctx.db.execute(queries.DELETE, id=rule_id):
        raise NoSuchTaxRule(rule_id)
    await ctx.changed()
    return True


@operation("GET /V1/taxRules/search", access=MANAGE_TAX, service="Magento.Tax.Api.TaxRuleRepository.getList")
async def search_rules(ctx: Context, search_criteria: SearchCriteria) -> TaxRuleSearchResults:
    """By id unless the criteria say otherwise. A rule fits a condition on classes or rates if one of its own does."""
    rows, total = await search(ctx.db, queries.RULES, search_criteria)
    page = results([_rule(row) for row in rows], search_criteria, total)
    return TaxRuleSearchResults(items=page.items, search_criteria=page.search_criteria, total_count=page.total_count)


def _rule(row: RuleRow) -> TaxRule:
    return TaxRule(
        id=row.id,
        code=row.code,
        priority=row.priority,
        position=row.position,
        customer_tax_class_ids=row.customer_class_ids,
        product_tax_class_ids=row.product_class_ids,
        tax_rate_ids=row.rate_ids,
        calculate_subtotal=row.calculate_subtotal,
    )

"""The rates that hold in a place (spec 51, 3.3).

Rules are few and kept in the process; rates are as many as a country has postcodes and are looked up. What was found
is remembered together with the rules, and dropped with them when any tax data changes: a shop sells to the same places
over and over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from msgspec import Struct

from entrepot.kit.context import Context
from entrepot.kit.db import Db
from entrepot.kit.shared import Shared
from entrepot.taxes.amounts import NOTHING, AppliedRate, Place, TaxGroup, TaxRate
from entrepot.taxes.postcodes import search_for
from entrepot.taxes.queries import lookup as queries
from entrepot.taxes.queries.lookup import RateRow, RuleRow

HUNDRED = Decimal(100)
MAX_REMEMBERED = 2_000
"""Places of one process."""

PlaceKey = tuple[int, Place, int]
Remembered = dict[PlaceKey, Mapping[int, TaxRate]]


class TaxRules(Struct, frozen=True):
    """All rules in the order in which they apply, and what they came to in the places that were asked for."""

    rules: list[RuleRow]
    remembered: Remembered


async def load_rules(db: Db) -> TaxRules:
    return TaxRules(await db.all(RuleRow, queries.LIST_RULES), {})


TAX_RULES: Shared[TaxRules] = Shared("tax rules", load=load_rules)


def has_rules(ctx: Context) -> bool:
    """Whether anything is taxed at all. No statement."""
    return bool(ctx.shared(TAX_RULES).rules)


async def rates_for(
    ctx: Context, *, customer_class_id: int, product_class_ids: Iterable[int], place: Place, store_id: int
) -> Mapping[int, TaxRate]:
    """By class of goods; a class without tax is absent.

    At most one statement, however many classes: none without rules, nor for a place that was asked for before.
    """
    found = await _rates_of_place(ctx, customer_class_id, place, store_id)
    return {class_id: found[class_id] for class_id in product_class_ids if class_id in found}


async def _rates_of_place(ctx: Context, customer_class_id: int, place: Place, store_id: int) -> Mapping[int, TaxRate]:
    """Of all classes of goods that the customer's class meets in a rule."""
    known = ctx.shared(TAX_RULES)
    rules = [rule for rule in known.rules if customer_class_id in rule.customer_class_ids]
    if not rules or not place.country_id:
        return {}
    key = (customer_class_id, place, store_id)
    if key not in known.remembered:
        if len(known.remembered) >= MAX_REMEMBERED:
            known.remembered.clear()
        known.remembered[key] = _by_class(rules, await _list_rates(ctx, rules, place.country_id, place, store_id))
    return known.remembered[key]


async def _list_rates(
    ctx: Context, rules: Sequence[RuleRow], country_id: str, place: Place, store_id: int
) -> list[RateRow]:
    """The best of each rule come first: the nearest region, the most exact postcode, the highest rate."""
    sought = search_for(country_id, place.postcode)
    rows = await ctx.db.all(
        RateRow,
        queries.LIST_RATES_OF_PLACE,
        rule_ids=[rule.id for rule in rules],
        country_id=country_id,
        region_ids=[0, place.region_id or 0],
        postcodes=sought.patterns,
        zip=sought.zip,
        ends=sought.ends,
        store_id=store_id,
    )
    return sorted(rows, key=lambda row: (row.region_id, row.postcode.upper(), row.percent), reverse=True)


def _by_class(rules: Sequence[RuleRow], rates: Sequence[RateRow]) -> dict[int, TaxRate]:
    of_rule: dict[int, list[RateRow]] = defaultdict(list)
    for rate in rates:
        of_rule[rate.rule_id].append(rate)
    found = {}
    for class_id in {class_id for rule in rules for class_id in rule.product_class_ids}:
        chosen = _choose([rule for rule in rules if class_id in rule.product_class_ids], of_rule)
        if chosen:
            found[class_id] = combine(chosen)
    return found


def _choose(rules: Iterable[RuleRow], of_rule: Mapping[int, Sequence[RateRow]]) -> list[tuple[RuleRow, RateRow]]:
    """One rate for each rule that has one here; a rate belongs to the first of the rules that name it."""
    chosen, taken = [], set[int]()
    for rule in rules:
        own = [rate for rate in of_rule.get(rule.id, ()) if rate.rate_id not in taken]
        taken.update(rate.rate_id for rate in own)
        if own:
            chosen.append((rule, own[0]))
    return chosen


def combine(chosen: Sequence[tuple[RuleRow, RateRow]]) -> TaxRate:
    """Rates of one priority add up; those of the next are on the price with the tax so far, or on the price alone.

    `chosen` is ordered by priority. Rules of one priority that differ in `calculate_subtotal` follow the last of them.
    """
    groups, total = [], NOTHING
    for _, same in groupby(chosen, key=lambda one: one[0].priority):
        members = list(same)
        plain = sum((rate.percent for _, rate in members), NOTHING)
        percent = plain if members[-1][0].calculate_subtotal else (HUNDRED + total) * plain / HUNDRED
        total += percent
        rates = tuple(
            AppliedRate(rate.code, rate.title, rate.percent, priority=rule.priority, position=rule.position)
            for rule, rate in members
        )
        groups.append(TaxGroup("".join(rate.code for rate in rates), percent, rates))
    return TaxRate(total, tuple(groups))

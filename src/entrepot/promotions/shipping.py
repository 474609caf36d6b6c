"""What rules take off shipping, and what they let travel for free (spec 51, 7.7). Plain functions over values."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from entrepot.promotions.amounts import ALL, NOTHING, FreeShipping, RuleLine, ShippingDiscount
from entrepot.promotions.discounting import HUNDRED, percentage
from entrepot.promotions.rule import BY_FIXED, FREE_LINES, FREE_SHIPMENT, TO_FIXED, Rule


def off_shipping(
    rules: Sequence[Rule], *, shipping_amount: Decimal, base_shipping_amount: Decimal, base_to_quote: Decimal
) -> ShippingDiscount:
    """Percents are not rounded. Together never more than the shipping costs."""
    found = ShippingDiscount()
    for rule in rules:
        if not rule.applies_to_shipping:
            continue
        found.discount = _more(rule, shipping_amount, found.discount, base_to_quote)
        found.base_discount = _more(rule, base_shipping_amount, found.base_discount, Decimal(1))
        found.rule_ids.append(rule.rule_id)
        if rule.stops:
            break
    return found


def _more(rule: Rule, amount: Decimal, so_far: Decimal, rate: Decimal) -> Decimal:
    percent = percentage(rule)
    more = NOTHING
    if percent is not None:
        more = (amount - so_far) * percent / HUNDRED
    elif rule.action == BY_FIXED:
        more = rule.amount * rate
    elif rule.action == TO_FIXED:
        more = max(NOTHING, amount - rule.amount * rate)
    return min(amount, so_far + more)


def travelling_free(rules: Sequence[tuple[Rule, Sequence[RuleLine]]]) -> FreeShipping:
    """Each rule comes with the lines that its actions fit. Of several rules on a line the most generous counts."""
    found, closed = FreeShipping(), set[int]()
    for rule, fitting in rules:
        for line in fitting:
            if line.key in closed:
                continue
            if rule.free_shipping == FREE_SHIPMENT:
                found.whole = True
            elif rule.free_shipping == FREE_LINES:
                found.by_line[line.key] = _most(rule.discount_qty or ALL, found.by_line.get(line.key, NOTHING))
            if rule.stops:
                closed.add(line.key)
    return found


def _most(pieces: Decimal, others: Decimal) -> Decimal:
    return ALL if ALL in (pieces, others) else max(pieces, others)

"""Which rules may apply to a cart, and what they give it (spec 51, 7.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct, field, structs

from entrepot.kit.context import Context
from entrepot.promotions import discounting, shipping
from entrepot.promotions.active import ACTIVE_RULES
from entrepot.promotions.amounts import Discounts, FreeShipping, RuleAddress, RuleLine, ShippingDiscount
from entrepot.promotions.conditions import Cart, fits, holds
from entrepot.promotions.facts import list_facts
from entrepot.promotions.queries import lookup as queries
from entrepot.promotions.queries.lookup import CartUses
from entrepot.promotions.rule import Rule

TIME_ZONE = "general/locale/timezone"


class GivenBack(Struct, frozen=True):
    """Uses that do not count any more: those of an order whose place the cart takes."""

    rule_ids: frozenset[int] = frozenset()
    coupon_code: str | None = None


class Candidates(Struct):
    """The rules that may apply, in their order."""

    rules: Sequence[Rule] = ()
    store_id: int = 0
    coupon_code: str | None = None
    verdicts: dict[int, bool] = field(default_factory=dict)
    """Whether the conditions of a rule hold, by its id. What was found first is kept for the whole collection."""

    def __bool__(self) -> bool:
        return bool(self.rules)

    @property
    def has_coupon(self) -> bool:
        """Whether the cart's coupon can be used at all, whatever is in the cart."""
        return any(rule.needs_coupon for rule in self.rules)

    def coupon_took(self, rule_ids: Iterable[int]) -> bool:
        """Whether a rule of the cart's coupon is among those that were applied."""
        applied = set(rule_ids)
        return any(rule.needs_coupon and rule.rule_id in applied for rule in self.rules)

    def holding(self, cart: Cart) -> list[Rule]:
        """Those whose conditions hold."""
        for rule in self.rules:
            if rule.rule_id not in self.verdicts:
                self.verdicts[rule.rule_id] = holds(rule.conditions, cart)
        return [rule for rule in self.rules if self.verdicts[rule.rule_id]]

    def fitting(self, cart: Cart) -> list[tuple[Rule, list[RuleLine]]]:
        """Those whose conditions hold, each with the lines that its actions fit, if there are any."""
        lines = [line for line in cart.lines if not line.no_discount and line.price >= 0 and line.base_price >= 0]
        found = [(rule, [line for line in lines if fits(rule.actions, line, cart)]) for rule in self.holding(cart)]
        return [(rule, fitting) for rule, fitting in found if fitting]

    def describe(self, rule_ids: Iterable[int]) -> str | None:
        """The labels of rules that were applied; None where none of them has any."""
        applied = set(rule_ids)
        labels = [self._label(rule) for rule in self.rules if rule.rule_id in applied]
        return ", ".join(dict.fromkeys(label for label in labels if label)) or None

    def _label(self, rule: Rule) -> str | None:
        return rule.label(self.store_id) or (self.coupon_code if rule.needs_coupon else None)


async def candidates(
    ctx: Context,
    *,
    website_id: int,
    customer_group_id: int,
    customer_id: int | None,
    coupon_code: str | None,
    store_id: int,
    given_back: GivenBack | None = None,
) -> Candidates:
    """The rules for a cart of this website, group and customer today, whose limits are not reached.

    No statement, but one where the cart has a coupon that a rule could take, or a registered customer meets a rule
    with a limit for each customer. Limits are not reached by uses that are `given_back`.
    """
    active = ctx.shared(ACTIVE_RULES)
    if not active.rules:
        return Candidates()
    today = _today(ctx, store_id)
    rules = [
        rule
        for rule in active.rules
        if (coupon_code or not rule.needs_coupon) and rule.is_for(website_id, customer_group_id, today)
    ]
    limited = [rule.rule_id for rule in rules if rule.uses_per_customer and customer_id is not None]
    asks_for_coupon = any(rule.needs_coupon for rule in rules)
    if asks_for_coupon or limited:
        code = coupon_code if asks_for_coupon else None
        uses = await ctx.db.one(CartUses, queries.FIND_CART_USES, code=code, customer_id=customer_id, rule_ids=limited)
        if given_back is not None:
            uses = _less(uses, coupon_code, given_back)
        # It is a day, as those of rules are, though it is kept as an instant.
        if uses.expiration_date is not None and uses.expiration_date.date() < today:
            rules = [rule for rule in rules if not rule.needs_coupon]
        rules = [rule for rule in rules if _is_within_limits(rule, uses, customer_id)]
    return Candidates(rules, store_id, coupon_code)


def _today(ctx: Context, store_id: int) -> date:
    """In the store view's time zone."""
    return ctx.now.astimezone(ZoneInfo(ctx.config(TIME_ZONE, store_id=store_id) or "UTC")).date()


def _less(uses: CartUses, coupon_code: str | None, given_back: GivenBack) -> CartUses:
    """One use less of what is given back."""
    of_rules = {id: times - (int(id) in given_back.rule_ids) for id, times in uses.rule_uses.items()}
    is_same = (coupon_code or "").lower() == (given_back.coupon_code or "").lower()
    return structs.replace(
        uses,
        rule_uses=of_rules,
        times_used=(uses.times_used or 0) - is_same,
        customer_uses=uses.customer_uses - is_same,
    )


def _is_within_limits(rule: Rule, uses: CartUses, customer_id: int | None) -> bool:
    """Guests have no limits of their own."""
    if rule.needs_coupon:
        if uses.rule_id != rule.rule_id or not rule.takes_coupon(uses.type or 0):
            return False
        if uses.usage_limit and (uses.times_used or 0) >= uses.usage_limit:
            return False
        if customer_id is not None and uses.usage_per_customer and uses.customer_uses >= uses.usage_per_customer:
            return False
    if customer_id is None or not rule.uses_per_customer:
        return True
    return uses.rule_uses.get(str(rule.rule_id), 0) < rule.uses_per_customer


async def facts_for(
    ctx: Context, candidates: Candidates, product_ids: Iterable[int], store_id: int
) -> Mapping[int, Mapping[str, Any]]:
    """Values of products by their ids, then by attribute: those that the conditions ask for. No statement for none."""
    codes = frozenset[str]().union(*(rule.attributes for rule in candidates.rules))
    return await list_facts(ctx, codes, product_ids, store_id) if codes else {}


def discount(
    candidates: Candidates, lines: Sequence[RuleLine], address: RuleAddress, *, base_to_quote: Decimal
) -> Discounts:
    """What the rules take off the lines."""
    rules = candidates.fitting(Cart(lines, address))
    taken = discounting.apply(rules, base_to_quote=base_to_quote)
    applied = {rule_id for one in taken for rule_id in one.rule_ids}
    rule_ids = [rule.rule_id for rule, _ in rules if rule.rule_id in applied]
    return Discounts(dict(discounting.by_line(taken)), candidates.describe(rule_ids), rule_ids)


def shipping_discount(
    candidates: Candidates,
    lines: Sequence[RuleLine],
    address: RuleAddress,
    *,
    shipping_amount: Decimal,
    base_shipping_amount: Decimal,
    base_to_quote: Decimal,
) -> ShippingDiscount:
    """What the rules take off shipping, also those that fit no line."""
    return shipping.off_shipping(
        candidates.holding(Cart(lines, address)),
        shipping_amount=shipping_amount,
        base_shipping_amount=base_shipping_amount,
        base_to_quote=base_to_quote,
    )


def free_shipping(candidates: Candidates, lines: Sequence[RuleLine], address: RuleAddress) -> FreeShipping:
    """What the rules let travel for free."""
    return shipping.travelling_free(candidates.fitting(Cart(lines, address)))


def coupon_rule_name(ctx: Context, rule_ids: Iterable[int]) -> str | None:
    """What the shop calls the rule of the coupon, of rules that were applied together. No statement."""
    known = ctx.shared(ACTIVE_RULES).by_id
    applied = (known[rule_id] for rule_id in rule_ids if rule_id in known)
    return next((rule.name for rule in applied if rule.needs_coupon), None)


async def coupon_label(ctx: Context, coupon_code: str, store_id: int) -> str | None:
    """What the coupon's rule is called in a store view; its default label without one of its own.

    No statement where no rule that takes coupons has a label.
    """
    active = ctx.shared(ACTIVE_RULES)
    if not any(rule.needs_coupon and rule.label(store_id) for rule in active.rules):
        return None
    rule = active.by_id.get(await ctx.db.value(queries.FIND_RULE_OF_COUPON, code=coupon_code) or 0)
    return rule.label(store_id) if rule else None

"""The computation of a price (spec 30-catalog, 4.1), told with worked tables in docs/algorithms/prices.md.

Plain functions over values. Amounts are in the base currency of the website and are not rounded: who shows one, or puts
it into a cart, rounds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from datetime import time as clock_time
from decimal import Decimal

from msgspec import Struct

NOTHING = Decimal(0)
HUNDRED = Decimal(100)
ONE = Decimal(1)
DAY = timedelta(days=1)
PERCENT = "percent"


class Tier(Struct, frozen=True):
    """A price from a quantity on, that holds for the customer group and the website at hand."""

    qty: Decimal
    value: Decimal
    """0 where there is a percentage."""
    percentage: Decimal | None = None
    """Taken off the regular price."""
    all_groups: bool = True

    def price(self, regular: Decimal) -> Decimal:
        if self.percentage is None:
            return self.value
        return regular * (1 - self.percentage / HUNDRED)


class PriceFacts(Struct, frozen=True):
    """What the price of one product depends on, for one website and customer group, whatever the quantity."""

    regular: Decimal
    special: Decimal | None = None
    special_from: datetime | None = None
    """In the shop's time, without zone; so is `special_to`."""
    special_to: datetime | None = None
    tiers: Sequence[Tier] = ()
    """In the order in which they are stored: by quantity."""
    rule: Decimal | None = None
    """The price by catalog rules on the day at hand."""
    in_percent: bool = False
    """Whether `special` and the tiers are percentages of the regular price, as those of bundles are."""


class Price(Struct, frozen=True):
    """What one product costs at one quantity, without its custom options."""

    regular: Decimal
    special: Decimal | None
    """None where no special price is in force."""
    tier: Decimal | None
    """The best of the tiers that the quantity reaches, if it is below the regular price."""
    rule: Decimal | None
    final: Decimal
    minimal: Decimal
    """The lowest that it can cost at any quantity: "As low as" where it is below `final`."""


def price_of(facts: PriceFacts, qty: Decimal, shop_now: datetime) -> Price:
    """The price at a quantity and an instant in the shop's time, without zone."""
    special = special_price(facts, shop_now)
    tier = tier_price(facts, qty)
    final = final_price(facts.regular, special, tier, facts.rule)
    return Price(facts.regular, special, tier, facts.rule, final, minimal_price(facts, final))


def final_price(regular: Decimal, special: Decimal | None, tier: Decimal | None, rule: Decimal | None) -> Decimal:
    """The lowest of those that hold, never below 0."""
    return max(NOTHING, min(amount for amount in (regular, special, tier, rule) if amount is not None))


def special_price(facts: PriceFacts, shop_now: datetime) -> Decimal | None:
    """The special price where it is in force; for a bundle the part of the regular price that is left to pay."""
    if facts.special is None or not is_in_force(facts.special_from, facts.special_to, shop_now):
        return None
    return facts.regular * facts.special / HUNDRED if facts.in_percent else facts.special


def is_in_force(start: datetime | None, end: datetime | None, shop_now: datetime) -> bool:
    """From the beginning of the first day until the end of the last one; a missing end is open.

    An end with a time of day is the exact end.
    """
    if start is not None and shop_now < datetime.combine(start, clock_time.min):
        return False
    if end is None:
        return True
    return shop_now < end + DAY if end.time() == clock_time.min else shop_now <= end


def tier_price(facts: PriceFacts, qty: Decimal) -> Decimal | None:
    """The best price of the tiers that the quantity reaches; None where none is below the regular price.

    A tier counts only if its price is lower than that of every tier before it, so a higher quantity never costs more
    a piece. At equal quantity a tier of the group itself is not displaced by one of all groups.
    """
    if facts.in_percent:
        return _best_discount(facts, qty)
    best, best_qty, best_is_own = facts.regular, ONE, False
    for tier in facts.tiers:
        if qty < tier.qty or tier.qty < best_qty:
            continue
        if tier.qty == best_qty and best_is_own and tier.all_groups:
            continue
        if (price := tier.price(facts.regular)) < best:
            best, best_qty, best_is_own = price, tier.qty, not tier.all_groups
    return best if best < facts.regular else None


def _best_discount(facts: PriceFacts, qty: Decimal) -> Decimal | None:
    """Bundles have percentages only, of which the highest that the quantity reaches counts."""
    reached = [tier.percentage for tier in facts.tiers if tier.percentage is not None and tier.qty <= qty]
    best = max(reached, default=NOTHING)
    return facts.regular * (1 - best / HUNDRED) if best > 0 else None


def minimal_price(facts: PriceFacts, final: Decimal) -> Decimal:
    """The lowest price of the tiers, whatever their quantity, if it is below the final one."""
    of_tiers = (
        tier.price(facts.regular) for tier in facts.tiers if tier.percentage is not None or not facts.in_percent
    )
    return max(NOTHING, min((final, *of_tiers)))


def option_amount(price: Decimal, price_type: str, base: Decimal) -> Decimal:
    """What a custom option adds: a fixed amount, or a percentage of the product's final price without options."""
    return base * price / HUNDRED if price_type == PERCENT else price


def with_options(final: Decimal, amounts: Iterable[Decimal]) -> Decimal:
    """The price with the amounts of the chosen options, which may be negative; never below 0."""
    return max(NOTHING, final + sum(amounts, NOTHING))

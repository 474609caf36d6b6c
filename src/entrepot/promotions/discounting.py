"""What rules take off the lines of a cart, to the cent (spec 51, 7.5 and 7.6; docs/algorithms/cart-price-rules.md).

Plain functions over values. Rule after rule, line after line; the base currency and the cart's are computed side by
side in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from msgspec import Struct, field

from entrepot.promotions.amounts import NOTHING, LineDiscount, RuleLine
from entrepot.promotions.rule import BUY_X_GET_Y, BY_FIXED, BY_PERCENT, CART_FIXED, TO_FIXED, TO_PERCENT, Rule

CENT = Decimal("0.01")
HUNDRED = Decimal(100)
FIRST_REMAINDER = Decimal("0.000001")


class Side(Struct):
    """One of the two currencies."""

    is_base: bool
    rate: Decimal
    """From the base currency."""
    left_over: dict[Decimal, Decimal] = field(default_factory=dict)
    """What rounding left over, by the percentage of the line."""

    def price(self, line: RuleLine) -> Decimal:
        return line.base_price if self.is_base else line.price

    def limit(self, line: RuleLine) -> Decimal:
        """What the line costs with tax."""
        return line.base_row_limit if self.is_base else line.row_limit

    def converted(self, amount: Decimal) -> Decimal:
        return amount * self.rate


class Taken(Struct):
    """What was taken off a line so far."""

    line: RuleLine
    amounts: list[Decimal] = field(default_factory=lambda: [NOTHING, NOTHING])
    """In the base currency and in the cart's."""
    percent: Decimal = NOTHING
    rule_ids: list[int] = field(default_factory=list)
    is_closed: bool = False
    """Whether a rule said that no later one is to be tried."""

    def on(self, side: Side) -> Decimal:
        return self.amounts[0 if side.is_base else 1]

    def add(self, side: Side, amount: Decimal, qty: Decimal) -> None:
        """Never more than these pieces cost, and never less than there was."""
        most = max(self.on(side), rounded(side.price(self.line) * qty))
        self.amounts[0 if side.is_base else 1] = min(self.on(side) + amount, most)


def rounded(amount: Decimal) -> Decimal:
    """To cents, half away from zero."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def apply(rules: Sequence[tuple[Rule, Sequence[RuleLine]]], *, base_to_quote: Decimal) -> list[Taken]:
    """Apply rules in their order, each with the lines that its actions fit; answers the lines they were applied to."""
    sides = (Side(True, Decimal(1)), Side(False, base_to_quote))
    taken = _in_order(rules)
    for rule, fitting in rules:
        keys = {line.key for line in fitting}
        open_ones = [one for key, one in taken.items() if key in keys and not one.is_closed]
        if rule.action == CART_FIXED:
            for side in sides:
                _share(rule, open_ones, side)
        else:
            for one in open_ones:
                _discount(rule, one, sides)
        for one in open_ones:
            one.rule_ids.append(rule.rule_id)
            one.is_closed = rule.stops
    return [one for one in taken.values() if one.rule_ids]


def _in_order(rules: Sequence[tuple[Rule, Sequence[RuleLine]]]) -> dict[int, Taken]:
    """The lines that the first rule fits, then those of the next, each once. Remainders pass along this order."""
    taken: dict[int, Taken] = {}
    for _, fitting in rules:
        for line in fitting:
            taken.setdefault(line.key, Taken(line))
    return taken


def _discount(rule: Rule, taken: Taken, sides: Sequence[Side]) -> None:
    qty = pieces(rule, taken.line.qty)
    percent = percentage(rule)
    is_limited = rule.discount_qty is not None and rule.discount_qty < taken.line.qty
    if percent is not None and not is_limited:
        taken.percent = min(HUNDRED, taken.percent + percent)
    for side in sides:
        amount = amount_off(rule, qty, side.price(taken.line), taken.on(side), side.rate)
        if amount > 0:
            taken.add(side, _rounded(amount, taken, side), qty)


def pieces(rule: Rule, qty: Decimal) -> Decimal:
    """How many pieces of a line a rule discounts."""
    if rule.discount_qty is not None:
        qty = min(qty, rule.discount_qty)
    if rule.step > 0 and rule.action in (BY_PERCENT, BY_FIXED):
        return qty // rule.step * rule.step
    return qty


def percentage(rule: Rule) -> Decimal | None:
    """None for a rule that is not about percents."""
    if rule.action == BY_PERCENT:
        return min(HUNDRED, rule.amount)
    return max(NOTHING, HUNDRED - rule.amount) if rule.action == TO_PERCENT else None


def amount_off(rule: Rule, qty: Decimal, price: Decimal, so_far: Decimal, rate: Decimal) -> Decimal:
    """What a rule adds to the discount of one line, not rounded; not for `cart_fixed`. `price` of one piece."""
    percent = percentage(rule)
    if percent is not None:
        return max(NOTHING, qty * price - so_far) * percent / HUNDRED
    if rule.action == BY_FIXED:
        return qty * rule.amount * rate
    if rule.action == TO_FIXED:
        return max(NOTHING, qty * (price - rule.amount * rate))
    return _free_pieces(qty, Decimal(rule.step), rule.amount) * price if rule.action == BUY_X_GET_Y else NOTHING


def _free_pieces(qty: Decimal, x: Decimal, y: Decimal) -> Decimal:
    """Of every X + Y pieces Y are free; of what is left those above X."""
    if not x or y > x:
        return NOTHING
    periods = (qty / (x + y)).to_integral_value(ROUND_FLOOR)
    left = qty - periods * (x + y)
    return periods * y + max(NOTHING, left - x)


def _rounded(amount: Decimal, taken: Taken, side: Side) -> Decimal:
    """To cents. Lines with one percentage hand on what rounding left over, so that their sum is right."""
    if not taken.percent:
        return rounded(amount)
    exact = amount + side.left_over.get(taken.percent, NOTHING)
    # Less than half a cent below nothing is nothing, not its negative.
    whole = rounded(exact) or NOTHING
    side.left_over[taken.percent] = exact - whole
    if taken.percent == HUNDRED:
        return min(whole, max(NOTHING, side.limit(taken.line) - taken.on(side)))
    return whole


def _share(rule: Rule, taken: Sequence[Taken], side: Side) -> None:
    """One amount for all lines together, by what they cost: exactly that amount, or all that is left on them.

    Lines on which nothing is left take no part, so none of them can keep a cent.
    """
    worth = {one.line.key: rounded(side.price(one.line) * pieces(rule, one.line.qty)) for one in taken}
    rooms = [(one, worth[one.line.key] - one.on(side)) for one in taken if worth[one.line.key] > one.on(side)]
    whole = rounded(side.converted(rule.amount))
    total = sum((worth[one.line.key] for one, _ in rooms), NOTHING)
    remainder, left = FIRST_REMAINDER, whole
    shares: list[Decimal] = []
    for place, (one, room) in enumerate(rooms):
        if place == len(rooms) - 1:
            share = left
        else:
            exact = whole * worth[one.line.key] / total + remainder
            share = rounded(exact)
            remainder = exact - share
        shares.append(min(share, room, left))
        left -= shares[-1]
    for place, (one, room) in enumerate(rooms):
        # What lines with less left than their share could not take goes to the others.
        more = min(left, room - shares[place])
        left -= more
        one.amounts[0 if side.is_base else 1] += shares[place] + more


def by_line(taken: Sequence[Taken]) -> Mapping[int, LineDiscount]:
    """By the keys of the lines, and of the parts over which a line's discount is spread."""
    found = {}
    for one in taken:
        base, amount = one.amounts
        if one.line.spread and one.line.children:
            found.update(_spread(one))
            base = amount = NOTHING
        found[one.line.key] = LineDiscount(amount, base, one.percent, list(one.rule_ids))
    return found


def _spread(taken: Taken) -> dict[int, LineDiscount]:
    """By the base row totals of the parts; the sum is what was taken."""
    parts = taken.line.children
    total = sum((part.base_row_total for part in parts), NOTHING)
    so_far, given = NOTHING, [NOTHING, NOTHING]
    spread = {}
    for part in parts:
        so_far += part.base_row_total
        until = [rounded(amount * so_far / total) if total else NOTHING for amount in taken.amounts]
        base, amount = (now - before for now, before in zip(until, given, strict=True))
        given = until
        spread[part.key] = LineDiscount(amount, base, taken.percent, list(taken.rule_ids))
    return spread

"""What holds for any rules and any cart."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from entrepot.promotions import Discounts, RuleLine
from entrepot.promotions.rule import ACTIONS, Rule
from tests.promotions.makers import a_line, a_rule, line_of, off, only

CENT = Decimal("0.01")
PRICES = st.integers(0, 50_000).map(lambda cents: str(Decimal(cents) / 100))
QUANTITIES = st.one_of(st.integers(1, 12).map(str), st.sampled_from(["0.5", "1.25", "2.75"]))
AMOUNTS = st.integers(0, 12_000).map(lambda cents: str(Decimal(cents) / 100))


@st.composite
def carts(draw: st.DrawFn, *, rate: str = "1") -> list[RuleLine]:
    found = draw(st.lists(st.tuples(PRICES, QUANTITIES), min_size=1, max_size=6))
    return [a_line(key, price, qty, rate=rate) for key, (price, qty) in enumerate(found, start=1)]


@st.composite
def some_rules(draw: st.DrawFn) -> list[Rule]:
    rules = []
    for rule_id in range(1, draw(st.integers(1, 4)) + 1):
        skus = draw(st.lists(st.sampled_from(["sku-1", "sku-2", "sku-3"]), max_size=2))
        most = draw(st.one_of(st.none(), st.integers(1, 5)))
        rules.append(
            a_rule(
                rule_id,
                draw(st.sampled_from(ACTIONS)),
                draw(AMOUNTS),
                actions=only(*skus) if skus else None,
                step=draw(st.integers(0, 4)),
                discount_qty=Decimal(most) if most else None,
                stops=draw(st.booleans()),
            )
        )
    return rules


def row(line: RuleLine) -> Decimal:
    return (line.price * line.qty).quantize(CENT, rounding=ROUND_HALF_UP)


def taken(found: Discounts) -> Decimal:
    return sum((one.discount for one in found.by_line.values()), Decimal(0))


@given(some_rules(), carts(rate="0.83"))
def test_no_line_is_discounted_by_less_than_nothing_or_more_than_it_costs(rules, lines):
    found = off(rules, lines, rate="0.83")

    for line in lines:
        of_line = line_of(found, line.key)
        assert 0 <= of_line.discount <= row(line)
        assert 0 <= of_line.base_discount <= (line.base_price * line.qty).quantize(CENT, rounding=ROUND_HALF_UP)
        assert of_line.discount == of_line.discount.quantize(CENT)
        assert 0 <= of_line.percent <= 100


@given(some_rules(), carts())
def test_one_more_rule_never_takes_a_discount_away(rules, lines):
    before, after = off(rules[:-1], lines), off(rules, lines)

    for rule_id in before.rule_ids:
        assert rule_id in after.rule_ids
    # Remainders may move a cent between lines of one percentage, never more.
    assert taken(after) >= taken(before) - CENT * len(lines)


@given(carts(), AMOUNTS, AMOUNTS)
def test_amounts_for_the_cart_are_given_exactly_one_after_another(lines, first, second):
    rules = [a_rule(1, "cart_fixed", first), a_rule(2, "cart_fixed", second)]

    left = sum((row(line) for line in lines), Decimal(0))
    assert taken(off(rules[:1], lines)) == min(Decimal(first), left)
    assert taken(off(rules, lines)) == min(Decimal(first) + Decimal(second), left)


@given(carts(), some_rules(), AMOUNTS)
def test_an_amount_for_the_cart_after_other_rules_is_what_they_left_of_it(lines, rules, amount):
    rules = [rule for rule in rules if not rule.stops]

    before = off(rules, lines)
    after = off([*rules, a_rule(99, "cart_fixed", amount)], lines)

    left = sum((row(line) - line_of(before, line.key).discount for line in lines), Decimal(0))
    assert taken(after) == taken(before) + min(Decimal(amount), left)


@given(some_rules(), carts())
def test_a_line_takes_the_rules_in_their_order_and_none_after_one_that_stops(rules, lines):
    found = off(rules, lines)

    stopping = {rule.rule_id for rule in rules if rule.stops}
    for of_line in found.by_line.values():
        assert of_line.rule_ids == sorted(of_line.rule_ids)
        assert not stopping & set(of_line.rule_ids[:-1])


@given(some_rules(), carts(), carts())
def test_a_discount_that_is_spread_over_parts_stays_the_same_in_all(rules, parts, others):
    total = sum((row(part) for part in parts), Decimal(0))
    inner = [a_line(100 + part.key, str(part.base_price), str(part.qty)) for part in parts]
    whole, bundle = a_line(50, str(total)), a_line(50, str(total), children=inner, spread=True)

    at_once = off(rules, [*others, whole])
    spread = off(rules, [*others, bundle])

    assert taken(spread) == taken(at_once)
    for part in inner:
        assert 0 <= line_of(spread, part.key).discount <= row(part)

"""What rules take off, by tables: first the worked numbers of the algorithm's page, then carts reckoned apart."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest

from tests.promotions.makers import a_line, a_rule, cents, line_of, off, only

# action, amount, step, most pieces of a line, price, qty: what comes off.
ONE_LINE = [
    ("buy_x_get_y", "1", 2, None, "10", "7", "20.00"),
    ("buy_x_get_y", "1", 2, None, "10", "3", "10.00"),
    ("buy_x_get_y", "1", 2, None, "10", "5", "10.00"),
    ("buy_x_get_y", "1", 2, None, "10", "2", "0.00"),
    ("buy_x_get_y", "1", 2, None, "10", "6", "20.00"),
    ("buy_x_get_y", "2", 3, None, "4.99", "4", "4.99"),
    ("buy_x_get_y", "2", 3, None, "4.99", "5", "9.98"),
    ("buy_x_get_y", "2", 3, None, "4.99", "9", "14.97"),
    ("buy_x_get_y", "1", 1, None, "3.33", "2", "3.33"),
    ("buy_x_get_y", "1", 1, None, "3.33", "5", "6.66"),
    ("buy_x_get_y", "3", 2, None, "10", "9", "0.00"),
    ("buy_x_get_y", "1", 0, None, "10", "9", "0.00"),
    ("buy_x_get_y", "0", 2, None, "10", "9", "0.00"),
    ("buy_x_get_y", "1", 2, "3", "10", "9", "10.00"),
    ("by_percent", "10", 0, None, "50", "2", "10.00"),
    ("by_percent", "10", 0, None, "9.24", "3", "2.77"),
    ("by_percent", "12.5", 0, None, "19.99", "1", "2.50"),
    ("by_percent", "33.3333", 0, None, "10", "1", "3.33"),
    ("by_percent", "100", 0, None, "19.99", "3", "59.97"),
    ("by_percent", "250", 0, None, "19.99", "3", "59.97"),
    ("by_percent", "50", 0, None, "0", "3", "0.00"),
    ("by_percent", "50", 0, None, "0.01", "1", "0.01"),
    ("by_percent", "10", 2, None, "10", "5", "4.00"),
    ("by_percent", "10", 2, None, "10", "1", "0.00"),
    ("by_percent", "10", 3, "5", "10", "9", "3.00"),
    ("by_percent", "10", 0, "2", "10", "5", "2.00"),
    ("by_percent", "10", 0, "9", "10", "5", "5.00"),
    ("by_percent", "10", 0, None, "8.40", "1.5", "1.26"),
    ("by_fixed", "3", 0, None, "10", "4", "12.00"),
    ("by_fixed", "12", 0, None, "10", "4", "40.00"),
    ("by_fixed", "3", 2, None, "10", "5", "12.00"),
    ("by_fixed", "3", 0, "2", "10", "5", "6.00"),
    ("by_fixed", "0.333", 0, None, "10", "5", "1.67"),
    ("by_fixed", "3", 4, None, "10", "3", "0.00"),
    ("cart_fixed", "10", 0, None, "25", "2", "10.00"),
    ("cart_fixed", "60", 0, None, "25", "2", "50.00"),
    ("cart_fixed", "10", 0, "1", "4", "9", "4.00"),
    ("to_percent", "80", 0, None, "25", "2", "10.00"),
    ("to_percent", "80", 2, None, "25", "3", "15.00"),
    ("to_percent", "120", 0, None, "25", "2", "0.00"),
    ("to_fixed", "20", 0, None, "25", "2", "10.00"),
    ("to_fixed", "30", 0, None, "25", "2", "0.00"),
    ("to_fixed", "20", 0, "1", "25", "2", "5.00"),
    (None, "10", 0, None, "25", "2", "0.00"),
]


@pytest.mark.parametrize(("action", "amount", "step", "most", "price", "qty", "expected"), ONE_LINE)
def test_a_line_gets_its_discount_to_the_cent(action, amount, step, most, price, qty, expected):
    rule = a_rule(1, action, amount, step=step, discount_qty=Decimal(most) if most else None)

    found = off([rule], [a_line(1, price, qty)])

    assert cents(found) == [expected]
    assert found.by_line[1].base_discount == Decimal(expected)
    assert found.rule_ids == [1]


def test_a_percentage_carries_what_rounding_left_over_to_the_next_line():
    assert cents(off([a_rule()], [a_line(1, "1.25"), a_line(2, "1.25")])) == ["0.13", "0.12"]
    assert cents(off([a_rule()], [a_line(n, "1.25") for n in range(1, 5)])) == ["0.13", "0.12", "0.13", "0.12"]


def test_nothing_is_carried_to_a_line_without_price():
    assert cents(off([a_rule()], [a_line(1, "1.25"), a_line(2, "0"), a_line(3, "1.25")])) == ["0.13", "0.00", "0.12"]


def test_a_fixed_amount_for_the_cart_is_shared_by_what_lines_cost():
    lines = [a_line(1, "10"), a_line(2, "10"), a_line(3, "10")]

    assert cents(off([a_rule(1, "cart_fixed", "10")], lines)) == ["3.33", "3.34", "3.33"]


@pytest.mark.parametrize("free", [1, 3, 5])
def test_a_free_line_takes_no_cent_of_an_amount_for_the_cart(free):
    prices = ["22", "14", "43", "7.50"]
    prices.insert(free - 1, "0")
    lines = [a_line(key, price) for key, price in enumerate(prices, start=1)]

    found = off([a_rule(1, "cart_fixed", "15")], lines)

    assert line_of(found, free).discount == 0
    assert sum(one.discount for one in found.by_line.values()) == Decimal("15.00")


def test_several_amounts_for_the_cart_are_each_given_in_full_as_long_as_something_is_left():
    lines = [a_line(1, "10"), a_line(2, "20"), a_line(3, "30")]
    rules = [
        a_rule(1, "cart_fixed", "9", actions=only("sku-1")),
        a_rule(2, "cart_fixed", "25"),
        a_rule(3, "cart_fixed", "100", actions=only("sku-3")),
    ]

    found = off(rules, lines)

    # Of the second, the first line can only take 1.00 of the 4.17 that are its share; the rest goes to the next ones.
    assert sum(one.discount for one in off(rules[:2], lines).by_line.values()) == Decimal("34.00")
    assert line_of(found, 1).discount == Decimal("10.00")
    assert line_of(found, 3).discount == Decimal("30.00")
    assert found.rule_ids == [1, 2, 3]


def test_percents_of_several_rules_are_each_of_what_is_left():
    found = off([a_rule(1, amount="10"), a_rule(2, amount="20")], [a_line(1, "100")])

    assert cents(found) == ["28.00"]
    assert found.by_line[1].percent == 30
    assert found.by_line[1].rule_ids == [1, 2]


def test_a_percentage_that_is_limited_to_some_pieces_is_not_that_of_the_line():
    assert off([a_rule(discount_qty=Decimal(2))], [a_line(1, "10", "5")]).by_line[1].percent == 0
    assert off([a_rule(discount_qty=Decimal(5))], [a_line(1, "10", "5")]).by_line[1].percent == 10


def test_a_rule_for_some_pieces_never_lowers_what_earlier_rules_gave():
    rules = [a_rule(1, "by_percent", "50"), a_rule(2, "by_fixed", "3", discount_qty=Decimal(1))]

    # 50 off five pieces of 20; one piece costs 20, which is less than what was given already.
    assert cents(off(rules, [a_line(1, "20", "5")])) == ["50.00"]


def test_a_rule_that_stops_ends_the_discounts_of_the_lines_it_was_applied_to_only():
    rules = [
        a_rule(1, "by_percent", "10", actions=only("sku-1"), stops=True),
        a_rule(2, "by_fixed", "1"),
    ]

    found = off(rules, [a_line(1, "10"), a_line(2, "10")])

    assert cents(found) == ["1.00", "1.00"]
    assert (found.by_line[1].rule_ids, found.by_line[2].rule_ids) == ([1], [2])


def test_rules_apply_in_their_order():
    lines = [a_line(1, "100")]
    percent, fixed = a_rule(1, "by_percent", "10"), a_rule(2, "by_fixed", "10")

    assert cents(off([percent, fixed], lines)) == ["20.00"]
    assert cents(off([fixed, percent], lines)) == ["19.00"]


def test_lines_of_the_first_rule_are_discounted_first_so_that_remainders_pass_along_them():
    lines = [a_line(1, "1.25"), a_line(2, "1.25")]
    rules = [a_rule(1, "by_fixed", "0", actions=only("sku-2")), a_rule(2, "by_percent", "10")]

    assert cents(off(rules, lines)) == ["0.12", "0.13"]


def test_lines_without_discount_and_lines_below_zero_are_passed_over():
    lines = [a_line(1, "10", no_discount=True), a_line(2, "-10"), a_line(3, "10")]

    found = off([a_rule(1, "cart_fixed", "10")], lines)

    assert list(found.by_line) == [3]
    assert cents(found) == ["10.00"]


def test_amounts_are_converted_and_both_currencies_are_rounded_for_themselves():
    line = a_line(1, "9.99", "3", rate="0.87")

    percent = off([a_rule(1, "by_percent", "15")], [line], rate="0.87").by_line[1]
    fixed = off([a_rule(1, "by_fixed", "1.55")], [line], rate="0.87").by_line[1]
    whole = off([a_rule(1, "cart_fixed", "5")], [line], rate="0.87").by_line[1]

    # 15% of 29.97 is 4.4955; of 3 x 8.69 it is 3.9105. 3 x 1.55 x 0.87 is 4.0455.
    assert (percent.base_discount, percent.discount) == (Decimal("4.50"), Decimal("3.91"))
    assert (fixed.base_discount, fixed.discount) == (Decimal("4.65"), Decimal("4.05"))
    assert (whole.base_discount, whole.discount) == (Decimal("5.00"), Decimal("4.35"))


def test_the_discount_of_a_dynamic_bundle_is_spread_over_its_parts():
    parts = [a_line(11, "10"), a_line(12, "10"), a_line(13, "10")]
    bundle = a_line(1, "30", children=parts, spread=True, is_bundle=True)

    found = off([a_rule(1, "cart_fixed", "10")], [bundle])

    assert [found.by_line[key].discount for key in (11, 12, 13)] == [Decimal(x) for x in ("3.33", "3.34", "3.33")]
    assert found.by_line[1].discount == 0
    assert found.by_line[1].rule_ids == found.by_line[12].rule_ids == [1]


def test_a_whole_discount_never_passes_what_the_line_costs_with_tax():
    line = a_line(1, "10", "3", row_limit=Decimal("29.99"), base_row_limit=Decimal("29.99"))

    assert cents(off([a_rule(1, "by_percent", "100")], [line])) == ["29.99"]


PRICES = ("0.99", "1.25", "3.33", "7.45", "12.95", "0.05", "199.99", "48.15", "2.50", "66.67")
PERCENTS = ("5", "7.5", "10", "15", "33", "66.6")


def reckoned(prices: list[tuple[Decimal, int]], percent: Decimal) -> list[Decimal]:
    """Each line is what has been earned up to it, in cents, less what was given before it."""
    given, earned, shares = 0, Decimal(0), []
    for price, qty in prices:
        earned += price * qty * percent
        cents_now = int(earned.to_integral_value(ROUND_HALF_UP))
        shares.append(Decimal(cents_now - given) / 100)
        given = cents_now
    return shares


@pytest.mark.parametrize("percent", PERCENTS)
@pytest.mark.parametrize("first", range(len(PRICES)))
def test_percents_over_several_lines_add_up_as_reckoned_apart(percent, first):
    prices = [(Decimal(PRICES[(first + n * 3) % 10]), 1 + (first + n) % 4) for n in range(5)]
    lines = [a_line(key, str(price), str(qty)) for key, (price, qty) in enumerate(prices, start=1)]

    found = off([a_rule(1, "by_percent", percent)], lines)

    assert [found.by_line[line.key].discount for line in lines] == reckoned(prices, Decimal(percent))


@pytest.mark.parametrize("amount", ["0.01", "0.05", "1", "9.99", "15", "100", "333.33"])
@pytest.mark.parametrize("first", range(len(PRICES)))
def test_an_amount_for_the_cart_is_given_exactly_whatever_the_lines(amount, first):
    prices = [(Decimal(PRICES[(first + n * 7) % 10]), 1 + n % 3) for n in range(4)]
    lines = [a_line(key, str(price), str(qty)) for key, (price, qty) in enumerate(prices, start=1)]
    total = sum(price * qty for price, qty in prices)

    found = off([a_rule(1, "cart_fixed", amount)], lines)

    assert sum(one.discount for one in found.by_line.values()) == min(Decimal(amount), total)
    for line in lines:
        exact = min(Decimal(amount), total) * line.price * line.qty / total
        assert abs(line_of(found, line.key).discount - exact) < Decimal("0.011")

"""Which rates hold where (spec 51, 3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal as D
from typing import Any

import pytest

from entrepot.kit.context import Context
from entrepot.taxes import NO_TAX, Place, TaxRate, has_rules, rates_for
from tests.taxes.makers import GOODS, RETAIL, a_class, a_rate, a_rule

CALIFORNIA = Place("US", 12, "90210")


async def rate_at(ctx: Context, place: Place, class_id: int = GOODS, store_id: int = 1) -> TaxRate:
    found = await rates_for(ctx, customer_class_id=RETAIL, product_class_ids=[class_id], place=place, store_id=store_id)
    return found.get(class_id, NO_TAX)


async def percent_at(ctx: Context, place: Place, class_id: int = GOODS) -> D:
    return (await rate_at(ctx, place, class_id)).percent


async def test_without_rules_nothing_is_taxed_and_nothing_is_asked(ctx: Context):
    before = ctx.db.statements
    assert not has_rules(ctx)
    assert await percent_at(ctx, CALIFORNIA) == 0
    assert ctx.db.statements == before


async def test_the_installed_rates_hold_once_a_rule_names_them(ctx: Context):
    await a_rule(ctx, rates=[1, 2])
    assert has_rules(ctx)
    assert await percent_at(ctx, CALIFORNIA) == D("8.25")
    assert await percent_at(ctx, Place("US", 43, "10001")) == D("8.375")
    assert await percent_at(ctx, Place("US", 57, "77001")) == 0
    assert await percent_at(ctx, Place("US", None, "90210")) == 0
    assert await percent_at(ctx, Place("DE", 12, "90210")) == 0
    assert await percent_at(ctx, Place()) == 0


async def test_all_classes_of_goods_are_answered_by_one_statement_and_asked_again_by_none(ctx: Context):
    books = await a_class(ctx, "Books")
    await a_rule(ctx, "goods", rates=[1])
    await a_rule(ctx, "books", rates=[await a_rate(ctx, "reduced", rate="2")], products=[books])
    for statements in (1, 0):
        before = ctx.db.statements
        found = await rates_for(
            ctx, customer_class_id=RETAIL, product_class_ids=[GOODS, books, 99], place=CALIFORNIA, store_id=1
        )
        assert {class_id: rate.percent for class_id, rate in found.items()} == {GOODS: D("8.25"), books: D(2)}
        assert ctx.db.statements - before == statements


async def test_a_changed_rate_holds_at_once(ctx: Context):
    await a_rule(ctx, rates=[1])
    assert await percent_at(ctx, CALIFORNIA) == D("8.25")
    await ctx.db.execute("update tax_calculation_rate set rate = 9 where tax_calculation_rate_id = 1")
    await ctx.changed()
    assert await percent_at(ctx, CALIFORNIA) == 9


async def test_another_customer_class_pays_no_tax(ctx: Context):
    wholesale = await a_class(ctx, "Wholesale", "CUSTOMER")
    await a_rule(ctx, rates=[1])
    found = await rates_for(ctx, customer_class_id=wholesale, product_class_ids=[GOODS], place=CALIFORNIA, store_id=1)
    assert found == {}


@pytest.mark.parametrize(
    ("of_rate", "of_address", "holds"),
    [
        ("*", "90210", True),
        ("", "90210", True),
        ("*", None, True),
        ("90210", "90210", True),
        ("90210", " 90210 ", True),
        ("90210", "90211", False),
        ("90210*", "90210", True),
        ("9*", "90210", True),
        ("902*", "90210", True),
        ("902*", "90310", False),
        ("902*", "90210-1234", True),
        ("90210", "90210-1234", True),
        ("90210-1234", "90210-1234", True),
        ("90210-1234", "90210-1235", False),
        ("sw1a*", "SW1A 1AA", True),
        ("SW1A 1AA", "sw1a 1aa", True),
        ("90210", None, False),
        ("9*", "", False),
        ("1234567890*", "123456789012", True),
        ("12345678901*", "123456789012", False),
    ],
)
async def test_the_postcodes_for_which_a_rate_holds(ctx: Context, of_rate: str, of_address: str | None, holds: bool):
    await a_rule(ctx, rates=[await a_rate(ctx, "here", postcode=of_rate, region=12)])
    assert await percent_at(ctx, Place("US", 12, of_address)) == (10 if holds else 0)


@pytest.mark.parametrize(
    ("ends", "country", "of_address", "holds"),
    [
        ((90000, 90999), "US", "90210", True),
        ((90000, 90999), "US", "90000", True),
        ((90000, 90999), "US", "90999", True),
        ((90000, 90999), "US", "91000", False),
        ((90000, 90999), "US", "90210-1234", True),
        ((90000, 90999), "US", "9021A", False),
        ((90000, 90999), "US", None, False),
        ((90000, 90999), "US", "90210902109", False),
        ((100, 200), "PL", "50-950", True),
        ((100, 200), "PL", "150-950", False),
        ((100, 200), "PL", "950-50", False),
        ((100, 200), "PL", "AB-CD", False),
    ],
)
async def test_the_postcodes_for_which_a_range_holds(
    ctx: Context, ends: tuple[int, int], country: str, of_address: str | None, holds: bool
):
    await a_rule(ctx, rates=[await a_rate(ctx, "range", country=country, ends=ends)])
    assert await percent_at(ctx, Place(country, None, of_address)) == (10 if holds else 0)


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        ({"region": 12, "postcode": "*"}, {"region": 0, "postcode": "90210"}),
        ({"postcode": "90210"}, {"postcode": "902*"}),
        ({"postcode": "902*"}, {"postcode": "90*"}),
        ({"postcode": "9*"}, {"postcode": "*"}),
        ({"rate": "7"}, {"rate": "6"}),
    ],
)
async def test_of_the_rates_of_one_rule_only_the_nearest_holds(
    ctx: Context, nearer: dict[str, Any], farther: dict[str, Any]
):
    far = await a_rate(ctx, "far", **{"rate": "6", **farther})
    near = await a_rate(ctx, "near", **{"rate": "7", **nearer})
    await a_rule(ctx, rates=[near, far])
    assert [group.id for group in (await rate_at(ctx, CALIFORNIA)).groups] == ["near"]


@pytest.mark.parametrize(
    ("rules", "percents", "total"),
    [
        ([(0, "5", False), (1, "8", False)], ["5", "8.4"], "13.4"),
        ([(0, "5", False), (1, "8", True)], ["5", "8"], "13"),
        ([(0, "5", False), (0, "8", False)], ["13"], "13"),
        ([(1, "8", False), (0, "5", False)], ["5", "8.4"], "13.4"),
        ([(0, "5", False), (0, "5", False), (1, "8", False), (2, "1", False)], ["10", "8.8", "1.188"], "19.988"),
        ([(0, "5", False), (1, "8", False), (2, "1", True)], ["5", "8.4", "1"], "14.4"),
        ([(3, "0", False)], ["0"], "0"),
    ],
)
async def test_rules_of_one_priority_add_up_and_others_compound(
    ctx: Context, rules: Sequence[tuple[int, str, bool]], percents: list[str], total: str
):
    for number, (priority, rate, on_subtotal) in enumerate(rules):
        await a_rule(
            ctx,
            f"rule {number}",
            rates=[await a_rate(ctx, f"rate {number}", rate=rate)],
            priority=priority,
            calculate_subtotal=on_subtotal,
        )
    found = await rate_at(ctx, CALIFORNIA)
    assert [group.percent for group in found.groups] == [D(percent) for percent in percents]
    assert found.percent == D(total)


async def test_a_group_names_its_rates_and_is_named_by_their_codes(ctx: Context):
    state = await a_rate(ctx, "CA", rate="6", titles={1: "State tax"})
    city = await a_rate(ctx, "LA", rate="3.5")
    await a_rule(ctx, "state", rates=[state], priority=1, position=4)
    await a_rule(ctx, "city", rates=[city], priority=1, position=5)
    (group,) = (await rate_at(ctx, CALIFORNIA)).groups
    assert (group.id, group.percent) == ("CALA", D("9.5"))
    assert [(rate.code, rate.title, rate.percent, rate.position, rate.priority) for rate in group.rates] == [
        ("CA", "State tax", D(6), 4, 1),
        ("LA", "LA", D("3.5"), 5, 1),
    ]
    (elsewhere,) = (await rate_at(ctx, CALIFORNIA, store_id=0)).groups
    assert [rate.title for rate in elsewhere.rates] == ["CA", "LA"]


async def test_a_rate_that_two_rules_name_counts_once_with_the_first(ctx: Context):
    shared, own = await a_rate(ctx, "shared", rate="5"), await a_rate(ctx, "own", rate="1")
    await a_rule(ctx, "first", rates=[shared], priority=0)
    await a_rule(ctx, "second", rates=[shared, own], priority=1, calculate_subtotal=True)
    assert [group.id for group in (await rate_at(ctx, CALIFORNIA)).groups] == ["shared", "own"]

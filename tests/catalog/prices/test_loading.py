"""Prices of stored products: by website, customer group, quantity and day."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from psycopg.sql import SQL

from entrepot import directory, stores
from entrepot.catalog import prices_for, products
from entrepot.catalog.contracts import Product, TierPrice, TierPriceExtension
from entrepot.catalog.prices import final_price_sql, register_rule_prices, rule_prices
from tests.catalog.products.makers import a_draft, a_product, a_view, custom, id_of

MAIN = 1
GENERAL, WHOLESALE = 1, 2
ALL = 32000


def a_tier(group: int, qty: int, value: str, website: int = 0) -> TierPrice:
    return TierPrice(group, Decimal(qty), Decimal(value), TierPriceExtension(website_id=website))


def a_discount(group: int, qty: int, percentage: str, website: int = 0) -> TierPrice:
    return TierPrice(group, Decimal(qty), None, TierPriceExtension(Decimal(percentage), website))


async def one_price(ctx, product: Product, group: int = GENERAL, qty: int = 1, website: int = MAIN):
    found = await prices_for(ctx, [id_of(product)], website, group, Decimal(qty))
    return found[id_of(product)]


async def test_the_price_depends_on_group_and_quantity(ctx):
    made = await a_product(
        ctx,
        "a",
        price=Decimal(100),
        tier_prices=[a_tier(ALL, 5, "90"), a_tier(WHOLESALE, 5, "85"), a_discount(WHOLESALE, 10, "40")],
    )

    assert (await one_price(ctx, made)).final == 100
    assert (await one_price(ctx, made, GENERAL, 5)).final == 90
    assert (await one_price(ctx, made, WHOLESALE, 5)).final == 85
    assert (await one_price(ctx, made, GENERAL, 10)).final == 90
    assert (await one_price(ctx, made, WHOLESALE, 10)).final == 60
    assert (await one_price(ctx, made, WHOLESALE)).minimal == 60


async def test_tiers_of_another_website_do_not_hold(ctx):
    view = await a_view(ctx, "de", "europe")
    made = await a_product(ctx, "a", price=Decimal(100), tier_prices=[a_tier(ALL, 1, "70", view.website_id)])

    assert (await one_price(ctx, made)).final == 100
    assert (await one_price(ctx, made, website=view.website_id)).final == 70


async def test_a_special_price_begins_and_ends_in_the_time_of_the_shop(ctx):
    await stores.write_value(ctx, "general/locale/timezone", "America/Los_Angeles")
    made = await a_product(
        ctx,
        "a",
        price=Decimal(100),
        custom_attributes=custom(
            special_price="60", special_from_date="2019-06-15 00:00:00", special_to_date="2019-06-15 00:00:00"
        ),
    )

    async def at(moment: str):
        ctx.now = datetime.fromisoformat(moment).replace(tzinfo=UTC)
        return (await one_price(ctx, made)).final

    assert await at("2019-06-15 06:59:59") == 100
    assert await at("2019-06-15 07:00:00") == 60
    assert await at("2019-06-16 06:59:59") == 60
    assert await at("2019-06-16 07:00:00") == 100


async def test_a_website_with_prices_of_its_own_and_another_currency(ctx):
    await stores.write_value(ctx, "catalog/price/scope", "1")
    view = await a_view(ctx, "de", "europe")
    await stores.write_value(ctx, "currency/options/base", "EUR", scope="websites", scope_id=view.website_id)
    await directory.set_rate(ctx, "USD", "EUR", Decimal("0.5"))
    tiers = [a_tier(ALL, 2, "80"), a_tier(ALL, 3, "45", view.website_id), a_discount(ALL, 4, "50")]
    made = await a_product(ctx, "a", price=Decimal(100), tier_prices=tiers)

    # What holds everywhere is in the currency of the shop, what is the website's own in its currency.
    assert (await one_price(ctx, made, website=view.website_id)).final == 50
    assert (await one_price(ctx, made, website=view.website_id, qty=2)).final == 40
    assert (await one_price(ctx, made, website=view.website_id, qty=4)).final == 25
    assert (await one_price(ctx, made, qty=2)).final == 80

    await products.save(ctx.in_store(view), Product(sku="a", price=Decimal(44)))
    assert (await one_price(ctx, made, website=view.website_id)).final == 44
    assert (await one_price(ctx, made, website=view.website_id, qty=3)).final == 40


async def test_products_that_cost_what_their_parts_cost_have_no_price_of_their_own(ctx):
    made = await products.save(ctx, Product(sku="c", name="C", attribute_set_id=4, type_id="configurable"))

    assert (await one_price(ctx, made)).final == 0
    assert await prices_for(ctx, [987654], MAIN, GENERAL) == {}


class HalfPrice:
    column = """
        (
            select (p.attributes ->> 'price')::numeric / 2
            from product p
            where p.product_id = i.product_id
            and %(website_day)s > '2000-01-01'
            and %(customer_group_id)s = 2
        )
    """

    async def prices(self, ctx, product_ids, website_id, customer_group_id):
        found = await ctx.db.all(
            tuple,
            "select product_id, (attributes ->> 'price')::numeric / 2 from product where product_id = any(%(ids)s)",
            ids=list(product_ids),
        )
        return dict(found) if customer_group_id == WHOLESALE else {}


@pytest.fixture
def half_price():
    register_rule_prices(HalfPrice())
    yield
    rule_prices._registered.clear()


async def test_a_price_by_rules_takes_part(ctx, half_price):
    made = await a_product(ctx, "a", price=Decimal(100), tier_prices=[a_tier(ALL, 5, "40")])

    assert (await one_price(ctx, made)).final == 100
    assert (await one_price(ctx, made, WHOLESALE)).final == 50
    assert (await one_price(ctx, made, WHOLESALE, 5)).final == 40


async def test_any_number_of_products_takes_one_statement_and_each_its_quantity(ctx):
    tiers = [a_tier(ALL, 5, "1"), a_tier(GENERAL, 5, "2")]
    saved = await products.save_many(ctx, [a_draft(f"p{n}", tier_prices=tiers) for n in range(30)])
    ids = [draft.product_id for draft in saved]

    before = ctx.db.statements
    found = await prices_for(ctx, ids, MAIN, GENERAL, {ids[0]: Decimal(5)})

    assert ctx.db.statements - before == 1
    assert [found[id].final for id in ids] == [1] + [34] * 29


@pytest.mark.parametrize("in_euro", [False, True])
async def test_the_expression_for_lists_says_what_the_computation_says(ctx, half_price, in_euro):
    chance = random.Random(7)
    view = ctx.stores.default
    if in_euro:
        await stores.write_value(ctx, "catalog/price/scope", "1")
        await stores.write_value(ctx, "currency/options/base", "EUR", scope="websites", scope_id=MAIN)
        await directory.set_rate(ctx, "USD", "EUR", Decimal("0.8"))
    saved = await products.save_many(ctx, [a_random_product(chance, number) for number in range(120)])
    assert not [draft.refusal for draft in saved if draft.refusal]
    ids = [draft.product_id for draft in saved]
    if in_euro:
        own = [Product(sku=f"random-{n}", price=Decimal(90), custom_attributes=custom(special_price="70"))
               for n in range(0, 120, 3)]  # fmt: skip
        assert not [draft.refusal for draft in await products.save_many(ctx.in_store(view), own) if draft.refusal]
    ctx.now = datetime(2019, 6, 15, 20, tzinfo=UTC)
    in_view = ctx.in_store(view)

    for group in (0, GENERAL, WHOLESALE):
        expected = await prices_for(in_view, ids, MAIN, group)
        expression, parameters = final_price_sql(in_view, group)
        found = await ctx.db.all(
            tuple,
            SQL("select i.product_id, {} from product_index i where i.store_id = %(store_id)s").format(SQL(expression)),
            store_id=view.id,
            **parameters,
        )
        assert dict(found) == {id: price.final for id, price in expected.items()}
        assert len({price.final for price in expected.values()}) > 20


def a_random_product(chance: random.Random, number: int) -> Product:
    bundle = chance.random() < 0.2
    days = ["2019-06-14 00:00:00", "2019-06-15 00:00:00", "2019-06-15 10:00:00", "2019-06-16 00:00:00", None]
    attributes = custom(
        special_from_date=chance.choice(days), special_to_date=chance.choice(days), price_type="1", price_view="0"
    )
    if chance.random() < 0.7:
        attributes += custom(special_price=str(chance.randint(20, 120)))
    places = [(group, qty, website) for group in (ALL, GENERAL, WHOLESALE) for qty in (1, 2) for website in (0, 1)]
    tiers = [
        a_discount(group, qty, str(chance.randint(1, 99)), website)
        if bundle or chance.random() < 0.4
        else a_tier(group, qty, str(chance.randint(1, 120)), website)
        for group, qty, website in chance.sample(places, chance.randint(0, 6))
    ]
    return a_draft(
        f"random-{number}",
        type_id="bundle" if bundle else "simple",
        price=Decimal(100),
        custom_attributes=attributes,
        tier_prices=tiers,
    )

"""The services that set many prices at once: what they store, and each row that they refuse."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from entrepot import customers, stores
from entrepot.catalog import base_prices, costs, products, special_prices, tier_prices
from entrepot.catalog.contracts import Product, TierPrice, TierPriceExtension
from entrepot.catalog.prices.contracts import BasePrice, BulkTierPrice, Cost, SpecialPrice
from entrepot.kit.errors import Refused
from tests.catalog.products.makers import a_draft, a_product, a_view, custom, shown

FROM, TO = "2019-01-01 00:00:00", "2019-02-01 00:00:00"


def amount(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def a_price(sku: str | None, price: object, store: int | None = 0) -> BasePrice:
    return BasePrice(amount(price), store, sku)


def a_cost(sku: str | None, cost: object, store: int | None = 0) -> Cost:
    return Cost(amount(cost), store, sku)


def a_special(sku, price, store=0, start: str | None = FROM, end: str | None = TO) -> SpecialPrice:
    return SpecialPrice(amount(price), store, sku, start, end)


def a_tier(sku, price, qty: object = 2, *, type="fixed", website=0, group="ALL GROUPS") -> BulkTierPrice:
    return BulkTierPrice(amount(price), type, website, sku, group, amount(qty))


def failed(results) -> list[tuple[str, list[str | None]]]:
    return [(one.message, one.parameters) for one in results]


async def some_products(ctx, *skus: str, **more) -> None:
    saved = await products.save_many(ctx, [a_draft(sku, **more) for sku in skus])
    assert not [draft.refusal for draft in saved if draft.refusal]


async def a_bundle(ctx, sku: str = "bundle", **values) -> Product:
    given = custom(**({"price_view": "0", "price_type": "0"} | values))
    return await a_product(ctx, sku, type_id="bundle", custom_attributes=given)


async def a_configurable(ctx, sku: str = "conf") -> Product:
    return await a_product(ctx, sku, type_id="configurable", price=None)


# ---------------------------------------------------------------- base prices


async def test_base_prices_are_set_and_told_scope_by_scope(ctx, admin):
    view = await a_view(ctx, "de")
    await some_products(ctx, "a", "b")
    rows = [
        {"price": 10, "store_id": 0, "sku": "A"},
        {"price": 12.5, "store_id": view.id, "sku": "a"},
        {"price": 0, "store_id": 0, "sku": "b"},
    ]

    reply = await admin.post("/rest/V1/products/base-prices", {"prices": rows})

    assert (reply.status, reply.body) == (200, [])
    told = await admin.post("/rest/V1/products/base-prices-information", {"skus": ["b", "nowhere", "A"]})
    assert told.body == [
        {"price": 0, "store_id": 0, "sku": "b"},
        {"price": 10, "store_id": 0, "sku": "a"},
        {"price": 12.5, "store_id": view.id, "sku": "a"},
    ]
    assert (await products.get(ctx, "a")).price == 10
    assert (await products.get(ctx.in_store(view), "a")).price == Decimal("12.5")
    assert await ctx.db.value("select price from product_index where sku = 'a' and store_id = %(id)s", id=view.id) == (
        Decimal("12.5")
    )


async def test_each_row_of_base_prices_says_all_that_is_wrong_and_the_others_are_saved(ctx):
    await some_products(ctx, "a")
    await a_bundle(ctx)
    await a_bundle(ctx, "fixed", price_type="1")
    await a_configurable(ctx)

    results = await base_prices.set_base_prices(
        ctx,
        [
            a_price("nowhere", -1, 99),
            a_price("bundle", 1),
            a_price("conf", 1),
            a_price("a", None),
            a_price("a", "-10.50"),
            a_price("a", 1, 99),
            a_price("a", 2, None),
            a_price("fixed", 7),
            a_price("a", 8),
        ],
    )

    invalid = "Invalid attribute %fieldName = %fieldValue."
    assert failed(results) == [
        (invalid, ["SKU", "nowhere"]),
        (invalid, ["Price", "-1"]),
        ("Requested store is not found. Row ID: SKU = nowhere, Store ID: 99.", ["nowhere", "99"]),
        (invalid, ["SKU", "bundle"]),
        (invalid, ["SKU", "conf"]),
        (invalid, ["Price", None]),
        (invalid, ["Price", "-10.5"]),
        ("Requested store is not found. Row ID: SKU = a, Store ID: 99.", ["a", "99"]),
        ("Requested store is not found. Row ID: SKU = a, Store ID: .", ["a", None]),
    ]
    told = await base_prices.get_base_prices(ctx, ["a", "fixed", "bundle", "conf"])
    assert {one.sku: one.price for one in told} == {"a": Decimal(8), "fixed": Decimal(7)}


async def test_with_prices_per_website_a_base_price_goes_to_all_views_of_the_website(ctx):
    await stores.write_value(ctx, "catalog/price/scope", "1")
    first = await a_view(ctx, "de", "europe")
    await stores.create_view(ctx, stores.ManagedStore(store_group_id=first.group_id, code="fr", name="fr", is_active=1))
    second = ctx.stores.by_code("fr")
    assert second is not None
    await some_products(ctx, "a")

    await base_prices.set_base_prices(ctx, [a_price("a", 5, first.id)])

    told = await base_prices.get_base_prices(ctx, ["a"])
    assert {one.store_id: one.price for one in told} == {0: Decimal(34), first.id: Decimal(5), second.id: Decimal(5)}


async def test_an_amount_that_is_too_large_saves_nothing(ctx):
    await some_products(ctx, "a")

    for call in (
        base_prices.set_base_prices(ctx, [a_price("a", 1), a_price("a", 10**14)]),
        costs.set_costs(ctx, [a_cost("a", 10**14)]),
        special_prices.set_special_prices(ctx, [a_special("a", 10**14)]),
    ):
        with pytest.raises(Refused) as refused:
            await call
        assert (refused.value.status, str(refused.value)) == (400, "Could not save Prices.")
    assert (await products.get(ctx, "a")).price == 34


async def test_setting_any_number_of_prices_takes_the_same_statements(ctx):
    await some_products(ctx, *(f"p{n}" for n in range(30)))

    async def statements(call) -> int:
        before = ctx.db.statements
        await call
        return int(ctx.db.statements - before)

    def rows(count: int, make) -> list[Any]:
        return [make(f"p{n}", 5) for n in range(count)]

    for service, make in (
        (base_prices.set_base_prices, a_price),
        (costs.set_costs, a_cost),
        (special_prices.set_special_prices, a_special),
        (tier_prices.set_tier_prices, a_tier),
        (tier_prices.replace_tier_prices, a_tier),
        (special_prices.delete_special_prices, a_special),
        (tier_prices.delete_tier_prices, a_tier),
    ):
        many = await statements(service(ctx, rows(30, make)))
        assert await statements(service(ctx, rows(1, make))) <= many <= 12


# ---------------------------------------------------------------- costs


async def test_costs_are_set_told_and_forgotten(ctx, admin):
    view = await a_view(ctx, "de")
    await some_products(ctx, "a")
    rows = [{"cost": 3, "store_id": 0, "sku": "a"}, {"cost": 4.25, "store_id": view.id, "sku": "a"}]

    assert (await admin.post("/rest/V1/products/cost", {"prices": rows})).body == []
    assert (await admin.post("/rest/V1/products/cost-information", {"skus": ["a", "nowhere"]})).body == rows
    assert shown(await products.get(ctx, "a"))["cost"] == "3.000000"

    assert (await admin.post("/rest/V1/products/cost-delete", {"skus": ["nowhere", "A"]})).body is True
    assert (await admin.post("/rest/V1/products/cost-information", {"skus": ["a"]})).body == []
    assert "cost" not in shown(await products.get(ctx.in_store(view), "a"))


async def test_each_row_of_costs_says_all_that_is_wrong(ctx):
    await some_products(ctx, "a")
    await a_bundle(ctx, "fixed", price_type="1")

    results = await costs.set_costs(
        ctx, [a_cost("fixed", 1), a_cost("nowhere", -1, 99), a_cost("a", None), a_cost("a", 2)]
    )

    invalid = "Invalid attribute %fieldName = %fieldValue."
    assert failed(results) == [
        (invalid, ["SKU", "fixed"]),
        (invalid, ["SKU", "nowhere"]),
        ("Invalid attribute Cost = -1. Row ID: SKU = nowhere, Store ID: 99.", ["-1", "nowhere", "99"]),
        ("Requested store is not found. Row ID: SKU = nowhere, Store ID: 99.", ["nowhere", "99"]),
        ("Invalid attribute Cost = . Row ID: SKU = a, Store ID: 0.", [None, "a", "0"]),
    ]
    assert await costs.get_costs(ctx, ["a", "fixed"]) == [a_cost("a", "2.000000")]


# ---------------------------------------------------------------- special prices


async def test_special_prices_are_set_told_and_forgotten(ctx, admin):
    view = await a_view(ctx, "de")
    await some_products(ctx, "a")
    await a_bundle(ctx)
    rows = [
        {"price": 20, "store_id": 0, "sku": "a", "price_from": FROM, "price_to": TO},
        {"price": 19.5, "store_id": view.id, "sku": "a", "price_from": FROM, "price_to": "2019-03-01 12:30:00"},
        {"price": 80, "store_id": 0, "sku": "bundle", "price_from": FROM, "price_to": TO},
    ]

    assert (await admin.post("/rest/V1/products/special-price", {"prices": rows})).body == []
    told = await admin.post("/rest/V1/products/special-price-information", {"skus": ["a", "bundle", "nowhere"]})
    assert told.body == rows
    assert shown(await products.get(ctx, "a"))["special_price"] == "20.000000"
    assert shown(await products.get(ctx, "a"))["special_to_date"] == TO

    forgotten = await admin.post("/rest/V1/products/special-price-delete", {"prices": rows[:1]})
    assert forgotten.body == []
    told = await admin.post("/rest/V1/products/special-price-information", {"skus": ["a", "bundle"]})
    assert told.body == rows[2:]
    for store in (ctx.stores.admin, view):
        left = shown(await products.get(ctx.in_store(store), "a"))
        assert left.keys().isdisjoint({"special_price", "special_from_date", "special_to_date"})


@pytest.mark.parametrize("service", [special_prices.set_special_prices, special_prices.delete_special_prices])
async def test_each_row_of_special_prices_says_all_that_is_wrong(ctx, service):
    await some_products(ctx, "a")
    await a_configurable(ctx)

    results = await service(
        ctx,
        [
            a_special("conf", 1),
            a_special("nowhere", "-1", 99, "2019-01-01", "2019-02-30 00:00:00"),
            a_special("a", None, 0, None, TO),
        ],
    )

    missing = "The product that was requested doesn't exist. Verify the product and try again. "
    good = "Row ID: SKU = conf, Store ID: 0, Price From: 2019-01-01 00:00:00, Price To: 2019-02-01 00:00:00."
    bad = "Row ID: SKU = nowhere, Store ID: 99, Price From: 2019-01-01, Price To: 2019-02-30 00:00:00."
    place = ["nowhere", "99", "2019-01-01", "2019-02-30 00:00:00"]
    half = "Row ID: SKU = a, Store ID: 0, Price From: , Price To: 2019-02-01 00:00:00."
    assert failed(results) == [
        (missing + good, ["conf", "0", FROM, TO]),
        (missing + bad, place),
        ("Invalid attribute Price = -1. " + bad, ["-1", *place]),
        ("Invalid attribute Price From = 2019-01-01. " + bad, ["Price From", *place]),
        ("Invalid attribute Price To = 2019-02-30 00:00:00. " + bad, ["Price To", *place]),
        ("Requested store is not found. " + bad, place),
        ("Invalid attribute Price = . " + half, [None, "a", "0", None, TO]),
    ]
    assert await special_prices.get_special_prices(ctx, ["a", "conf"]) == []


async def test_a_day_that_was_not_given_is_no_bad_day(ctx):
    await some_products(ctx, "a", "b")

    results = await special_prices.set_special_prices(
        ctx, [a_special("a", 8, 0, None, "tomorrow"), a_special("b", 8, 0, None, TO)]
    )

    wrong = "Invalid attribute Price To = tomorrow. Row ID: SKU = a, Store ID: 0, Price From: , Price To: tomorrow."
    assert failed(results) == [(wrong, ["Price To", "a", "0", None, "tomorrow"])]
    (saved,) = await special_prices.get_special_prices(ctx, ["a", "b"])
    assert (saved.sku, saved.price, saved.price_from, saved.price_to) == ("b", 8, None, TO)


# ---------------------------------------------------------------- tier prices

TAIL = "Row ID: SKU = %SKU, Website ID: %websiteId, Customer Group: %customerGroup, Quantity: %qty."
CLASH = (
    "We found a duplicate website, tier price, customer group and quantity: Customer Group = %customerGroup, "
    "Website ID = %websiteId, Quantity = %qty. "
)


async def tiers_of(ctx, *skus: str) -> list[Any]:
    return [
        (one.sku, one.price, one.price_type, one.website_id, one.customer_group, one.quantity)
        for one in await tier_prices.get_tier_prices(ctx, list(skus))
    ]


async def test_tier_prices_are_added_replaced_told_and_deleted(ctx, admin):
    await some_products(ctx, "a", "b")
    url = "/rest/V1/products/tier-prices"

    def row(sku: str, price: float, type: str, group: str, qty: float, website: int = 0) -> dict[str, Any]:
        return {
            "price": price,
            "price_type": type,
            "website_id": website,
            "sku": sku,
            "customer_group": group,
            "quantity": qty,
        }

    first = [row("a", 9, "fixed", "all groups", 2), row("a", 15.5, "discount", "Wholesale", 5)]
    assert (await admin.post(url, {"prices": [*first, row("b", 5, "fixed", "retailer", 3)]})).body == []
    assert (await admin.post(f"{url}-information", {"skus": ["a"]})).body == first

    again = row("a", 8, "fixed", "ALL GROUPS", 2)
    assert (await admin.post(url, {"prices": [again]})).body == []
    assert (await admin.post(f"{url}-information", {"skus": ["A", "b"]})).body == [
        row("a", 8, "fixed", "all groups", 2),
        first[1],
        row("b", 5, "fixed", "Retailer", 3),
    ]

    only = row("a", 7, "fixed", "General", 4)
    assert (await admin.put(url, {"prices": [only]})).body == []
    assert (await admin.post(f"{url}-information", {"skus": ["a", "b"]})).body == [
        only,
        row("b", 5, "fixed", "Retailer", 3),
    ]

    # Only an equal one goes.
    for other in (only | {"price": 6}, only | {"price_type": "discount"}, only | {"quantity": 5}):
        assert (await admin.post(f"{url}-delete", {"prices": [other]})).body == []
    assert (await admin.post(f"{url}-information", {"skus": ["a"]})).body == [only]
    assert (await admin.post(f"{url}-delete", {"prices": [only]})).body == []
    assert (await admin.post(f"{url}-information", {"skus": ["a"]})).body == []


async def test_deleting_keeps_the_equal_price_of_another_website(ctx):
    await some_products(ctx, "a")
    view = await a_view(ctx, "de", "europe")
    await tier_prices.set_tier_prices(ctx, [a_tier("a", 9, website=1), a_tier("a", 9, website=view.website_id)])

    await tier_prices.delete_tier_prices(ctx, [a_tier("a", 9, website=1)])

    assert await tiers_of(ctx, "a") == [("a", 9, "fixed", view.website_id, "all groups", 2)]


async def test_tier_prices_show_at_the_product(ctx):
    await some_products(ctx, "a")

    await tier_prices.set_tier_prices(ctx, [a_tier("a", 10, type="discount", group="General")])

    [price] = (await products.get(ctx, "a")).tier_prices or []
    assert price == TierPrice(1, Decimal(2), Decimal("30.6"), TierPriceExtension(Decimal(10), 0))


async def test_each_row_of_tier_prices_says_all_that_is_wrong_in_order(ctx):
    await some_products(ctx, "a")
    await a_bundle(ctx)
    await a_configurable(ctx)

    results = await tier_prices.set_tier_prices(
        ctx,
        [
            a_tier("conf", 9),
            a_tier("nowhere", -1, "0.5", type="odd", website=99, group="Nobody"),
            a_tier("a", None, None, website=None, group=None),
            a_tier("a", "100.5", type="discount"),
            a_tier("bundle", 9),
            a_tier("bundle", 9, type="discount"),
            a_tier("a", "100.5"),
        ],
    )

    nowhere = ["nowhere", "99", "Nobody", "0.5"]
    nothing: list[str | None] = ["a", None, None, None]
    assert failed(results) == [
        ("Invalid attribute SKU = %SKU. " + TAIL, ["conf", "0", "ALL GROUPS", "2"]),
        ("Invalid attribute SKU = %SKU. " + TAIL, nowhere),
        ("Invalid attribute Price = %price. " + TAIL, ["-1", *nowhere]),
        ("Invalid attribute Price Type = %priceType. " + TAIL, ["odd", *nowhere]),
        ("Invalid attribute Quantity = %qty. " + TAIL, nowhere),
        ("Invalid attribute Website ID = %websiteId. " + TAIL, nowhere),
        ("No such entity with Customer Group = %customerGroup. " + TAIL, nowhere),
        ("Invalid attribute Price = %price. " + TAIL, [None, *nothing]),
        ("Invalid attribute Quantity = %qty. " + TAIL, nothing),
        ("Invalid attribute Website ID = %websiteId. " + TAIL, nothing),
        ("No such entity with Customer Group = %customerGroup. " + TAIL, nothing),
        ("Invalid attribute Price = %price. " + TAIL, ["100.5", "a", "0", "ALL GROUPS", "2"]),
        ("Invalid attribute Price Type = %priceType. " + TAIL, ["fixed", "bundle", "0", "ALL GROUPS", "2"]),
    ]
    assert await tiers_of(ctx, "a", "bundle", "conf") == [
        ("a", Decimal("100.5"), "fixed", 0, "all groups", 2),
        ("bundle", 9, "discount", 0, "all groups", 2),
    ]


async def test_a_price_for_all_websites_clashes_with_one_for_a_single_website(ctx):
    await some_products(ctx, "a")
    await tier_prices.set_tier_prices(ctx, [a_tier("a", 9, 3)])

    clashing = await tier_prices.set_tier_prices(ctx, [a_tier("a", 8, 3, website=1, group="All Groups")])
    assert failed(clashing) == [(CLASH + TAIL, ["a", "0", "all groups", "3.0000"])]

    # What is replaced does not clash any more, but rows of one call do, each with the other.
    assert await tier_prices.replace_tier_prices(ctx, [a_tier("a", 8, 3, website=1)]) == []
    both = await tier_prices.replace_tier_prices(ctx, [a_tier("a", 8, 4, website=1), a_tier("A", 7, 4)])
    assert failed(both) == [
        (CLASH + TAIL, ["A", "0", "ALL GROUPS", "4"]),
        (CLASH + TAIL, ["a", "1", "ALL GROUPS", "4"]),
    ]
    assert await tiers_of(ctx, "a") == [("a", 8, "fixed", 1, "all groups", 3)]


async def test_a_product_of_which_every_row_fails_keeps_its_prices(ctx):
    await some_products(ctx, "a")
    await tier_prices.set_tier_prices(ctx, [a_tier("a", 9)])

    results = await tier_prices.replace_tier_prices(ctx, [a_tier("a", 9, group="Nobody")])

    assert len(results) == 1
    assert len(await tiers_of(ctx, "a")) == 1


@pytest.mark.parametrize(
    ("service", "message"),
    [
        (tier_prices.set_tier_prices, "Could not save Tier Prices"),
        (tier_prices.replace_tier_prices, "Could not replace Tier Prices"),
    ],
)
async def test_a_tier_price_that_is_too_large_saves_nothing(ctx, service, message):
    await some_products(ctx, "a")

    with pytest.raises(Refused) as refused:
        await service(ctx, [a_tier("a", 9), a_tier("a", 10**14, 5)])

    assert (refused.value.status, str(refused.value)) == (400, message)
    assert await tiers_of(ctx, "a") == []


async def test_the_prices_of_a_group_go_with_it(ctx):
    group = await customers.save_group(ctx, customers.Group(code="Club", tax_class_id=3))
    await some_products(ctx, "a")
    await tier_prices.set_tier_prices(ctx, [a_tier("a", 9, group="CLUB"), a_tier("a", 8)])

    await customers.delete_group(ctx, group.id or 0)

    assert await tiers_of(ctx, "a") == [("a", 8, "fixed", 0, "all groups", 2)]

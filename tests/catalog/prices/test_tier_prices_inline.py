"""Tier prices as a field of the product, and the routes for those of one group."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from entrepot import stores
from entrepot.catalog import group_prices, products
from entrepot.catalog.contracts import Product, TierPrice, TierPriceExtension
from entrepot.kit.errors import Refused
from tests.catalog.products.makers import a_draft, a_product, a_view, custom

ALL = 32000
NO_PRODUCT = "The product that was requested doesn't exist. Verify the product and try again."
DUPLICATE = "We found a duplicate website, tier price, customer group and quantity."
NEGATIVE = "Group price must be a number greater than 0."
RANGE = "Percentage value must be a number between 0 and 100."
NOT_SAVED = "The product was unable to be saved. Please try again."


def a_tier(group: int | None, qty: object, value: object = None, percentage=None, website=None) -> TierPrice:
    extension = None
    if percentage is not None or website is not None:
        extension = TierPriceExtension(None if percentage is None else Decimal(percentage), website)
    return TierPrice(
        group, None if qty is None else Decimal(str(qty)), None if value is None else Decimal(str(value)), extension
    )


def told(found: list[TierPrice] | None) -> list[Any]:
    return [(one.customer_group_id, one.qty, one.value) for one in found or ()]


async def refusal(ctx, call) -> Refused:
    """The refusal of a call, after which the prices are as before."""
    everything = "select * from product_tier_price order by 1"
    before = await ctx.db.all(tuple, everything)
    with pytest.raises(Refused) as refused:
        await call
    assert await ctx.db.all(tuple, everything) == before
    return refused.value


async def test_tier_prices_travel_with_the_product_by_quantity(ctx, admin):
    body = {
        "product": {
            "sku": "a",
            "name": "A",
            "attribute_set_id": 4,
            "price": 25,
            "tier_prices": [
                {"customer_group_id": 1, "qty": 10, "extension_attributes": {"percentage_value": 10}},
                {"customer_group_id": 32000, "qty": 2.5, "value": 20},
                {"customer_group_id": 0, "qty": 3, "value": 19, "extension_attributes": {"percentage_value": 0}},
            ],
        }
    }

    reply = await admin.post("/rest/default/V1/products", body)

    expected = [
        {"customer_group_id": 32000, "qty": 2.5, "value": 20, "extension_attributes": {"website_id": 0}},
        {"customer_group_id": 0, "qty": 3, "value": 19, "extension_attributes": {"website_id": 0}},
        {
            "customer_group_id": 1,
            "qty": 10,
            "value": 22.5,
            "extension_attributes": {"percentage_value": 10, "website_id": 0},
        },
    ]
    assert (reply.status, reply.body["tier_prices"]) == (200, expected)
    assert (await admin.get("/rest/V1/products/a")).body["tier_prices"] == expected


async def test_the_list_is_complete_and_an_absent_one_changes_nothing(ctx):
    await a_product(ctx, "a", tier_prices=[a_tier(ALL, 2, 9), a_tier(1, 5, 8)])
    ids = await ctx.db.values("select value_id from product_tier_price order by qty")

    kept = await products.save(ctx, Product(sku="a", name="A"))
    assert told(kept.tier_prices) == [(ALL, 2, 9), (1, 5, 8)]

    changed = await products.save(ctx, Product(sku="a", tier_prices=[a_tier(3, 4, 7), a_tier(1, 5, 6)]))
    assert told(changed.tier_prices) == [(3, 4, 7), (1, 5, 6)]
    # What stays is the same row.
    assert ids[1] in await ctx.db.values("select value_id from product_tier_price")

    assert (await products.save(ctx, Product(sku="a", tier_prices=[]))).tier_prices == []


async def test_a_view_sees_and_replaces_the_prices_of_its_website_only(ctx):
    view = await a_view(ctx, "de", "europe")
    await a_product(
        ctx,
        "a",
        tier_prices=[a_tier(ALL, 2, 9), a_tier(ALL, 3, 8, website=1), a_tier(ALL, 4, 7, website=view.website_id)],
    )
    in_view = ctx.in_store(view)

    assert told((await products.get(in_view, "a")).tier_prices) == [(ALL, 2, 9), (ALL, 4, 7)]

    await products.save(in_view, Product(sku="a", tier_prices=[a_tier(ALL, 5, 6)]))

    assert told((await products.get(ctx, "a")).tier_prices) == [(ALL, 3, 8), (ALL, 5, 6)]


async def test_with_prices_per_website_a_price_holds_in_the_website_of_the_call(ctx):
    await stores.write_value(ctx, "catalog/price/scope", "1")
    view = await a_view(ctx, "de", "europe")

    made = await products.save(ctx.in_store(view), a_draft("a", tier_prices=[a_tier(ALL, 2, 9)]))

    [price] = made.tier_prices or []
    assert price.extension_attributes == TierPriceExtension(website_id=view.website_id)


async def test_a_bundle_has_percentages_only(ctx):
    made = await a_product(
        ctx,
        "b",
        type_id="bundle",
        price=None,
        tier_prices=[a_tier(ALL, 2, 15)],
        custom_attributes=custom(price_view="0"),
    )

    [price] = made.tier_prices or []
    assert (price.value, price.extension_attributes) == (
        Decimal(15),
        TierPriceExtension(Decimal(15), 0),
    )


async def test_products_without_a_price_of_their_own_have_none(ctx):
    made = await a_product(ctx, "g", type_id="grouped", price=None, tier_prices=[a_tier(ALL, 2, 15)])

    assert made.tier_prices == []
    assert await ctx.db.value("select count(*) from product_tier_price") == 0


async def test_rows_without_a_group_or_a_quantity_are_left_out(ctx):
    made = await a_product(ctx, "a", tier_prices=[a_tier(None, 2, 9), a_tier(1, None, 9), a_tier(1, "0.00001", 9)])

    assert made.tier_prices == []


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        pytest.param([a_tier(1, 2, 9), a_tier(1, "2.0", -1)], DUPLICATE, id="twice the same"),
        pytest.param([a_tier(1, 2, -1)], NEGATIVE, id="negative"),
        pytest.param([a_tier(1, 2)], NEGATIVE, id="no value"),
        pytest.param([a_tier(1, 2, percentage=0)], NEGATIVE, id="a percentage of 0 without a value"),
        pytest.param([a_tier(1, 2, percentage="100.01")], RANGE, id="more than everything"),
        pytest.param([a_tier(1, 2, percentage=-1)], RANGE, id="a negative percentage"),
        pytest.param([a_tier(99, 2, 9)], NOT_SAVED, id="unknown group"),
        pytest.param([a_tier(1, 2, 9, website=9)], NOT_SAVED, id="unknown website"),
        pytest.param([a_tier(1, 10**8, 9)], NOT_SAVED, id="too large a quantity"),
        pytest.param([a_tier(1, 2, 10**14)], NOT_SAVED, id="too large a value"),
    ],
)
async def test_tier_prices_that_cannot_be_are_refused(ctx, rows, message):
    await a_product(ctx, "a", tier_prices=[a_tier(ALL, 2, 9)])

    refused = await refusal(ctx, products.save(ctx, Product(sku="a", tier_prices=rows)))

    assert (refused.status, str(refused), refused.parameters) == (400, message, None)


async def test_zero_and_equal_quantities_of_other_groups_and_websites_are_fine(ctx):
    made = await a_product(ctx, "a", tier_prices=[a_tier(1, 2, 0), a_tier(2, 2, 9), a_tier(1, 2, 9, website=1)])

    assert len(made.tier_prices or ()) == 3


async def test_many_products_with_tier_prices_take_the_statements_of_one(ctx):
    async def statements(count: int, prefix: str) -> int:
        before = ctx.db.statements
        drafts = [a_draft(f"{prefix}{n}", tier_prices=[a_tier(1, 2, 9), a_tier(ALL, 5, 8)]) for n in range(count)]
        await products.save_many(ctx, drafts)
        return int(ctx.db.statements - before)

    assert await statements(1, "few") == await statements(20, "many")
    assert await ctx.db.value("select count(*) from product_tier_price") == 42


# ---------------------------------------------------------------- the routes of one group


async def test_prices_of_a_group_are_added_changed_read_and_removed(ctx, admin):
    await a_product(ctx, "a")
    url = "/rest/V1/products/a/group-prices"

    assert (await admin.post(f"{url}/1/tiers/5/price/8.5")).body is True
    assert (await admin.post(f"{url}/all/tiers/2.5/price/9")).body is True
    assert (await admin.post(f"{url}/1/tiers/5/price/7")).body is True

    assert (await admin.get(f"{url}/1/tiers")).body == [{"customer_group_id": 1, "qty": 5, "value": 7}]
    assert (await admin.get(f"{url}/all/tiers")).body == [{"customer_group_id": 32000, "qty": 2.5, "value": 9}]
    assert (await admin.get(f"{url}/2/tiers")).body == []
    assert (await admin.delete(f"{url}/1/tiers/5")).body is True
    assert (await admin.get(f"{url}/1/tiers")).body == []
    assert (await admin.get(f"{url}/all/tiers")).body != []


async def test_a_price_that_is_no_number_is_invalid_before_the_product_is_looked_for(admin):
    for path in ("tiers/5/price/0", "tiers/5/price/-1", "tiers/0/price/5"):
        reply = await admin.post(f"/rest/V1/products/nowhere/group-prices/1/{path}")
        assert (reply.status, reply.body["message"]) == (400, "The data was invalid. Verify the data and try again.")


async def test_a_discount_shows_what_it_comes_to(ctx):
    await a_product(ctx, "a", price=Decimal(50), tier_prices=[a_tier(1, 2, percentage=10)])

    assert told(await group_prices.get_group_prices(ctx, "a", "1")) == [(1, 2, 45)]


async def test_adding_refuses_in_order(ctx):
    await a_product(ctx, "a")
    one = Decimal(1)

    for price, qty in ((Decimal(0), one), (Decimal(-1), one), (one, Decimal(0)), (one, Decimal("0.00001"))):
        wrong = await refusal(ctx, group_prices.add_group_price(ctx, "nowhere", "99", price, qty))
        assert str(wrong) == "The data was invalid. Verify the data and try again."
    missing = await refusal(ctx, group_prices.add_group_price(ctx, "nowhere", "99", one, one))
    no_group = await refusal(ctx, group_prices.add_group_price(ctx, "a", "99", one, one))
    too_large = await refusal(ctx, group_prices.add_group_price(ctx, "a", "1", Decimal(10) ** 14, one))

    assert (missing.status, str(missing)) == (404, NO_PRODUCT)
    assert (no_group.status, no_group.parameters) == (404, {"fieldName": "id", "fieldValue": 99})
    assert (too_large.status, str(too_large)) == (400, "The group price couldn't be saved.")


async def test_removing_and_reading_refuse_what_is_not_there(ctx):
    await a_product(ctx, "a", tier_prices=[a_tier(1, 5, 9)])

    missing = await refusal(ctx, group_prices.delete_group_price(ctx, "nowhere", "1", Decimal(5)))
    not_there = await refusal(ctx, group_prices.delete_group_price(ctx, "a", "all", Decimal("5.0")))
    unread = await refusal(ctx, group_prices.get_group_prices(ctx, "nowhere", "1"))

    assert (str(missing), str(unread)) == (NO_PRODUCT, NO_PRODUCT)
    assert (not_there.status, not_there.message, not_there.parameters) == (
        404,
        "Product hasn't group price with such data: customerGroupId = '%1', website = %2, qty = %3",
        ("all", 0, "5"),
    )
